"""What makes a departure lawful: a record that says so, a variance, or a building older than zoning."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.measures import Measure, measures_in
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.records import records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import said
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence

_LAWFUL = r"\b(?:lawful(?:ly)?|legal(?:ly)?)\s+(?:existing\s+)?(?:pre-?existing\s+)?non-?conforming\b"
_GRANTED = re.compile(r"\b(?:granted|approved|issued)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:denied|withdrawn|expired|lapsed|revoked)\b", re.IGNORECASE)
_ENACTED = re.compile(r"\b(?:adopted|passed|enacted|effective)\b|\bOrdinance\s+(?:No\.\s*)?\d{4}-", re.IGNORECASE)
_ZONING = re.compile(r"\bzon(?:ed|ing)\b|\bthis\s+(?:Code|Ordinance)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_OF_BUILDINGS = frozenset(
    [
        "front_setback",
        "side_setback",
        "side_setback_total",
        "corner_side_setback",
        "rear_setback",
        "height",
        "stories",
        "lot_coverage",
        "far",
    ]
)
"""Measures that a building of a known age has had since it was built, unless it was altered."""


class Lawful(NamedTuple):
    """Why a departure is lawful."""

    kind: str
    """``nonconforming``: it was lawful when it began. ``variance``: it was allowed."""
    reason: str
    evidence: tuple[Evidence, ...]


def lawful_for(measure: Measure, side: str, materials: Materials, code: Sequence[Provision]) -> Lawful | None:
    """Find what makes a departure from a standard lawful.

    Args:
        measure: what is departed from.
        side: the side yard concerned, if it is one.
        materials: the sources.
        code: the provisions, for the date of the first zoning.

    """
    return (
        _by_variance(measure, side, materials)
        or _by_record(measure, side, materials)
        or _by_age(measure, materials, code)
    )


def _speaks_of(measure: Measure, side: str, text: str) -> bool:
    named = any(found.key == measure.key for found, _, _ in measures_in(text))
    sides = re.findall(r"\b(?:north|south|east|west|left|right)\b", text.lower())
    return named and (not side or not sides or side in sides)


def _by_record(measure: Measure, side: str, materials: Materials) -> Lawful | None:
    readings = with_role(materials.readings, "zoning letter", "permit history", "property record", "survey", "other")
    for sentence in said(readings, _LAWFUL):
        if _speaks_of(measure, side, sentence.text) and not re.search(r"\bnot\b", sentence.text):
            return Lawful("nonconforming", f"“{sentence.text}”", (sentence.evidence,))
    return None


def _by_variance(measure: Measure, side: str, materials: Materials) -> Lawful | None:
    for record in records(with_role(materials.readings, "permit history")):
        text = " ".join(record.passage.get("fields", {}).values())
        granted = _GRANTED.search(text) and not _DENIED.search(text)
        if re.search(r"\bvariance\b", text, re.IGNORECASE) and granted and _speaks_of(measure, side, text):
            number = record.cell(r"\b(?:permit|case|file|record)?\s*(?:number|no\.?|id)\b", r"\bcase\b", r"\bpermit\b")
            cell = record.cell(r"\bdescription\b", r"\btype\b") or number
            if cell:
                called = f"variance {number.text}" if number else "a variance"
                return Lawful("variance", called, (cell.evidence,))
    return None


def _by_age(measure: Measure, materials: Materials, code: Sequence[Provision]) -> Lawful | None:
    built = item(
        items(with_role(materials.readings, "property record", "survey")),
        r"\byear\s+built\b|\bconstructed\b|\bdate\s+built\b",
    )
    first = first_zoning(code)
    if measure.key not in _OF_BUILDINGS or built is None or first is None:
        return None
    year = _YEAR.search(built.value)
    if year is None or int(year[1]) >= first[0]:
        return None
    reason = f"built in {year[1]}, before the earliest zoning named in the sources ({first[0]})"
    return Lawful("nonconforming", reason, (built.evidence, first[1]))


def first_zoning(code: Sequence[Provision]) -> tuple[int, Evidence] | None:
    """Find the earliest year in which the code says that zoning was enacted."""
    dated = [
        (int(year), n)
        for n, provision in enumerate(code)
        if provision.passage["kind"] == "text" and _ENACTED.search(provision.text) and _ZONING.search(provision.text)
        for year in _YEAR.findall(provision.text)
    ]
    if not dated:
        return None
    year, position = min(dated)
    return year, code[position].evidence()
