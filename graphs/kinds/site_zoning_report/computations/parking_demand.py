"""The spaces that the uses of a site need: ratio by ratio, added up, reduced and rounded as the code says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from quire.graphs.kinds.site_zoning_report.computations.parking_rules import Reduction, Rounding, rounded
from quire.graphs.kinds.site_zoning_report.computations.ratios import Spaces, spaces_for
from quire.graphs.kinds.site_zoning_report.computations.schedule import Scheduled
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import plain

_WHOLE = Decimal(1)
_PERCENT = Decimal(100)
_NEARLY = Decimal("0.95")
"""Share of the building from which on a use is taken to fill it: stairs and shafts belong to no tenant."""


@dataclass(frozen=True)
class Need:
    """A use with its ratio and what the ratio gives."""

    use: SiteUse
    scheduled: Scheduled
    spaces: Spaces


@dataclass(frozen=True)
class Demand:
    """What all uses together need."""

    needs: tuple[Need, ...]
    total: Decimal | None
    """Unrounded, after reductions; nothing if it could not be worked out whole."""
    required: Decimal | None
    """Rounded as the code says; nothing if the total is not known, or has a fraction and no rule for it."""
    at_least: Decimal
    """What is needed in any case."""
    steps: tuple[str, ...]
    """The derivation from the sum on, a step each."""


def uses_to_be(uses: Sequence[SiteUse]) -> list[SiteUse]:
    """Give the uses that the site is to have: the proposed ones and those that stay.

    Where nothing says which part of the building a use takes, a proposed use replaces the existing one.
    """
    proposed = [use for use in uses if use.time == "proposed"]
    existing = [use for use in uses if use.time == "existing"]
    if not proposed:
        return existing
    placed = any(use.where for use in uses)
    return proposed + [use for use in existing if placed and not use.replaced]


def amounts_of(use: SiteUse, site: Site, *, alone: bool) -> dict[str, Decimal]:
    """Collect the figures of a use; a use that is alone on the site has the figures of the building."""
    figures = {key: figure.quantity.value for key, figure in use.figures.items() if figure.quantity}
    if alone:
        for key, of_site in (("use_floor_area", "gross_floor_area"), ("units", "units"), ("seats", "seats")):
            figure = site.first(of_site)
            if key not in figures and figure and figure.quantity:
                figures[key] = figure.quantity.value
    return figures


def unaccounted(uses: Sequence[SiteUse], site: Site) -> Decimal:
    """Give the floor area of the building that no use is stated for; zero if that is not known."""
    building = site.first("gross_floor_area")
    taken = [use.figures["use_floor_area"].quantity for use in uses if "use_floor_area" in use.figures]
    if building is None or building.quantity is None or not taken:
        return Decimal(0)
    used = sum((quantity.value for quantity in taken if quantity), Decimal(0))
    return building.quantity.value - used if used < building.quantity.value * _NEARLY else Decimal(0)


def demand_of(
    scheduled: Sequence[tuple[SiteUse, Scheduled]],
    amounts: Sequence[Mapping[str, Decimal]],
    reductions: Sequence[Reduction],
    rule: Rounding | None,
) -> Demand:
    """Add up what the uses need."""
    needs = tuple(
        Need(use, found, spaces_for(found.ratio, figures) if found.ratio else Spaces(None, found.how, ("ratio",)))
        for (use, found), figures in zip(scheduled, amounts, strict=True)
    )
    known = [need.spaces.number for need in needs if need.spaces.number is not None]
    least = sum(known, Decimal(0)) + sum((need.spaces.at_least for need in needs), Decimal(0))
    applying = [one for one in reductions if len(needs) >= max(one.uses, 1)]
    steps: list[str] = []
    total, least = sum(known, Decimal(0)), _reduced(least, applying)
    if len(known) < len(needs):
        return Demand(needs, None, None, least, ())
    if len(needs) > 1:
        steps.append(f"{' + '.join(plain(value) for value in known)} = {plain(total)}")
    for one in applying:
        steps.append(f"{plain(total)} x (1 - {plain(one.percent)}%) = {plain(_reduced(total, [one]))}")
        total = _reduced(total, [one])
    required = rounded(total, rule)
    if required is not None and required != total:
        steps.append(f"{plain(total)} is rounded to {plain(required)}")
    return Demand(needs, total, required, least, tuple(steps))


def _reduced(spaces: Decimal, reductions: Sequence[Reduction]) -> Decimal:
    for one in reductions:
        spaces *= 1 - one.percent / _PERCENT
    return spaces


def bounds_of(demand: Demand) -> tuple[Decimal, Decimal | None]:
    """Give the fewest and the most spaces that may be required; the most is nothing if it is not known."""
    if demand.required is not None:
        return demand.required, demand.required
    if demand.total is not None:
        return demand.total.to_integral_value(ROUND_FLOOR), demand.total.to_integral_value(ROUND_CEILING)
    return demand.at_least.to_integral_value(ROUND_FLOOR), None


def with_less_area(amounts: Mapping[str, Decimal], percent: Decimal) -> dict[str, Decimal]:
    """Leave out the share of the floor area that the code's definition does not count, at most."""
    left = 1 - percent / _PERCENT
    return {key: value * left if key == "use_floor_area" else value for key, value in amounts.items()}
