"""Quantities: numbers with their units as codes and surveys write them, and conversions that show their work.

Units are spelled one way inside the computations: ``ft``, ``in``, ``m``, ``sq ft``, ``sq m``, ``acres``,
``%``, ``% of lot width``, ``% of lot depth``, ``stories``, ``units``, ``units/acre``, ``sq ft/unit``, ``spaces``,
``ratio``, and the empty unit of a bare number.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number

_SQUARE_FEET = (
    r"(?:square[\s-]+(?:feet|foot)|sq(?:uare)?\.?[\s-]*(?:ft|feet|foot)\b\.?|s\.?\s?f\.?(?!\w)|sqft\b|ft2\b|ft²)"
)
_SQUARE_METRES = r"(?:square\s+met(?:er|re)s?|sq\.?\s*m\b\.?|m2\b|m²)"
_DWELLING = r"(?:dwelling\s+units?|units?|famil(?:y|ies)|d\.?u\.?(?!\w)|dwellings?)"
_PERCENT = r"(?:percent\b|per\s+cent\b|pct\b|%)"
_PER = r"(?:per|for\s+each|for\s+every|/|an?)"

_SPELLINGS = (
    ("sq ft/unit", rf"{_SQUARE_FEET}\s*(?:of\s+lot\s+area\s*)?{_PER}\s*{_DWELLING}"),
    ("units/acre", rf"(?:{_DWELLING}\s*{_PER}\s*(?:gross\s+|net\s+)?ac(?:re)?\b\.?|dua\b|upa\b)"),
    ("% of lot width", rf"{_PERCENT}\s+of\s+(?:the\s+)?(?:lot\s+width|width(?:\s+of\s+the\s+lot)?)"),
    ("% of lot depth", rf"{_PERCENT}\s+of\s+(?:the\s+)?(?:lot\s+depth|depth(?:\s+of\s+the\s+lot)?)"),
    ("sq ft", _SQUARE_FEET),
    ("sq m", _SQUARE_METRES),
    ("acres", r"(?:acres?|ac)\b\.?"),
    ("%", _PERCENT),
    ("stories", r"(?:stor(?:y|ies)|storeys?)\b"),
    ("units", r"(?:dwelling\s+units?|units?|dwellings?)\b"),
    ("spaces", r"(?:parking\s+|loading\s+)?(?:spaces?|stalls?)\b"),
    ("ft", r"(?:linear\s+)?(?:feet|foot|ft|lf)\b\.?|['\u2032](?![\w'])"),
    ("in", r"(?:inch(?:es)?|in)\b\.?|[\"\u2033]"),
    ("m", r"(?:met(?:er|re)s?|m)\b"),
    ("ratio", r"(?:FAR|F\.A\.R\.)(?!\w)"),
)
_UNIT = "|".join(f"(?P<u{n}>{pattern})" for n, (_, pattern) in enumerate(_SPELLINGS))
_FEET_AND_INCHES = re.compile(
    rf"(?P<feet>{NUMBER})\s*(?:feet|foot|ft\.?|['\u2032])[\s,-]*(?P<inches>{NUMBER})\s*(?:inch(?:es)?|in\.?|[\"\u2033]|'')"
    r"(?!\w)",
    re.IGNORECASE,
)
_ONE_PER = re.compile(rf"\b(?:one|1)\s+{_DWELLING}\s*{_PER}\s*(?P<number>{NUMBER})\s*{_SQUARE_FEET}", re.IGNORECASE)
_MEASURED = re.compile(rf"(?P<number>{NUMBER})\s*-?\s*(?:{_UNIT})", re.IGNORECASE)
_BARE_UNIT = re.compile(rf"(?<![A-Za-z])(?:{_UNIT})", re.IGNORECASE)
_NOTE_MARKS = re.compile(r"\s*(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\s*[a-z*]\s*\))+\s*$")

_TO_SQUARE_FEET = {"acres": Decimal(43560), "sq m": Decimal(1) / Decimal("0.09290304"), "sq ft": Decimal(1)}
_TO_FEET = {"in": Decimal(1) / Decimal(12), "m": Decimal(1) / Decimal("0.3048"), "ft": Decimal(1)}
_PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Quantity:
    """A number and its unit."""

    value: Decimal
    unit: str


@dataclass(frozen=True)
class Found:
    """A quantity and the characters of the text that state it."""

    quantity: Quantity
    start: int
    end: int


def quantities(text: str) -> list[Found]:
    """Find every number that has a unit, in order. What overlaps an earlier, longer reading is left out."""
    found = [
        Found(Quantity(feet + inches / 12, "ft"), match.start(), match.end())
        for match in _FEET_AND_INCHES.finditer(text)
        if (feet := number(match["feet"])) is not None and (inches := number(match["inches"])) is not None
    ]
    found += [
        Found(Quantity(area, "sq ft/unit"), match.start(), match.end())
        for match in _ONE_PER.finditer(text)
        if (area := number(match["number"])) is not None
    ]
    for match in _MEASURED.finditer(text):
        value = number(match["number"])
        apart = all(match.end() <= f.start or match.start() >= f.end for f in found)
        if value is not None and apart:
            found.append(Found(Quantity(value, _unit_of(match)), match.start(), match.end()))
    return _without_repeats(text, sorted(found, key=lambda f: f.start))


def _without_repeats(text: str, found: list[Found]) -> list[Found]:
    """Join ``thirty percent (30%)`` and ``7,500 square feet (0.17 acres)``; if two of a unit disagree, take neither."""
    joined: list[Found] = []
    for later in found:
        before = joined[-1] if joined else None
        if before is None or text[before.end : later.start].strip() != "(" or text[later.end : later.end + 1] != ")":
            joined.append(later)
        elif before.quantity.unit != later.quantity.unit:
            joined[-1] = Found(before.quantity, before.start, later.end + 1)
        elif joined.pop().quantity == later.quantity:
            joined.append(Found(later.quantity, before.start, later.end + 1))
    return joined


def _unit_of(match: re.Match[str]) -> str:
    return next(unit for n, (unit, _) in enumerate(_SPELLINGS) if match[f"u{n}"])


def unit_in(text: str) -> str:
    """Name the unit a heading or column title announces (``Lot size, minimum (sq. ft.)``), or nothing."""
    spaced = re.sub(r"[_]", " ", text)
    found = [m for m in _BARE_UNIT.finditer(spaced) if _announced(m, spaced)]
    return _unit_of(found[-1]) if found else ""


def _announced(match: re.Match[str], text: str) -> bool:
    """Leave out words that merely look like a unit: ``setback in residential districts``, ``lot area per unit``."""
    word = match.group().lower().strip(". ")
    if re.search(r"\bper\s+$", text[: match.start()], re.IGNORECASE):
        return False
    if word in {"in", "m", "ac", "ft", "units", "unit", "story", "dwelling", "dwellings", "dwelling unit", "'", '"'}:
        bracketed = text[: match.start()].rstrip()[-1:] in {"(", "["} and re.match(r"[\s.]*[)\]]", text[match.end() :])
        return bool(bracketed or re.fullmatch(r"[\s.)\]]*", text[match.end() :]))
    return True


def measured(text: str, unit: str = "") -> Quantity | None:
    """Read a table cell or survey value that is one quantity and nothing else.

    Args:
        text: the cell: ``7,500``, ``35'-6"``, ``30 ft``, ``0.33 acre``, ``10**``.
        unit: the unit that the column or the row announces, for a bare number.

    """
    text = _NOTE_MARKS.sub("", text.strip())
    value = number(text)
    if value is not None:
        return Quantity(value, unit)
    found = quantities(text)
    if len(found) == 1 and not re.sub(
        r"[\s.,()]+|^(?:approx\.?|about)\s", "", text[: found[0].start] + text[found[0].end :]
    ):
        return found[0].quantity
    return None


def convert(quantity: Quantity, unit: str) -> tuple[Quantity, str] | None:
    """Convert between units of one kind, and show how; nothing to show if the unit is already the one asked for."""
    if quantity.unit == unit:
        return quantity, ""
    for factors in (_TO_SQUARE_FEET, _TO_FEET):
        if quantity.unit in factors and unit in factors:
            converted = Quantity(quantity.value * factors[quantity.unit] / factors[unit], unit)
            return converted, f"{shown(quantity)} = {shown(converted)}"
    return None


def plain(value: Decimal) -> str:
    """Write a number with thousands separators and at most two decimals, none if they are zero."""
    rounded = value.quantize(_PLACES) if value != value.to_integral_value() else value.quantize(Decimal(1))
    written = f"{rounded:,}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def shown(quantity: Quantity) -> str:
    """Write a quantity for the reader: ``7,500 sq ft``, ``40%``, ``2.5 stories``."""
    one = quantity.value == 1
    if quantity.unit in {"", "ratio"}:
        return plain(quantity.value)
    if quantity.unit.startswith("%"):
        return plain(quantity.value) + quantity.unit
    if quantity.unit == "stories" and one:
        return f"{plain(quantity.value)} story"
    singular = quantity.unit[:-1] if one and quantity.unit in {"acres", "units", "spaces"} else quantity.unit
    return f"{plain(quantity.value)} {singular}"
