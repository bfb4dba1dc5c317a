"""Violations and open matters: what is open, what is closed, and which authority has said so."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.dates import order_of
from quire.graphs.kinds.site_zoning_report.computations.records import Record, records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, said
from quire.graphs.kinds.site_zoning_report.computations.violation_record import (
    CLAUSE,
    DATE,
    KIND,
    NUMBER,
    STATUS,
    WHAT,
    is_closed,
    name_of,
)
from quire.nodes.computations.blocks import counted, facts, heading, note, paragraph, section, table, value
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.sources.passage import Reading

_KINDS = ("zoning", "building", "fire")
_REPORT = r"\bviolations?\b"
_NO_REPORT = r"\b(?:keeps?|holds?|has|have) no\b.*\brecords?\b"


def compute(materials: Materials) -> SectionContent:
    """Report matters, open ones first, then by kind what is determined and by whom."""
    listed = sorted(records(with_role(materials.readings, "violation record")), key=_order)
    reports = said(with_role(materials.readings, "zoning letter", "other"), _REPORT)
    unopened = [kind for kind in _KINDS if not _reported(kind, reports)]
    unresolved = [record for record in listed if not is_closed(record)]
    blocks = [
        *_opening(listed, unresolved, reports),
        *(paragraph(*_open_matter(record, materials.readings)) for record in unresolved),
        *([_matters(listed)] if listed else []),
        heading("What is determined, by kind"),
        facts([claim(kind.capitalize(), "fixed"), _by_kind(kind, listed, reports)] for kind in _KINDS),
    ]
    questions = [
        f"Is any {kind} violation open? No authority that keeps {kind} records has stated it." for kind in unopened
    ]
    return section(blocks, _values(unresolved) if listed or reports else {}, questions)


def _order(record: Record) -> tuple[bool, tuple[int, int, int]]:
    return is_closed(record), order_of(record.text(DATE)) or (9999, 0, 0)


def _opening(listed: Sequence[Record], unresolved: Sequence[Record], reports: Sequence[Statement]) -> Iterator[Block]:
    if listed:
        cited = [cell.evidence for record in listed if (cell := record.cell(STATUS))]
        how = f"{len(listed)} rows, {len(unresolved)} of them not closed"
        text = f"The record holds {counted(len(listed), 'matter')}, of which {len(unresolved) or 'none'} "
        text += "is open." if len(unresolved) <= 1 else "are open."
        yield paragraph(claim(text, "computed", *cited, how=how), *(report.claim for report in reports))
    elif reports:
        yield paragraph(*(report.claim for report in reports))
    else:
        yield note(claim("No record or statement of violations was supplied; nothing is determined.", "open"))


def _open_matter(record: Record, readings: Sequence[Reading]) -> Iterator[Claim]:
    """Describe an open matter and quote the section it is said to violate, if that is among the sources."""
    cells = [cell for pattern in (NUMBER, DATE, WHAT) if (cell := record.cell(pattern))]
    opened = f" of {record.text(DATE)}" if record.text(DATE) else ""
    text = f"Open: {name_of(record)}{opened}. {record.text(WHAT) or 'What is violated is not stated'}."
    yield claim(text, "source", *(cell.evidence for cell in cells))
    clause = record.text(CLAUSE)
    for reading in with_role(readings, "zoning code") if clause else ():
        for passage in reading["passages"]:
            if passage["kind"] == "text" and passage.get("section", "").startswith(clause):
                text = f"Section {passage.get('section')} requires: {passage['text']}"
                yield claim(text, "source", cite(reading, passage))


def _matters(listed: Sequence[Record]) -> Block:
    columns = {"Date": DATE, "Case": NUMBER, "Kind": KIND, "Matter": WHAT}
    rows = [[*(record.claim(pattern) for pattern in columns.values()), _status(record)] for record in listed]
    return table("Violations and open matters, open ones first", [*columns, "Status"], rows)


def _status(record: Record) -> Claim:
    cell = record.cell(STATUS)
    return claim(cell.text, "source", cell.evidence, status=cell.text) if cell else claim("Not determined", "open")


def _reported(kind: str, reports: Sequence[Statement]) -> list[Statement]:
    """Keep what an authority states of a kind; that it keeps no such records is no statement."""
    named = [r for r in reports if re.search(rf"\b{kind}\b", r.text, re.IGNORECASE)]
    return [r for r in named if not re.search(_NO_REPORT, r.text, re.IGNORECASE)]


def _by_kind(kind: str, listed: Sequence[Record], reports: Sequence[Statement]) -> Claim:
    of_kind = [record for record in listed if kind in record.text(KIND).casefold()]
    unresolved = sum(not is_closed(record) for record in of_kind)
    evidence = [cell.evidence for record in of_kind if (cell := record.cell(STATUS))]
    stated = _reported(kind, reports)
    counts = f"{unresolved} open, {len(of_kind) - unresolved} closed on record"
    if stated:
        text = f"{counts}. {stated[-1].text}"
        return claim(text, "computed", *evidence, *(s.evidence for s in stated), how=f"rows of this kind: {counts}")
    text = f"{counts}; no authority states that there is no other." if of_kind else "Not determined: no source reports."
    return claim(text, "open", *evidence)


def _values(unresolved: Sequence[Record]) -> dict[str, Value]:
    values = {"violations.open": value(counted(len(unresolved), "open matter"), figure=len(unresolved))}
    for n, record in enumerate(unresolved, 1):
        cells = [cell for pattern in (NUMBER, WHAT, STATUS) if (cell := record.cell(pattern))]
        name = name_of(record)
        text = f"{name[:1].upper()}{name[1:]}: {record.text(WHAT)}"
        values[f"violations.open.{n}"] = value(text, *(cell.evidence for cell in cells))
    return values
