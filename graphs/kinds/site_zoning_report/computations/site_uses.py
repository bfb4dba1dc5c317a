"""The uses of the site, existing and proposed: from the list of uses, else from the brief and the records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.measures import spaced
from quire.graphs.kinds.site_zoning_report.computations.numerals import number
from quire.graphs.kinds.site_zoning_report.computations.records import Record, records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.survey import Measured, Site
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity
from quire.nodes.computations.citing import cite_fact
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence

Time: TypeAlias = Literal["existing", "proposed"]

_FIGURES = (
    ("use_floor_area", "sq ft", r"\bfloor[ _]?area\b|\barea\b|\bsq"),
    ("seats", "seats", r"\bseats?\b"),
    ("units", "units", r"\b(?:dwelling[ _])?units?\b"),
    ("employees", "employees", r"\bemployees?\b|\bstaff\b"),
    ("rooms", "rooms", r"\brooms?\b"),
    ("beds", "beds", r"\bbeds?\b"),
)
_OF_PROPOSED = ("use_floor_area", "seats", "employees", "rooms", "beds", "units")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_JOINTS = re.compile(r"\s*(?:;|,\s+(?:and\s+)?|\s+and\s+)\s*")


@dataclass(frozen=True)
class SiteUse:
    """A use of the site or of a part of it."""

    name: str
    """In the source's words, without what stands in brackets."""
    time: Time
    evidence: Evidence
    where: str = ""
    """The part of the building, if it is said."""
    figures: dict[str, Measured] = field(default_factory=dict)
    replaced: bool = False
    """Whether a proposed use takes the same part of the building."""


def site_uses(materials: Materials, site: Site) -> list[SiteUse]:
    """List the uses; the figures of the brief belong to the proposed use."""
    listed = list(_listed(materials))
    times = {use.time for use in listed}
    stated = [use for use in _stated(materials, site) if use.time not in times]
    uses = listed + stated
    taken = {use.where.lower() for use in uses if use.time == "proposed" and use.where}
    return [
        SiteUse(
            u.name, u.time, u.evidence, u.where, u.figures, replaced=u.time == "existing" and u.where.lower() in taken
        )
        for u in uses
    ]


def _listed(materials: Materials) -> Iterator[SiteUse]:
    for record in records(with_role(materials.readings, "site uses")):
        use, status = record.cell(r"^use\b", r"\buse\b"), record.text(r"\bstatus\b", r"\bphase\b")
        if use:
            time: Time = "proposed" if re.search(r"propos|plan|future|new", status, re.IGNORECASE) else "existing"
            where = record.text(r"\bspace\b", r"\bsuite\b", r"\bunit\b$", r"\blocation\b", r"\bfloor\b$")
            yield SiteUse(_ASIDE.sub("", use.text).strip(), time, use.evidence, where, dict(_figures(record)))


def _figures(record: Record) -> Iterator[tuple[str, Measured]]:
    for key, unit, pattern in _FIGURES:
        cell = record.cell(pattern)
        value = number(re.sub(r"[^\d.,]", "", cell.text)) if cell else None
        if cell and value is not None:
            written = f"{cell.text} {unit}"
            yield (
                key,
                Measured(key, key, Quantity(value, unit), written, "", "", cell.evidence, cell.evidence["source"]),
            )


def _stated(materials: Materials, site: Site) -> Iterator[SiteUse]:
    figures = {key: figure for key in _OF_PROPOSED if (figure := site.first(key)) and figure.source == "brief"}
    for time in ("existing", "proposed"):
        evidence = cite_fact(materials, f"{time}_use")
        if evidence is None and time == "existing":
            recorded = item(
                items(with_role(materials.readings, "property record", "survey")),
                r"^(?:existing|current|present)[ _]use",
            )
            evidence = recorded.evidence if recorded and recorded.value else None
        if evidence:
            of_it = figures if time == "proposed" else {}
            yield SiteUse(_ASIDE.sub("", spaced(evidence["quote"])).strip(), _time(time), evidence, figures=of_it)


def _time(word: str) -> Time:
    return "proposed" if word == "proposed" else "existing"


def parts_of(name: str) -> list[str]:
    """Part a description of several uses: ``Office and vacant shop, three dwelling units above``."""
    return [part for part in _JOINTS.split(name) if re.search(r"[A-Za-z]{3}", part)]
