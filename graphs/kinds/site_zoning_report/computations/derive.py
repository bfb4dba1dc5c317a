"""Actual values for a standard: as measured, or worked out from what is measured, with the derivation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.survey import Measured, Site
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, convert, shown
from quire.nodes.evidence.content import Evidence

_OF_LOT = {
    "lot_coverage": "footprint",
    "far": "gross_floor_area",
    "open_space": "open_space",
    "impervious": "impervious",
}
"""Measures that are a share of the lot, with the area they are the share of."""
_HUNDRED = Decimal(100)
_BOTH = 2


@dataclass(frozen=True)
class Actual:
    """What is there, in the unit of the standard."""

    quantity: Quantity | None
    text: str
    how: str = ""
    """The derivation, if it is not simply measured."""
    evidence: tuple[Evidence, ...] = ()
    side: str = ""
    """The side yard that counts, where there are several."""


NOT_REPORTED = Actual(None, "Not reported")


def actual_for(key: str, unit: str, site: Site) -> Actual:
    """Give the actual value of a measure in a unit.

    Args:
        key: the measure.
        unit: the unit of the requirement.
        site: the figures of the site.

    """
    if key in {"side_setback", "side_setback_total"} and site.of("side_setback"):
        return _sides(site.of("side_setback"), total=key.endswith("total"), unit=unit)
    if key in {"density", "lot_area_per_unit"} and not site.first(key):
        return _per_unit(site, unit)
    direct = site.first(key)
    if key in _OF_LOT and (direct is None or direct.quantity is None or direct.quantity.unit not in {"%", "ratio"}):
        return _share(site, _OF_LOT[key], unit)
    return _direct(direct or next(iter(site.of(key)), None), unit)


def _direct(figure: Measured | None, unit: str) -> Actual:
    if figure is None:
        return NOT_REPORTED
    if figure.quantity is None:
        return Actual(None, figure.written or "Not reported", evidence=(figure.evidence,))
    converted = in_unit(figure.quantity, unit)
    if converted is None:
        return Actual(None, f"{figure.written} (not comparable)", evidence=(figure.evidence,))
    quantity, how = converted
    return Actual(quantity, shown(quantity), how, (figure.evidence,))


def in_unit(quantity: Quantity, unit: str) -> tuple[Quantity, str] | None:
    """Convert, percentages and ratios among them."""
    if quantity.unit == "ratio" and unit == "%":
        turned = Quantity(quantity.value * _HUNDRED, "%")
        return turned, f"{shown(quantity)} = {shown(turned)}"
    if quantity.unit == "%" and unit == "ratio":
        turned = Quantity(quantity.value / _HUNDRED, "ratio")
        return turned, f"{shown(quantity)} = {shown(turned)}"
    return convert(quantity, unit)


def _sides(figures: Sequence[Measured], *, total: bool, unit: str) -> Actual:
    known = [(f, found[0]) for f in figures if f.quantity and (found := in_unit(f.quantity, unit))]
    evidence = tuple(f.evidence for f in figures)
    if not known:
        return Actual(None, figures[0].written or "Not reported", evidence=evidence)
    named = [f"{shown(q)} ({f.side})" if f.side else shown(q) for f, q in known]
    if total:
        if len(known) != _BOTH:
            return Actual(None, f"Only one side is reported: {named[0]}", evidence=evidence)
        added = Quantity(known[0][1].value + known[1][1].value, unit)
        return Actual(added, shown(added), f"{shown(known[0][1])} + {shown(known[1][1])} = {shown(added)}", evidence)
    least, quantity = min(known, key=lambda pair: pair[1].value)
    return Actual(quantity, ", ".join(named), "", evidence, least.side)


def _area(site: Site, key: str) -> tuple[Quantity, Evidence] | None:
    figure = site.first(key)
    converted = in_unit(figure.quantity, "sq ft") if figure and figure.quantity else None
    return (converted[0], figure.evidence) if figure and converted else None


def _share(site: Site, part: str, unit: str) -> Actual:
    """Work out ``4,060 sq ft ÷ 14,200 sq ft = 28.59%``."""
    covered, lot = _area(site, part), _area(site, "lot_area")
    if covered is None or lot is None or not lot[0].value:
        return NOT_REPORTED
    share = Quantity(covered[0].value / lot[0].value, "ratio")
    quantity = Quantity(share.value * _HUNDRED, "%") if unit == "%" else share
    if unit == "sq ft":
        return Actual(covered[0], shown(covered[0]), evidence=(covered[1],))
    how = f"{shown(covered[0])} ÷ {shown(lot[0])} = {shown(quantity)}"
    return Actual(quantity, shown(quantity), how, (covered[1], lot[1]))


def _per_unit(site: Site, unit: str) -> Actual:
    """Work out lot area for each dwelling unit, or dwelling units to the acre."""
    lot, units = _area(site, "lot_area"), site.first("units")
    if lot is None or units is None or units.quantity is None:
        return NOT_REPORTED
    evidence = (lot[1], units.evidence)
    count = units.quantity
    if not count.value:
        return Actual(None, "No dwelling units", evidence=evidence)
    if unit == "units/acre":
        acres, how = convert(lot[0], "acres") or (lot[0], "")
        quantity = Quantity(count.value / acres.value, unit)
        return Actual(
            quantity, shown(quantity), f"{how}; {shown(count)} ÷ {shown(acres)} = {shown(quantity)}", evidence
        )
    quantity = Quantity(lot[0].value / count.value, unit)
    text = f"{shown(count)} on {shown(lot[0])}"
    return Actual(quantity, text, f"{shown(lot[0])} ÷ {shown(count)} = {shown(quantity)}", evidence)
