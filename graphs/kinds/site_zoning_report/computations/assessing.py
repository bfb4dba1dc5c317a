"""The standards of a district held against the site, one by one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.applies import applies, evidence_of_lines, line_meant, sides_on
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.conformance import Comparison, Required, compare, required_of
from quire.graphs.kinds.site_zoning_report.computations.derive import Actual, actual_for
from quire.graphs.kinds.site_zoning_report.computations.lawful import Lawful, lawful_for
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.standard import Standard
from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    CONFORMING_SUBJECT_TO,
    INDETERMINATE,
    LEGAL_NONCONFORMING,
    NONCONFORMING,
)
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import shown
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Value

_KINDS_OF_LINES = {"street", "residential district", "other lot"}
_ORDER = (
    *("lot_area", "lot_width", "frontage", "lot_depth", "lot_area_per_unit", "density", "unit_area", "far"),
    *("lot_coverage", "impervious", "open_space", "front_setback", "side_setback", "side_setback_total"),
    *("corner_side_setback", "rear_setback", "setback", "height", "stories"),
)


@dataclass(frozen=True)
class Assessed:
    """One standard with what is there, and how the two compare."""

    key: str
    standard: Standard
    required: Required
    actual: Actual
    comparison: Comparison
    lawful: Lawful | None

    @property
    def label(self) -> str:
        """Name the row: a bound other than the usual one is part of the name (``Front yard setback, maximum``)."""
        unusual = self.standard.bound != self.standard.measure.bound
        return f"{self.standard.label}, {self.standard.bound}" if unusual else self.standard.label

    @property
    def status(self) -> str:
        """The status in full."""
        if self.lawful is None:
            return self.comparison.status
        return (
            LEGAL_NONCONFORMING
            if self.lawful.kind == "nonconforming"
            else f"{CONFORMING_SUBJECT_TO} {self.lawful.reason}"
        )

    @property
    def how(self) -> str:
        """The comparison, and what makes a departure lawful."""
        return "; ".join(part for part in (self.comparison.how, self.lawful.reason if self.lawful else "") if part)


class _Relevant(NamedTuple):
    standard: Standard
    concerned: bool | None


def assess(
    standards: Iterable[Standard], site: Site, materials: Materials, code: Sequence[Provision]
) -> list[Assessed]:
    """Compare every standard on the lot or the main building; those known not to concern the site are left out."""
    numeric = [standard for standard in standards if not standard.subject and standard.quantity is not None]
    held = [_Relevant(standard, applies(standard, site, materials.facts)) for standard in numeric]
    relevant = sorted((r for r in held if r.concerned is not False), key=lambda r: _ORDER.index(r.standard.measure.key))
    names = _keys([r.standard for r in relevant])
    made = [_assess(key, held, site, materials, code) for key, held in zip(names, relevant, strict=True)]
    return [_settled(one, made, materials, code) for one in made]


def _settled(one: Assessed, made: Sequence[Assessed], materials: Materials, code: Sequence[Provision]) -> Assessed:
    """Call a yard nonconforming that misses the least of its requirements: whichever lot line it has, it fails."""
    same = [o for o in made if o.standard.measure == one.standard.measure and o.standard.bound == one.standard.bound]
    lines = [line_meant(o.standard.qualifier) for o in same]
    open_lines = all(o.comparison.status == INDETERMINATE and o.comparison.gap for o in same)
    figures = [o.required.quantity.value for o in same if o.required.quantity]
    if (
        len(same) < len(_KINDS_OF_LINES)
        or set(lines) != _KINDS_OF_LINES
        or not open_lines
        or one.standard.bound != "minimum"
    ):
        return one
    if one.required.quantity is None or one.required.quantity.value != min(figures):
        return one
    how = f"{one.comparison.how.split(';', 1)[0]}; the least of the requirements is missed, whichever lot line it is"
    lawful = lawful_for(one.standard.measure, one.actual.side, materials, code)
    return replace(one, comparison=Comparison(NONCONFORMING, how, one.comparison.gap), lawful=lawful)


def _assess(key: str, held: _Relevant, site: Site, materials: Materials, code: Sequence[Provision]) -> Assessed:
    standard = held.standard
    required = required_of(standard, site)
    unit = required.quantity.unit if required.quantity else ""
    sided = Site({**site.figures, "side_setback": sides_on(standard, site)}, site.abuts)
    actual = actual_for(standard.measure.key, unit, sided)
    comparison = compare(standard, required, actual, applies=held.concerned)
    departs = comparison.status == NONCONFORMING
    lawful = lawful_for(standard.measure, actual.side, materials, code) if departs else None
    return Assessed(key, standard, required, actual, comparison, lawful)


def _keys(standards: Sequence[Standard]) -> list[str]:
    """Name each standard; one that is not the only one of its measure by its limitation or its bound as well."""
    made: list[str] = []
    for standard in standards:
        same = [s for s in standards if s.measure.key == standard.measure.key]
        key = standard.measure.key
        if len(same) > 1:
            limited = re.sub(r"[^a-z0-9]+", "_", standard.qualifier.lower()).strip("_")
            differs = limited or (standard.bound if standard.bound != standard.measure.bound else "")
            key = f"{key}.{differs}" if differs else key
        made.append(key if key not in made else f"{key}.{sum(k.startswith(key) for k in made) + 1}")
    return made


def as_assessment(assessed: Assessed, site: Site) -> Assessment:
    """Write a comparison down as row and values."""
    standard, required, actual = assessed.standard, assessed.required, assessed.actual
    text = standard.required
    if required.how and required.quantity:
        text = f"{text} ({shown(required.quantity)})"
    lawful = list(assessed.lawful.evidence) if assessed.lawful else []
    unit = required.quantity.unit if required.quantity else ""
    return Assessment(
        key=assessed.key,
        label=assessed.label,
        required=Value(
            value=_number(required.quantity.value) if required.quantity else None,
            unit=unit,
            text=text,
            evidence=list(standard.evidence),
        ),
        actual=Value(
            value=_number(actual.quantity.value) if actual.quantity else None,
            unit=unit,
            text=actual.text,
            evidence=[*actual.evidence, *evidence_of_lines(standard, site), *lawful],
        ),
        status=assessed.status,
        how=assessed.how,
    )


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(round(value, 4))
