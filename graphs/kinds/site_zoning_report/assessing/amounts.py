"""Amounts as American ordinances write them, and what may be compared with what. Pure."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from quire.nodes.records.quantities import Quantity

_SHORT: Final = {"foot": "ft", "square foot": "sq ft", "inch": "inches", "acre": "acres", "mile": "miles"}
_COUNTED: Final = {
    "space": "spaces", "unit": "units", "story": "stories", "seat": "seats", "tree": "trees", "room": "rooms",
    "employee": "employees", "building": "buildings", "lot": "lots", "vehicle": "vehicles", "person": "persons",
    "bedroom": "bedrooms", "lane": "lanes",
}  # fmt: skip
"""Units of what is only counted: a bare number of a survey may be any of them."""
_PLACES = Decimal("0.01")


def plain(number: Decimal | Fraction) -> str:
    """Write a number with two decimals at most: ``14,200``, ``0.53``."""
    exact = number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)
    rounded = exact.quantize(_PLACES, ROUND_HALF_UP)
    return f"{rounded:,f}".rstrip("0").rstrip(".") if rounded != rounded.to_integral_value() else f"{rounded:,.0f}"


def written(amount: Quantity) -> str:
    """Write an amount with its unit: ``4.2 ft``, ``45%``, ``3 stories``."""
    number = plain(amount.number)
    if amount.unit == "percent":
        return f"{number}%"
    if amount.unit in _COUNTED and amount.number == 1:
        return f"{number} {amount.unit}"
    unit, *per = amount.unit.split("/")
    named = _SHORT.get(unit) or _COUNTED.get(unit, unit)
    return " per ".join([f"{number} {named}".strip(), *per])


def in_whole(amount: Quantity) -> Quantity:
    """Leave of what is only counted what is whole: of 1.73 units one can be built."""
    number = amount.number
    return Quantity(number.to_integral_value(ROUND_FLOOR), amount.unit) if amount.unit in _COUNTED else amount


def comparable(amount: Quantity) -> Quantity:
    """Take the unit off what is only counted, so that ``3 stories`` may be compared with a count of 2."""
    return Quantity(amount.number) if amount.unit in _COUNTED else amount


def is_share(amount: Quantity) -> bool:
    """Whether an amount is a part of something else: a percentage or a bare number."""
    return amount.unit in ("", "percent")


def fraction(amount: Quantity) -> Fraction:
    """Give the number exactly."""
    return Fraction(amount.number)
