"""Flood: zone, map panel and elevation as the sources state them, and the floor elevation that the code requires."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.dates import DATE
from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, first_said, said, statements
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, quantities, shown
from quire.nodes.computations.blocks import value
from quire.nodes.evidence.content import Evidence, Value
from quire.nodes.sources.passage import Reading

_PANEL = re.compile(
    r"\b(?:panel|map|FIRM)[^.;]{0,30}?\b(?P<found>\d{5}C\s?\d{4}\s?[A-Z]|\d{6}\s?\d{4}\s?[A-Z]?)\b", re.IGNORECASE
)
_EFFECTIVE = re.compile(rf"\beffective\b[^.;]{{0,30}}?(?P<found>{DATE})", re.IGNORECASE)
_ZONE = re.compile(r"\bzones?\s+(?P<found>AE|AO|AH|AR|A99|A|VE|V|X|D)\b", re.IGNORECASE)
_BASE = re.compile(r"\bbase flood elevation\b[^.;]*?(?P<found>\d+(?:\.\d+)?\s*(?:feet|ft))", re.IGNORECASE)
_SPECIAL = ("A", "V")
"""Zones of the special flood hazard area begin so."""
_LABELLED = {
    "zone": r"flood zone|^firm zone|^zone\b",
    "panel": r"^(?!.*date).*\bpanel\b|^firm number",
    "effective": r"(?:panel|map|firm).*(?:date|effective)|effective date of panel",
    "base": r"base flood elevation|^bfe",
}
_PATTERNS = {"zone": _ZONE, "panel": _PANEL, "effective": _EFFECTIVE, "base": _BASE}
_FLOOR = r"lowest floor|finished floor elevation|first floor elevation"
_FLOOR_RULE = (r"lowest floor", r"\babove\b|\bat least\b", r"base flood|flood protection")


class Told(NamedTuple):
    """Something the sources state about flood, in their words, under the label it bears there, if any."""

    text: str
    evidence: Evidence
    label: str = ""


class Flood(NamedTuple):
    """What is determined about flood at the site."""

    statements: list[Statement]
    zones: list[Told]
    panel: Told | None
    effective: Told | None
    base: Told | None

    @property
    def special(self) -> bool:
        """Whether any part of the site lies in a special flood hazard area."""
        return any(zone.text.upper().removeprefix("ZONE ").startswith(_SPECIAL) for zone in self.zones)


def flood_at(readings: Sequence[Reading]) -> Flood:
    """Gather what the records of the site, not the code, state about flood."""
    records = with_role(readings, "flood determination", "survey", "property record", "zoning letter", "other")
    told = {name: list(_told(records, name)) for name in _PATTERNS}
    mentioned = [
        s for s in said(records, r"flood|\bzones? (?:AE?|X|VE?)\b|elevation certificate") if s.text.endswith(".")
    ]
    return Flood(
        mentioned, _distinct(told["zone"]), *(next(iter(told[n]), None) for n in ("panel", "effective", "base"))
    )


def _told(records: Sequence[Reading], name: str) -> Iterator[Told]:
    for labelled in items(records):
        if labelled.value and re.search(_LABELLED[name], labelled.label, re.IGNORECASE):
            yield Told(f"{labelled.value} {labelled.unit}".strip(), labelled.evidence, labelled.label)
    for reading in with_role(records, "flood determination", "zoning letter", "other"):
        for statement in statements([reading]):
            for found in _PATTERNS[name].finditer(statement.text):
                yield Told(found["found"], statement.evidence)


def _distinct(told: Sequence[Told]) -> list[Told]:
    first: dict[str, Told] = {}
    for told_once in told:
        first.setdefault(told_once.text.upper().removeprefix("ZONE "), told_once)
    return list(first.values())


def floor_elevation(readings: Sequence[Reading], flood: Flood) -> Assessment | None:
    """Compare the lowest floor with the level the code requires in the hazard area; nothing where neither applies."""
    rule = first_said(with_role(readings, "zoning code"), *_FLOOR_RULE)
    if rule is None or (flood.zones and not flood.special):
        return None
    required, derivation = _required(rule, flood)
    actual, level = _surveyed(readings)
    status = INDETERMINATE
    if level and isinstance(required["value"], float):
        status = CONFORMING if level >= Decimal(str(required["value"])) else NONCONFORMING
    how = f"required: {required['text']}; actual: {actual['text']}"
    return Assessment("floor_elevation", "Lowest floor in flood area", required, actual, status, how, derivation)


def _required(rule: Statement, flood: Flood) -> tuple[Value, str]:
    above = next((f.quantity for f in quantities(rule.text) if f.quantity.unit == "ft"), None)
    base = (
        next((f.quantity for f in quantities(flood.base.text) if f.quantity.unit == "ft"), None) if flood.base else None
    )
    if above is None or base is None or flood.base is None:
        return value("As the code requires above the base flood elevation", rule.evidence), ""
    level = Quantity(base.value + above.value, "ft")
    text = f"{shown(level)}, {shown(above)} above the base flood elevation"
    how = f"{shown(base)} + {shown(above)} = {shown(level)}"
    return value(text, rule.evidence, flood.base.evidence, figure=float(level.value), unit="ft"), how


def _surveyed(readings: Sequence[Reading]) -> tuple[Value, Decimal | None]:
    found = item(items(with_role(readings, "survey", "flood determination", "property record")), _FLOOR)
    level = measured(found.value, found.unit) if found else None
    if found and level:
        return value(shown(level), found.evidence, figure=float(level.value), unit=level.unit), level.value
    missing = value("Not measured" if found else "Not reported", *([found.evidence] if found else []))
    return Value(value=None, unit="ft", text=missing["text"], evidence=missing["evidence"]), None
