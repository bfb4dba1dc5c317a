"""Development capacity: what the standards leave room for, each figure derived, and which limit binds first."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.limits import (
    Limit,
    Requirements,
    by_lot_area,
    envelope,
    heights,
    requirements_in,
)
from quire.graphs.kinds.site_zoning_report.computations.measures import BY_KEY
from quire.graphs.kinds.site_zoning_report.computations.parking_capacity import served
from quire.graphs.kinds.site_zoning_report.computations.survey import Site, site_figures
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, plain, shown
from quire.nodes.computations.blocks import listed, note, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

_HUNDRED = Decimal(100)
_NOTHING = "No limit from which floor area, coverage or units follow could be derived from the standards found."
_OVERLAYS = "The overlays of the site may lower these figures; what they require is in the section on overlays."
_THEORETICAL = (
    "Each figure follows from one standard alone. What can be built also depends on the building code, on easements and"
    " on the approvals named in this report."
)
_LIMITING = ("far", "lot_coverage", "density")
_CALLED = {"seats": "seats"}


def compute(materials: Materials) -> SectionContent:
    """Derive what each standard allows, and set it beside what is there."""
    dimensions = materials.inputs.get("dimensions")
    found = requirements_in(dimensions["values"] if dimensions else {})
    site = site_figures(materials)
    limits = [*by_lot_area(found, site), *envelope(found, site), *heights(found, site), *served(materials, site)]
    blocks = [
        paragraph(*_opening(limits), *_not_limited(found)),
        *_table(limits),
        *([note(claim(_OVERLAYS, "fixed"))] if _has_overlays(materials) else []),
        paragraph(claim(_THEORETICAL, "fixed")),
    ]
    values = {name: v for one in limits for name, v in _values(one)}
    return section(blocks, values, _questions(found, site))


def _share(limit: Limit) -> Decimal | None:
    """Give how much of a limit is used, in percent."""
    return limit.used.value / limit.allowed.value * _HUNDRED if limit.used and limit.allowed.value else None


def _opening(limits: Sequence[Limit]) -> Iterator[Claim]:
    ranked = sorted(((share, one) for one in limits if (share := _share(one)) is not None), key=lambda pair: -pair[0])
    if not ranked:
        yield claim(_NOTHING, "open")
        return
    share, first = ranked[0]
    binds = "is exceeded" if share > _HUNDRED else "binds first"
    label = first.label[:1].lower() + first.label[1:]
    used = first.used or first.allowed
    text = f"Of the limits, this one {binds}: {label}, {_shown(used)} of {_shown(first.allowed)} ({plain(share)}%)."
    how = f"{first.how}; {plain(used.value)} / {plain(first.allowed.value)} = {plain(share)}%"
    yield claim(text, "computed", *first.evidence, how=how)


def _not_limited(found: Requirements) -> Iterator[Claim]:
    lacking = [BY_KEY[key].label.lower() for key in _LIMITING if key not in found]
    if lacking and found:
        text = f"The standards found set no {listed(lacking, 'or')}, so none limits the size of buildings by itself."
        yield claim(text, "computed", how="no such standard among those of the section on dimensions")


def _shown(quantity: Quantity) -> str:
    return f"{plain(quantity.value)} {_CALLED[quantity.unit]}" if quantity.unit in _CALLED else shown(quantity)


def _table(limits: Sequence[Limit]) -> list[Block]:
    if not limits:
        return []
    rows = [
        [
            claim(one.label, "fixed"),
            claim(_shown(one.allowed), "computed", *one.evidence, how=one.how),
            claim(_shown(one.used), "computed", *one.evidence, how=f"present: {_shown(one.used)}")
            if one.used
            else claim("Not reported", "open"),
            _room(one),
            claim(one.how, "computed", *one.evidence, how=one.how),
        ]
        for one in limits
    ]
    return [
        table(
            "What the standards leave room for", ["Limit", "Allowed", "Present or proposed", "Room", "Derivation"], rows
        )
    ]


def _room(limit: Limit) -> Claim:
    if limit.used is None:
        return claim("Not determined", "open")
    left = Quantity(limit.allowed.value - limit.used.value, limit.allowed.unit)
    how = f"{plain(limit.allowed.value)} - {plain(limit.used.value)} = {plain(left.value)}"
    text = (
        "None"
        if left.value == 0
        else _shown(left)
        if left.value > 0
        else f"Exceeded by {_shown(Quantity(-left.value, left.unit))}"
    )
    return claim(text, "computed", *limit.evidence, how=f"{how}; {text}")


def _has_overlays(materials: Materials) -> bool:
    overlays = materials.inputs.get("overlays")
    return bool(overlays and any(name.startswith("overlay.") for name in overlays["values"]))


def _values(limit: Limit) -> Iterator[tuple[str, Value]]:
    """Name a limit and its derivation."""
    figure = float(round(limit.allowed.value, 4))
    shown_ = _shown(limit.allowed)
    yield f"capacity.{limit.key}", Value(value=figure, unit=limit.allowed.unit, text=shown_, evidence=limit.evidence)
    yield f"capacity.{limit.key}.how", value(limit.how)


def _questions(found: Requirements, site: Site) -> Iterator[str]:
    if found and site.first("lot_area") is None and any(key in found for key in _LIMITING):
        yield "What is the area of the lot? Without it no floor area or number of units can be derived."
    if "front_setback" in found and site.first("lot_depth") is None:
        yield "What is the depth of the lot? Without it the area within the yards cannot be derived."
