"""Property description: the land and the buildings as the records have them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.documents import called
from quire.graphs.kinds.site_zoning_report.computations.items import Item, item, items
from quire.graphs.kinds.site_zoning_report.computations.particulars import fact, stated
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, shown
from quire.nodes.computations.blocks import facts, heading, listed, paragraph, section, value
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.sources.passage import Passage, Reading

_ROWS = (
    ("Parcel", (r"^parcel (?:number|id|no)", r"^apn\b")),
    ("Legal description", (r"^legal (?:description)?",)),
    ("Land use code", (r"^land use code",)),
    ("Year built", (r"year built|built in|construction date",)),
    ("Buildings", (r"^(?:number of )?buildings?$",)),
    ("Construction", (r"^construction(?: type)?$", r"^building type")),
    ("Stories", (r"^(?:number of )?stor(?:ies|eys)",)),
    ("Gross floor area", (r"gross floor area|^gfa\b|building area",)),
    ("Dwelling units", (r"dwelling units|^(?:number of )?units$",)),
)
_LOT_AREA = (r"^lot (?:area|size)", r"^(?:site|parcel|land) (?:area|size)", r"^acres?\b|^acreage")
_RECORDED_AREA = (r"assess\w* (?:land )?area", r"^(?:land|parcel|site|deeded) (?:area|size)", r"^acre")
_AROUND = r"^(north|east|south|west)(?:ern)?\b"
_SQUARE_FEET_PER_ACRE = Decimal(43560)
_ALIKE = Decimal("0.02")
"""Two records of one area that differ by less are taken to agree: assessors round to the hundredth of an acre."""

_COMPARED = (
    ("gross floor area", (r"gross floor area|^gfa\b",)),
    ("number of stories", (r"^(?:number of )?stor(?:ies|eys)",)),
    ("number of dwelling units", (r"dwelling units",)),
)


def compute(materials: Materials) -> SectionContent:
    """Describe the site; where two records of it differ, say so and leave it open."""
    owned = items(with_role(materials.readings, "property record"))
    surveyed = items(with_role(materials.readings, "survey"))
    area = _area(surveyed or owned)
    differences = [*_differing_areas(owned, area), *_differing(owned, surveyed)]
    rows = list(_described(owned, surveyed, area))
    blocks = [
        paragraph(*_use(materials, owned), *_building(owned)),
        facts(rows),
        *_records_agree(owned, area, differences),
        *_surroundings(owned, with_role(materials.readings, "zoning code")),
    ]
    questions = [] if rows else ["No record of the property was supplied: area, buildings and legal description."]
    if area is None:
        questions.append("Lot area: neither a survey nor a record of the site states it.")
    return section(blocks, _values(owned, area), [*questions, *differences])


def _area(listed: Sequence[Item]) -> tuple[Quantity, Item] | None:
    found = item(listed, *_LOT_AREA)
    quantity = measured(found.value, found.unit) if found else None
    return (quantity, found) if found and quantity else None


def _described(owned: list[Item], surveyed: list[Item], area: tuple[Quantity, Item] | None) -> Iterator[list[Claim]]:
    for label, patterns in _ROWS:
        found = item([*owned, *surveyed], *patterns)
        if found and found.value:
            yield [claim(label, "fixed"), claim(found.value, "source", found.evidence)]
    if area:
        yield [claim("Lot area", "fixed"), _area_claim(*area)]


def _area_claim(area: Quantity, found: Item) -> Claim:
    """State an area in square feet and acres, showing the conversion."""
    if area.unit != "sq ft":
        return claim(shown(area), "source", found.evidence)
    acres = (area.value / _SQUARE_FEET_PER_ACRE).quantize(Decimal("0.001"))
    how = f"{shown(area)} / 43,560 sq ft per acre = {acres} acre"
    return claim(f"{shown(area)} ({acres} acre)", "computed", found.evidence, how=how)


def _use(materials: Materials, owned: list[Item]) -> Iterator[Claim]:
    address = stated(materials, "address", "The site is {}.")
    if address:
        yield address
    recorded = item(owned, r"^existing use", r"^(?:current|present) use")
    if recorded and recorded.value:
        yield claim(f"Recorded use: {recorded.value}.", "source", recorded.evidence)
    elif existing := stated(materials, "existing_use", "Existing use, as the client states it: {}."):
        yield existing
    if not address and not recorded and not fact(materials, "existing_use"):
        yield claim("The address and the existing use of the site are not determined.", "open")


def _building(owned: list[Item]) -> Iterator[Claim]:
    """Say in a sentence what the record has of the building."""
    parts = (
        (" constructed in {}", item(owned, r"year built")),
        (" of {} gross floor area", item(owned, r"gross floor area|^gfa\b")),
        (" with {} dwelling units", item(owned, r"dwelling units")),
        (" ({})", item(owned, r"^construction(?: type)?$")),
    )
    told = [(words, i) for words, i in parts if i and i.value]
    if told:
        said = "".join(words.format(i.value[:1].lower() + i.value[1:]) for words, i in told)
        yield claim(f"The property record shows a building{said}.", "source", *(i.evidence for _, i in told))


def _differing_areas(owned: list[Item], area: tuple[Quantity, Item] | None) -> Iterator[str]:
    recorded = _recorded_area(owned)
    if area and recorded and area[0].unit == "sq ft" and _apart(area[0].value, recorded[0]) > _ALIKE:
        yield (
            f"Lot area: the survey gives {shown(area[0])} and the property record {recorded[1].value}. "
            "Which of them governs?"
        )


def _recorded_area(owned: list[Item]) -> tuple[Decimal, Item] | None:
    """Give the recorded area in square feet."""
    found = item(owned, *_RECORDED_AREA)
    quantity = measured(found.value, found.unit) if found else None
    factors = {"acres": _SQUARE_FEET_PER_ACRE, "sq ft": Decimal(1)}
    if found is None or quantity is None or quantity.unit not in factors:
        return None
    return quantity.value * factors[quantity.unit], found


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return abs(one - other) / max(one, other, Decimal(1))


def _differing(owned: list[Item], surveyed: list[Item]) -> Iterator[str]:
    for name, patterns in _COMPARED:
        record, survey = item(owned, *patterns), item(surveyed, *patterns)
        figures = [re.findall(r"\d[\d,.]*", i.value) for i in (record, survey) if i and i.value]
        if record and survey and all(figures) and len(figures) > 1 and figures[0][0] != figures[1][0]:
            measure = f"{survey.value} {survey.unit}".strip()
            yield f"The {name}: the property record gives {record.value}, the survey {measure}. Which of them is right?"


def _records_agree(
    owned: list[Item], area: tuple[Quantity, Item] | None, differences: Sequence[str]
) -> Iterator[Block]:
    if differences:
        yield paragraph(*(claim(difference, "open") for difference in differences))
    recorded = _recorded_area(owned)
    if area is None or recorded is None or area[0].unit != "sq ft" or any("Lot area" in d for d in differences):
        return
    apart = f"{_apart(area[0].value, recorded[0]) * 100:.1f} percent"
    how = f"{recorded[1].value} = {recorded[0]:,.0f} sq ft; it differs from {shown(area[0])} by {apart}"
    text = (
        f"The property record gives the area as {recorded[1].value}, which agrees with the survey within rounding; "
        "the surveyed area is used throughout."
    )
    yield paragraph(claim(text, "computed", recorded[1].evidence, area[1].evidence, how=how))


def _surroundings(owned: list[Item], code: Sequence[Reading]) -> Iterator[Block]:
    sides = [(i, found[1]) for i in owned if i.value and (found := re.match(_AROUND, i.label, re.IGNORECASE))]
    if sides:
        yield heading("Surroundings")
        yield facts([claim(side.capitalize(), "fixed"), claim(i.value, "source", i.evidence)] for i, side in sides)
        yield paragraph(*_districts([i for i, _ in sides], code))


def _districts(around: Sequence[Item], code: Sequence[Reading]) -> Iterator[Claim]:
    """Name the chapters of the districts whose symbols the record gives in brackets."""
    symbols = sorted({symbol for i in around for symbol in re.findall(r"\(([A-Z][A-Z0-9-]{0,5})\)", i.value)})
    titled = [(symbol, reading) for symbol in symbols for reading in code if symbol in called(reading).split()]
    if titled:
        named = listed([f"{symbol} (“{called(reading)}”)" for symbol, reading in titled])
        titles = [cite(reading, _title(reading)) for _, reading in titled]
        how = "symbols in brackets, found in the titles of the code"
        yield claim(f"Districts around the site: {named}.", "computed", *titles, how=how)


def _title(reading: Reading) -> Passage:
    """Give the passage that holds a source's title, or its first."""
    return next((p for p in reading["passages"] if p["text"] == reading["title"]), reading["passages"][0])


def _values(owned: list[Item], area: tuple[Quantity, Item] | None) -> dict[str, Value]:
    values: dict[str, Value] = {}
    built = item(owned, r"year built")
    if built and built.value:
        values["property.year_built"] = value(built.value, built.evidence)
    if area:
        values["property.lot_area"] = value(
            shown(area[0]), area[1].evidence, figure=float(area[0].value), unit=area[0].unit
        )
    return values
