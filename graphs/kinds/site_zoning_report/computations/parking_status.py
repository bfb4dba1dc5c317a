"""Parking spaces surveyed against those required: what may lower the requirement leaves a shortage open."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.parking_demand import Demand, bounds_of
from quire.graphs.kinds.site_zoning_report.computations.parking_rules import Rule
from quire.graphs.kinds.site_zoning_report.computations.schedule import cited
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import plain
from quire.nodes.evidence.content import Value


@dataclass(frozen=True)
class Parking:
    """What was found on parking."""

    demand: Demand
    site: Site
    rules: list[Rule]
    """Those that decided: adding up, reductions, rounding."""
    spared: list[Rule]
    permitted: list[Rule]
    occasions: list[Rule]
    of_district: list[Rule]
    """What the district's own chapter says on parking for the uses of the site."""
    left_out: tuple[Rule, Decimal, Decimal | None] | None
    """The definition that leaves floor area out, the share, and the spaces required if all of it is left out."""
    unaccounted: Decimal


def assess_parking(found: Parking) -> Assessment:
    """Compare the stalls with the spaces required; what might lower the requirement makes a shortage indeterminate."""
    stalls = found.site.first("parking")
    actual = stalls.quantity.value if stalls and stalls.quantity else None
    status, how = _status(found, actual)
    required = found.demand.required
    evidence = [cited(need.scheduled.row) for need in found.demand.needs if need.scheduled.row is not None]
    least = found.demand.at_least
    text = f"Minimum {plain(required)} spaces" if required is not None else "Not determined"
    if required is None and least > 0:
        text = f"Not determined; at least {plain(least.to_integral_value(ROUND_CEILING))} spaces"
    return Assessment(
        key="parking",
        label="Parking spaces",
        required=Value(
            value=int(required) if required is not None else None, unit="spaces", text=text, evidence=evidence
        ),
        actual=Value(
            value=int(actual) if actual is not None else None,
            unit="spaces",
            text=f"{plain(actual)} spaces" if actual is not None else "Not reported",
            evidence=[stalls.evidence] if stalls else [],
        ),
        status=status,
        how="; ".join([*(need.spaces.how for need in found.demand.needs), *found.demand.steps, how]),
    )


def _status(found: Parking, actual: Decimal | None) -> tuple[str, str]:
    fewest, most = bounds_of(found.demand)
    if actual is None:
        return INDETERMINATE, "the number of spaces is not reported"
    if actual < fewest:
        return _short(found, actual, f"{plain(actual)} < {plain(fewest)}")
    if most is None or actual < most:
        return INDETERMINATE, f"{plain(actual)} ≥ {plain(fewest)}; how many more are required is not determined"
    if found.unaccounted:
        return INDETERMINATE, f"{plain(actual)} ≥ {plain(most)}, but a part of the building has no stated use"
    return CONFORMING, f"{plain(actual)} ≥ {plain(most)}"


def _short(found: Parking, actual: Decimal, short: str) -> tuple[str, str]:
    """Judge a shortage: what may lower the requirement leaves it open."""
    if found.spared:
        return INDETERMINATE, f"{short}, but a rule of the district may spare it further spaces"
    if found.left_out and found.left_out[2] is not None and actual >= found.left_out[2]:
        return INDETERMINATE, f"{short}, but the floor area that the code counts may be smaller than the area stated"
    return NONCONFORMING, short
