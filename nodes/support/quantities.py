"""Amounts with what they are measured in, so that they can be multiplied and divided as well as added. Pure.

``12 m`` by ``8 m`` is an area, ``2.8 m`` in ``four years`` a rate, and ``£2,765`` for ``7`` samples so much for each.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from quire.nodes.evidence.figures.currencies import MONEY
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.unit_words import PHYSICAL
from quire.nodes.evidence.figures.units import EXACT

Measure: TypeAlias = tuple[tuple[str, int], ...]
"""Base units with their powers, in order: ``(("meter", 1), ("second", -1))``; empty for counts and shares."""

_SECONDS: Final = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_629_800,
    "quarter": 7_889_400,
    "year": 31_557_600,
}
TIME: Final[Measure] = (("second", 1),)
_OTHERS: Final[dict[str, tuple[str, int, str]]] = {
    "foot": ("meter", 1, "0.3048"),
    "inch": ("meter", 1, "0.0254"),
    "yard": ("meter", 1, "0.9144"),
    "mile": ("meter", 1, "1609.344"),
    "hectare": ("meter", 2, "10000"),
    "acre": ("meter", 2, "4046.8564224"),
    "liter": ("meter", 3, "0.001"),
    "tonne": ("gram", 1, "1000000"),
    "percent": ("", 0, "0.01"),
    "permille": ("", 0, "0.001"),
    "pound": ("pound sterling", 1, "1"),
}
"""Units of another one; a pound that is written out is money more often than weight, and converted as neither."""
_POWERS: Final = {"square ": 2, "cubic ": 3}
_PREFIXES: Final = {"kilo": 3, "mega": 6, "giga": 9, "tera": 12, "deci": -1, "centi": -2, "milli": -3, "micro": -6}


class Quantity(NamedTuple):
    """A number in base units, and how it came about."""

    value: Decimal
    measure: Measure
    told: str
    """As it is written, or how it was worked out."""
    steps: int = 0
    """In how many steps it was worked out."""
    unit: str = ""
    """Of one that is written: its unit as it is read there."""
    of_rows: bool = False
    """Whether rows come to it: their columns may leave the unit out."""


class Unit(NamedTuple):
    """What a unit is in base units."""

    factor: Decimal
    measure: Measure


@cache
def unit_in_base(unit: str) -> Unit:
    """Read a unit; one that only says what is counted has no measure."""
    measured, _, per = unit.rpartition("/")
    if measured:
        return _per(unit_in_base(measured), per)
    if unit in _SECONDS:
        return Unit(Decimal(_SECONDS[unit]), TIME)
    if unit in _OTHERS:
        base, power, factor = _OTHERS[unit]
        return Unit(Decimal(factor), ((base, power),) if base else ())
    return _raised(unit) or _prefixed(unit) or Unit(Decimal(1), ((unit, 1),) if unit in _MEASURING else ())


_MEASURING: Final = PHYSICAL | MONEY | (EXACT - {"times"})


def _per(one: Unit, unit: str) -> Unit:
    other = unit_in_base(unit)
    return Unit(one.factor / other.factor, _joined(one.measure, other.measure, -1))


def _raised(unit: str) -> Unit | None:
    """Read ``square foot`` as a foot by a foot."""
    for word, power in _POWERS.items():
        if unit.startswith(word):
            one = unit_in_base(unit.removeprefix(word))
            return Unit(one.factor**power, tuple((base, n * power) for base, n in one.measure))
    return None


def _prefixed(unit: str) -> Unit | None:
    """Read ``kilogram`` as a thousand grams."""
    for prefix, exponent in _PREFIXES.items():
        rest = unit.removeprefix(prefix)
        if unit in PHYSICAL and rest != unit and rest in PHYSICAL:
            one = unit_in_base(rest)
            return Unit(Decimal(1).scaleb(exponent) * one.factor, one.measure)
    return None


def quantity(figure: Figure, unit: str = "", scale: int = 1) -> Quantity | None:
    """Read a figure; dates, times and codes are none.

    Args:
        figure: read where it stands.
        unit: what its title announces, for one that has none.
        scale: what its title multiplies it by.

    """
    if not isinstance(figure.value, Decimal) or figure.kind in ("ordinal", "reference", "identifier"):
        return None
    named = figure.unit or unit
    read = unit_in_base(named)
    for per in figure.per:
        read = _per(read, per)
    told = figure.text if figure.unit or not unit else f"{figure.text} {unit}"
    return Quantity(abs(figure.value) * scale * read.factor, read.measure, told, unit=named)


def together(one: Quantity, other: Quantity) -> Iterable[Quantity]:
    """Give what two quantities come to: added, subtracted, multiplied and divided, as far as their measures allow."""
    steps = one.steps + other.steps + 1

    def worked(value: Decimal, measure: Measure, first: Quantity, sign: str, second: Quantity) -> Quantity:
        return Quantity(value, measure, f"{_bracketed(first)} {sign} {_bracketed(second)}", steps)

    if one.measure == other.measure and not _unlike(one, other):
        more, less = (one, other) if one.value >= other.value else (other, one)
        yield worked(one.value + other.value, one.measure, one, "+", other)
        yield worked(more.value - less.value, one.measure, more, "-", less)
    if one.measure or other.measure:
        yield worked(one.value * other.value, _joined(one.measure, other.measure, 1), one, "x", other)
    for first, second in ((one, other), (other, one)):
        if second.value and (first.measure or not second.measure):
            measure = _joined(first.measure, second.measure, -1)
            yield worked(first.value / second.value, measure, first, "/", second)


_SMALL: Final = 12


def _unlike(one: Quantity, other: Quantity) -> bool:
    """Whether a bare number is so small beside another one that they hardly count the same: ``730 seats``, ``two``."""
    return not one.measure and (one.value <= _SMALL) is not (other.value <= _SMALL)


def _joined(one: Measure, other: Measure, sign: int) -> Measure:
    powers = Counter(dict(one))
    for base, power in other:
        powers[base] += sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _bracketed(one: Quantity) -> str:
    return f"({one.told})" if one.steps else one.told


def total(values: Sequence[Decimal]) -> Decimal:
    """Add numbers."""
    return sum(values, Decimal(0))
