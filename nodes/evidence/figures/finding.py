"""Finds the figures of a text: every number that states a quantity, an amount, a ratio, a date or an identity."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from quire.nodes.evidence.figures.dates import dates
from quire.nodes.evidence.figures.numerals import Numeral, numerals
from quire.nodes.evidence.figures.references import without_references
from quire.nodes.evidence.figures.units import CURRENCIES, unit_at


class Figure(NamedTuple):
    """A figure and where it stands."""

    value: Decimal | str
    """A number; text for dates (``2026-11-22``), ratios (``4:1``) and identifiers (``932-12-004``)."""
    unit: str
    """The unit's one name, singular (``square foot``, ``percent``, ``space``, ``date``); empty for a bare number."""
    text: str
    """As written, unit included."""
    span: tuple[int, int]


_VULGAR = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875",
    "⅓": "0.3333333333333333333333333333", "⅔": "0.6666666666666666666666666667",
}  # fmt: skip
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_FRACTION = r"(?P<top>\d{1,2})[/\u2044](?P<bottom>2|3|4|8|16|32|64)(?![\d/])"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<currency>US\$|[$€£]|(?:USD|EUR|GBP)(?=\s?\d))?\s?"
    rf"(?:(?P<number>{_DIGITS})(?![\d])(?:(?:\s?|-)(?P<vulgar>[{''.join(_VULGAR)}])|[\s-]{_FRACTION})?"
    rf"|(?P<alone>[{''.join(_VULGAR)}])|{_FRACTION.replace('top', 'over').replace('bottom', 'under')})"
    r"(?:\s?(?P<scale>(?i:thousand|million|billion)|(?<=\d)[kKM])(?!\w))?"
)
_COUPLES = (
    ("identifier", re.compile(r"(?<![\w.-])\d+(?:-\d+){2,}(?![\w-])")),
    ("ratio", re.compile(r"(?<![\w:.])\d{1,4}(?:\.\d+)?(?::\d{1,4}(?:\.\d+)?){1,2}(?![\w:])")),
)
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "k": 1_000, "m": 1_000_000}
_IN_BRACKETS = re.compile(rf"\s*\(\s*(?P<number>{_DIGITS})(?P<after>[^()]{{0,24}})\)")
_INSTANT = re.compile(r"(?<=\d)T(?=\d\d:\d)|(?<=:\d\d)Z\b")
"""The letters of an instant as machines write it (``2026-11-22T14:05Z``): its date and its time are two figures."""
_SHARES_UNIT = re.compile(r"\s*(?:to|through|or|and|by|x|\u00d7|-|\u2013|\u2014|/|,\s*and|,\s*or|of)\s*", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def _figures(text: str) -> tuple[Figure, ...]:
    found: list[Figure] = []
    left = _INSTANT.sub(" ", text)
    for step, sees_references in ((_dates, True), (_worded, True), (_couples, False), (_amounts, False)):
        new = list(step(left if sees_references else without_references(left), text))
        found += new
        for figure in new:
            start, end = figure.span
            left = left[:start] + "\0" * (end - start) + left[end:]
    return tuple(_sharing_units(sorted(found, key=lambda figure: figure.span), text))


def figures_in(text: str) -> list[Figure]:
    """Find the figures in reading order. Numbers of sections, lists, ordinances and houses are none.

    ``fifteen percent (15%)`` is one figure. A unit counts for all numbers of a range or list before
    it: ``10 to 15 feet``, ``6,000/8,000 sq ft``. ``one`` is a figure only with a unit.
    """
    return list(_figures(text))


def _dates(left: str, text: str) -> Iterator[Figure]:
    for value, start, end in dates(left):
        yield Figure(value, "date", text[start:end], (start, end))


def _worded(left: str, text: str) -> Iterator[Figure]:
    for numeral in numerals(left):
        unit, end = unit_at(left, numeral.end)
        repeated = _IN_BRACKETS.match(left, end)
        if repeated and _number(repeated["number"]) == numeral.value:
            inner = unit_at(left, repeated.end("number"))[0]
            outer, outer_end = unit_at(left, repeated.end())
            unit, end = (unit or inner or outer), (repeated.end() if unit or inner or not outer else outer_end)
            yield Figure(numeral.value, unit, text[numeral.start : end], (numeral.start, end))
        elif unit or not _is_pronoun(numeral):
            yield Figure(numeral.value, unit, text[numeral.start : end], (numeral.start, end))


def _is_pronoun(numeral: Numeral) -> bool:
    return numeral.value == 1 and numeral.end - numeral.start == len("one")


def _couples(left: str, text: str) -> Iterator[Figure]:
    for unit, pattern in _COUPLES:
        for found in pattern.finditer(left):
            yield Figure(found[0], unit, text[found.start() : found.end()], found.span())


def _amounts(left: str, text: str) -> Iterator[Figure]:
    for found in _AMOUNT.finditer(left):
        following = left[found.end() : found.end() + 1]
        unit, end = unit_at(left, found.end())
        if not unit and following == ")" and left[: found.start()].endswith("("):  # "(50) years"
            unit, end = unit_at(left, found.end() + 1)
            end = end if unit else found.end()
        if following.isalpha() and not unit:
            continue
        if found["currency"]:
            unit, end = CURRENCIES[found["currency"]], found.end()
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        yield Figure(_amount(found), unit, text[start:end], (start, end))


def _amount(found: re.Match[str]) -> Decimal:
    """Value of a matched amount: number, fraction and scale together."""
    value = _number(found["number"] or "0")
    value += Decimal(_VULGAR.get(found["vulgar"] or found["alone"] or "", "0"))
    for top, bottom in ((found["top"], found["bottom"]), (found["over"], found["under"])):
        if top:
            value += Decimal(top) / Decimal(bottom)
    return value * _SCALES.get((found["scale"] or "").lower(), 1)


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _sharing_units(found: list[Figure], text: str) -> list[Figure]:
    """Give bare numbers of a range or list the unit at its end: ``20, 25 and 30 feet``."""
    listed = False
    for position in range(len(found) - 2, -1, -1):
        figure, following = found[position], found[position + 1]
        between = text[figure.span[1] : following.span[0]]
        numbers = isinstance(figure.value, Decimal) and isinstance(following.value, Decimal)
        joined = _SHARES_UNIT.fullmatch(between) or (listed and between.strip() == ",")
        listed = bool(numbers and joined and following.unit and not figure.unit)
        if listed:
            found[position] = figure._replace(unit=following.unit)
    return found
