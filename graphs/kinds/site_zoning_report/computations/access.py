"""Access, traffic and utilities: the street, the drive, and what each utility's record states."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import (
    Assessment,
    assessment_table,
    assessment_values,
)
from quire.graphs.kinds.site_zoning_report.computations.drives import drive_width, driveways
from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.records import Record, records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import in_full, said
from quire.graphs.kinds.site_zoning_report.computations.violation_record import enforced
from quire.nodes.computations.blocks import counted, heading, listed, note, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

_UTILITY, _PROVIDER, _SERVICE = r"utilit", r"provider|supplier|company|agency", r"service|main|connection|size"
_CAPACITY, _DOCUMENT, _DATE = r"capacit|availab|adequa", r"document|letter|record|source", r"\bdate\b"
_REMARK = r"remark|note|comment|condition"
_NEEDED = re.compile(r"\brequired\b|\bmust\b|\bbefore\b|\bshall\b|\bneeded\b", re.IGNORECASE)
_STREET = r"street|right-of-way|\blanes?\b|\broad\b|vehicles|driveway|traffic|collector|arterial"
_NO_STREET = "No record of the street was supplied: its class, right-of-way and traffic are not determined."
_NO_UTILITY = "No record or letter of a utility was supplied; service and capacity are not determined."


def compute(materials: Materials) -> SectionContent:
    """Report the street and the drive, then the utilities."""
    utilities = [r for r in records(with_role(materials.readings, "utility record")) if r.cell(_UTILITY, _PROVIDER)]
    drives = (drive_width(materials.readings), driveways(materials.readings))
    assessed = enforced([made for made in drives if made], materials)
    blocks = [
        heading("Street and access"),
        *_street(materials),
        *([assessment_table("Access standards", assessed)] if assessed else []),
        heading("Utilities"),
        *_utilities(utilities),
    ]
    values = {**assessment_values(assessed), **_requirements(utilities)}
    return section(blocks, values, _questions(materials, utilities, assessed))


def _street(materials: Materials) -> Iterator[Block]:
    stated = in_full(said(with_role(materials.readings, "street record"), _STREET))
    frontage = item(items(with_role(materials.readings, "survey", "property record")), r"street frontage|^frontage")
    if frontage and frontage.value:
        text = f"Surveyed street frontage: {frontage.value} {frontage.unit}".strip() + "."
        stated.append(claim(text, "source", frontage.evidence))
    if said(with_role(materials.readings, "street record"), _STREET):
        yield paragraph(*stated)
    else:
        yield note(claim(_NO_STREET, "open"), *stated, level="warning")


def _utilities(utilities: Sequence[Record]) -> Iterator[Block]:
    if not utilities:
        yield note(claim(_NO_UTILITY, "open"), level="warning")
        return
    yield paragraph(*_capacity(utilities), *_conditions(utilities))
    columns = {"Utility": _UTILITY, "Provider": _PROVIDER, "Service": _SERVICE, "Capacity": _CAPACITY}
    rows = [[*(record.claim(pattern) for pattern in columns.values()), _stated_in(record)] for record in utilities]
    yield table("Utilities", [*columns, "Stated in"], rows)


def _stated_in(record: Record) -> Claim:
    cells = [cell for pattern in (_DOCUMENT, _DATE) if (cell := record.cell(pattern))]
    text = ", ".join(cell.text for cell in cells)
    return claim(text, "source", *(cell.evidence for cell in cells)) if cells else claim("Not determined", "open")


def _capacity(utilities: Sequence[Record]) -> Iterator[Claim]:
    cells = [(record, record.cell(_CAPACITY)) for record in utilities]
    stated = [record.text(_UTILITY).lower() for record, cell in cells if cell]
    silent = [record.text(_UTILITY).lower() for record, cell in cells if not cell]
    how = f"{counted(len(utilities), 'row')}, {len(stated)} with a capacity"
    text = f"Capacity is stated for {listed(stated)}" if stated else "Capacity is stated for no utility"
    text += f" and not for {listed(silent, 'or')}." if silent and stated else "."
    yield claim(text, "computed", *(cell.evidence for _, cell in cells if cell), how=how)


def _conditions(utilities: Sequence[Record]) -> Iterator[Claim]:
    for record in utilities:
        cell = record.cell(_REMARK)
        if cell:
            yield claim(f"{record.text(_UTILITY)}: {cell.text[:1].lower()}{cell.text[1:]}.", "source", cell.evidence)


def _requirements(utilities: Sequence[Record]) -> dict[str, Value]:
    """Name what a utility asks for before it serves, for the findings."""
    asked = [(record, cell) for record in utilities if (cell := record.cell(_REMARK)) and _NEEDED.search(cell.text)]
    return {
        f"access.requirement.{n}": value(f"{record.text(_UTILITY)}: {cell.text}", cell.evidence)
        for n, (record, cell) in enumerate(asked, 1)
    }


def _questions(materials: Materials, utilities: Sequence[Record], assessed: Sequence[Assessment]) -> Iterator[str]:
    if not with_role(materials.readings, "street record"):
        yield "What are the class, right-of-way and traffic of the street?"
    if not utilities:
        yield "Which utilities serve the site, with what capacity?"
    for record in utilities:
        if not record.cell(_CAPACITY):
            yield f"{record.text(_UTILITY)}: is the capacity enough for the proposed use? No record states it."
    for made in assessed:
        if made.status.startswith("Indeterminate"):
            yield f"{made.label}: {made.actual['text'].lower()}. Required: {made.required['text'].lower()}."
