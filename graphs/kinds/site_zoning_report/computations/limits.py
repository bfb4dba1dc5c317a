"""What single standards allow on a lot: floor area, coverage, units, the buildable envelope."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.derive import in_unit
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, convert, plain, shown
from quire.nodes.evidence.content import Evidence, Value

_HUNDRED = Decimal(100)


class Limit(NamedTuple):
    """One figure of capacity."""

    key: str
    label: str
    allowed: Quantity
    used: Quantity | None
    """What the site has of it, where it is known."""
    how: str
    evidence: list[Evidence]


class Required(NamedTuple):
    """A requirement as the section on dimensions exports it."""

    key: str
    bound: str
    quantity: Quantity
    evidence: list[Evidence]


Requirements = Mapping[str, list[Required]]


def requirements_in(values: Mapping[str, Value]) -> dict[str, list[Required]]:
    """Read the requirements back from a section's values, by measure."""
    found: dict[str, list[Required]] = {}
    for name, stated in values.items():
        figure = stated["value"]
        if name.startswith("standard.") and name.endswith(".required") and isinstance(figure, int | float):
            key = name.removeprefix("standard.").removesuffix(".required")
            bound = "maximum" if stated["text"].startswith("Maximum") else "minimum"
            quantity = Quantity(Decimal(str(figure)), stated["unit"])
            found.setdefault(key.split(".")[0], []).append(Required(key, bound, quantity, stated["evidence"]))
    return found


def _figure(site: Site, key: str, unit: str) -> tuple[Quantity, Evidence] | None:
    figure = site.first(key)
    converted = in_unit(figure.quantity, unit) if figure and figure.quantity else None
    return (converted[0], figure.evidence) if figure and converted else None


def _of(found: Requirements, key: str, bound: str) -> Required | None:
    """Give a requirement if there is exactly one of its kind."""
    same = [one for one in found.get(key, []) if one.bound == bound]
    return same[0] if len(same) == 1 else None


def by_lot_area(found: Requirements, site: Site) -> Iterator[Limit]:
    """Derive floor area, footprint and units from the lot's area."""
    lot = _figure(site, "lot_area", "sq ft")
    if lot is None:
        return
    area, evidence = lot
    shares = (
        ("floor_area", "Floor area under the floor area ratio", "far", "gross_floor_area"),
        ("footprint", "Footprint under the building coverage", "lot_coverage", "footprint"),
        ("impervious", "Impervious surface", "impervious", "impervious"),
    )
    for key, label, measure, used in shares:
        if required := _of(found, measure, "maximum"):
            factor = required.quantity.value / (_HUNDRED if required.quantity.unit == "%" else 1)
            allowed = Quantity(factor * area.value, "sq ft")
            how = f"{shown(required.quantity)} x {shown(area)} = {shown(allowed)}"
            present = _figure(site, used, "sq ft")
            cited = [*required.evidence, evidence, *([present[1]] if present else [])]
            yield Limit(key, label, allowed, present[0] if present else None, how, cited)
    yield from _units(found, area, evidence, site)


def _units(found: Requirements, area: Quantity, evidence: Evidence, site: Site) -> Iterator[Limit]:
    required = _of(found, "density", "maximum") or _of(found, "lot_area_per_unit", "minimum")
    if required is None:
        return
    if required.quantity.unit == "units/acre":
        acres, converted = convert(area, "acres") or (area, "")
        number = required.quantity.value * acres.value
        how = f"{converted}; {shown(required.quantity)} x {shown(acres)} = {plain(number)}"
    else:
        number = area.value / required.quantity.value
        how = f"{shown(area)} / {plain(required.quantity.value)} sq ft a unit = {plain(number)}"
    present = _figure(site, "units", "units")
    whole = number.to_integral_value(ROUND_FLOOR)
    how += f"; whole units: {plain(whole)}" if whole != number else ""
    cited = [*required.evidence, evidence, *([present[1]] if present else [])]
    yield Limit(
        "units",
        "Dwelling units under the density",
        Quantity(whole, "units"),
        present[0] if present else None,
        how,
        cited,
    )


def envelope(found: Requirements, site: Site) -> Iterator[Limit]:
    """Derive the area within the yards: the most it can be, where a yard depends on what the lot adjoins."""
    width, depth = _figure(site, "lot_width", "ft"), _figure(site, "lot_depth", "ft")
    yards = {key: _least(found, key) for key in ("front_setback", "side_setback", "rear_setback")}
    front, side, rear = yards["front_setback"], yards["side_setback"], yards["rear_setback"]
    if width is None or depth is None or front is None or side is None or rear is None:
        return
    wide = width[0].value - 2 * side.quantity.value
    deep = depth[0].value - front.quantity.value - rear.quantity.value
    if wide <= 0 or deep <= 0:
        return
    allowed = Quantity(wide * deep, "sq ft")
    how = (
        f"({plain(width[0].value)} - 2 x {plain(side.quantity.value)}) x"
        f" ({plain(depth[0].value)} - {plain(front.quantity.value)} - {plain(rear.quantity.value)}) = {shown(allowed)}"
    )
    present = _figure(site, "footprint", "sq ft")
    open_yards = [key for key in yards if len([r for r in found.get(key, []) if r.bound == "minimum"]) > 1]
    label = "Area within the yards" + (
        ", at most: the least of each yard's requirements is taken" if open_yards else ""
    )
    cited = [*front.evidence, *side.evidence, *rear.evidence, width[1], depth[1]]
    yield Limit("envelope", label, allowed, present[0] if present else None, how, cited)


def _least(found: Requirements, key: str) -> Required | None:
    minima = [one for one in found.get(key, []) if one.bound == "minimum" and one.quantity.unit == "ft"]
    return min(minima, key=lambda one: one.quantity.value, default=None)


def heights(found: Requirements, site: Site) -> Iterator[Limit]:
    """Set height and stories beside what there is."""
    for key, label in (("height", "Building height"), ("stories", "Stories")):
        if required := _of(found, key, "maximum"):
            present = _figure(site, key, required.quantity.unit)
            cited = [*required.evidence, *([present[1]] if present else [])]
            how = f"the standard itself: maximum {shown(required.quantity)}"
            yield Limit(key, label, required.quantity, present[0] if present else None, how, cited)
