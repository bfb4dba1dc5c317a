"""How much of the proposed use the surveyed parking spaces can serve, beside the uses that stay."""

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from quire.graphs.kinds.site_zoning_report.computations.applicable import applicable
from quire.graphs.kinds.site_zoning_report.computations.limits import Limit
from quire.graphs.kinds.site_zoning_report.computations.parking_demand import amounts_of, demand_of, uses_to_be
from quire.graphs.kinds.site_zoning_report.computations.parking_rules import of_parking, reductions, rounding
from quire.graphs.kinds.site_zoning_report.computations.provisions import provisions
from quire.graphs.kinds.site_zoning_report.computations.ratios import Ratio, Term
from quire.graphs.kinds.site_zoning_report.computations.schedule import cited, parking_rows, scheduled
from quire.graphs.kinds.site_zoning_report.computations.site_uses import site_uses
from quire.graphs.kinds.site_zoning_report.computations.sited import sited
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, plain
from quire.graphs.kinds.site_zoning_report.computations.use_list import use_entries
from quire.graphs.kinds.site_zoning_report.computations.use_verdict import judge
from quire.nodes.computations.materials import Materials

_HUNDRED = Decimal(100)
_OF = {"use_floor_area": ("sq ft", "floor area"), "seats": ("seats", "seats"), "units": ("units", "dwelling units")}


def served(materials: Materials, site: Site) -> Iterator[Limit]:
    """Turn the ratio of the proposed use around: from spaces to seats, floor area or units."""
    code = provisions(materials.readings)
    stalls, uses = site.first("parking"), uses_to_be(site_uses(materials, site))
    proposed = next((use for use in uses if use.time == "proposed"), None)
    if stalls is None or stalls.quantity is None or proposed is None:
        return
    names = sited(materials, code).names
    entries = use_entries(names, applicable(names, code)) if names.symbol or names.name else []
    rows, parking = parking_rows(code), of_parking(code)
    matched = [(use, scheduled(use, judge(use, entries) if entries else None, rows)) for use in uses]
    demand = demand_of(
        matched,
        [amounts_of(u, site, alone=len(uses) == 1) for u in uses],
        reductions(parking, names),
        rounding(parking),
    )
    own = next(need for need in demand.needs if need.use is proposed)
    others = [need.spaces.number for need in demand.needs if need.use is not proposed]
    row = own.scheduled.row
    if row is None or own.scheduled.ratio is None or any(number is None for number in others):
        return
    applying = [one for one in reductions(parking, names) if len(uses) >= max(one.uses, 1)]
    taken = sum((number for number in others if number is not None), Decimal(0))
    spaces, steps = stalls.quantity.value, [f"{plain(stalls.quantity.value)} spaces"]
    for one in applying:
        before, spaces = spaces, spaces / (1 - one.percent / _HUNDRED)
        steps.append(f"{plain(before)} / (1 - {plain(one.percent)}%) = {plain(spaces)}")
    if taken:
        steps.append(f"{plain(spaces)} - {plain(taken)} for the other uses = {plain(spaces - taken)}")
    for term in _terms(own.scheduled.ratio):
        unit, noun = _OF.get(term.basis, ("", ""))
        if unit and spaces > taken:
            exact = (spaces - taken) * term.per / term.count
            whole = exact.to_integral_value(ROUND_FLOOR)
            worked = f"{plain(spaces - taken)} x {plain(term.per)} / {plain(term.count)} = {plain(exact)}"
            figure = proposed.figures.get(term.basis)
            used = figure.quantity if figure and figure.quantity else None
            evidence = [cited(row), stalls.evidence, *([figure.evidence] if figure else [])]
            label = f"{noun.capitalize()} of “{proposed.name}” that the parking can serve"
            key = f"parking_{term.basis.removeprefix('use_')}"
            yield Limit(key, label, Quantity(whole, unit), used, "; ".join([*steps, worked]), evidence)


def _terms(ratio: Ratio) -> list[Term]:
    """Give the terms that can be turned around: a single one, or each of several alternatives."""
    if ratio.alternatives:
        return [one.terms[0] for one in ratio.alternatives if len(one.terms) == 1]
    return list(ratio.terms) if len(ratio.terms) == 1 and not ratio.tiers else []
