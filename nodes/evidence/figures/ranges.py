"""Ranges and lists: ``10 to 15 feet``, ``€12-15m``, ``20, 25 and 30 feet``. Unit and scale go to each of their ends."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.currencies import MONEY
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.numbers import numbers
from quire.nodes.evidence.figures.scales import scale_at
from quire.nodes.evidence.figures.units import rate_at

_DASH: Final = r"\s?[-\u2013\u2014~\u301c\uff5e]\s?"
_TO = re.compile(rf"\s*(?:to|through|bis|à|a|al|tot|até|hasta|fino\s+a|u\.|{_DASH})\s*", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s*(?:or|and|und|oder|et|ou|y|o|e|en|of)\s*|\s*/\s*", re.IGNORECASE)
_BY = re.compile(r"\s*(?:by|x|\u00d7)\s*", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+")
_BETWEEN = re.compile(r"(?i:\bbetween|\bzwischen|\bentre|\btra|\bfra|\btussen)\s+$")
_BACK = 12
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_LENGTHS: Final = frozenset({"foot", "inch", "yard", "meter", "centimeter", "millimeter", "kilometer", "mile"})
_SMALL: Final = Decimal(1000)
"""Below it a number before ``to 7 million`` is meant in millions; ``500,000`` is not."""
_TOO_FAR: Final = 10
"""How many times the second end the first is at most, where it takes its scale: ``500 to 2 thousand`` are 500."""


def sharing(found: Sequence[Figure], text: str, convention: Convention) -> list[Figure]:
    """Give bare numbers of a range or list the unit, the scale and the currency of its other end.

    A year takes none: in ``rose in 2013 by 15%`` the year is no percentage.
    """
    shared = list(found)
    _forward(shared, text, convention)

    def scaled(first: Figure, second: Figure) -> Figure:
        power = _power(text[first.span[0] : second.span[1]], convention)  # read behind the first, as it stands
        return _scaled(first, second, power, _power(first.text, convention))

    listed = False
    for at in range(len(shared) - 2, -1, -1):
        one, other = shared[at], shared[at + 1]
        between = text[one.span[1] : other.span[0]]
        range_ = _is_range(between, text, one)
        joined = range_ or _joins(between, other) or (listed and between.strip() == ",")
        if "," in between.strip() and between.strip() != "," and not _is_listed(shared, at, text):
            joined = False  # a comma before "and" ends a list of three, or begins another clause
        listed = bool(
            joined and _is_bare(one, range_=range_, other=other) and isinstance(other.value, Decimal) and other.unit
        )
        if listed:
            first = scaled(one, other) if range_ else one
            shared[at] = first._replace(unit=other.unit, per=other.per, ranged=True)
            shared[at + 1] = other._replace(ranged=True)
        elif range_ and _both_numbers(one, other) and one.unit == other.unit:
            shared[at : at + 2] = scaled(one, other)._replace(ranged=True), other._replace(ranged=True)
    return shared


def _is_listed(figures: Sequence[Figure], at: int, text: str) -> bool:
    """Whether a comma parts a figure from the one before it: ``20, 25, and 30 feet``."""
    return at > 0 and text[figures[at - 1].span[1] : figures[at].span[0]].strip() == ","


def _both_numbers(one: Figure, other: Figure) -> bool:
    return (
        isinstance(one.value, Decimal)
        and isinstance(other.value, Decimal)
        and "reference" not in (one.kind, other.kind)
    )


def _forward(shared: list[Figure], text: str, convention: Convention) -> None:
    """Carry a currency from the first end of a range to the second: ``€12-15m``."""
    for at in range(len(shared) - 1):
        one, other = shared[at], shared[at + 1]
        between = text[one.span[1] : other.span[0]]
        letter = other.unit == "meter" and other.text.endswith("m") and other.text[:-1].isdigit()
        money = isinstance(one.value, Decimal) and one.unit in MONEY and not one.per
        if money and (letter or _is_bare(other)) and _is_range(between, text, one):
            end = other.span[1] - letter
            power, after = scale_at(text, end, convention.language, money=True)
            unit = rate_at(text, one.unit, after if power else end)
            value = Decimal(other.value).scaleb(power)
            span = (other.span[0], unit.end)
            other = Figure(value, one.unit, text[slice(*span)], span, per=unit.per, ranged=True)
            first = _scaled(one, other, power, _power(one.text, convention))
            shared[at : at + 2] = first._replace(ranged=True), other


def _is_range(between: str, text: str, one: Figure) -> bool:
    start = one.span[0]
    if _TO.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between)) and _BETWEEN.search(text, max(0, start - _BACK), start) is not None


def _joins(between: str, other: Figure) -> bool:
    if _BY.fullmatch(between):
        return other.unit in _LENGTHS
    if _OF.fullmatch(between):
        return other.unit not in MONEY and other.kind != "percent" and other.unit != "percent"
    return _AND.fullmatch(between) is not None and between.strip().lower() != "of"


def _is_bare(figure: Figure, *, range_: bool = False, other: Figure | None = None) -> bool:
    """Whether a figure is a number that may take a unit from its neighbour; a year is only an end of other such."""
    if not isinstance(figure.value, Decimal) or figure.unit or figure.kind != "number":
        return False
    year = figure.text.isdigit() and len(figure.text) == len("2026") and _FIRST_YEAR <= figure.value <= _LAST_YEAR
    if not year:
        return True
    far = other is not None and isinstance(other.value, Decimal) and other.value >= _SMALL
    return range_ and far


def _scaled(one: Figure, other: Figure, power: int, own: int) -> Figure:
    """Give the first end of a range the scale of the second, if it has none of its own: ``5 to 7 million``."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal) or one.value >= _SMALL:
        return one
    scaled = one.value * Decimal(10) ** power
    if not power or own or scaled > _TOO_FAR * other.value:
        return one
    return one._replace(value=scaled)


def _power(text: str, convention: Convention) -> int:
    """Give the power of ten of the last number of a text."""
    return next((number.power for number in reversed(list(numbers(text, convention)))), 0)
