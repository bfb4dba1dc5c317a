"""Finds the figures of a text: every number that states a quantity, an amount, a ratio, a date or an identity.

A text is read once, where it stands, under one convention; what is made of a text (a quotation of it, a cell, a list
of its figures) keeps what was read there (see ``quire.nodes.support.grounding``)::

    figures_in("Die Miete beträgt 1.234,56 €.", convention_of("de"))   # money, 1234.56, "euro"
    figures_in("The dose is 5 mg/kg.")                                 # quantity, 5, "milligram/kilogram"
    readings_in("§ 5 Abs. 2, the 2nd floor")                           # references and ordinals too
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.currencies import MONEY
from quire.nodes.evidence.figures.dates import dates
from quire.nodes.evidence.figures.figure import Figure, Kind
from quire.nodes.evidence.figures.folding import folded
from quire.nodes.evidence.figures.in_words import amounts_in_words
from quire.nodes.evidence.figures.numbers import Number, numbers
from quire.nodes.evidence.figures.numerals import Numeral, foreign_numerals, is_foreign, numerals
from quire.nodes.evidence.figures.ranges import sharing
from quire.nodes.evidence.figures.references import references
from quire.nodes.evidence.figures.scripts import LETTER
from quire.nodes.evidence.figures.times import times
from quire.nodes.evidence.figures.units import Unit, rate_at, unit_at

_KINDS: Final[dict[str, Kind]] = {
    "percent": "percent", "permille": "percent", "percentage point": "percentage points",
    "basis point": "basis points", "times": "multiple", "date": "date", "time": "time", "ratio": "ratio",
    "identifier": "identifier", "ordinal": "ordinal", "reference": "reference",
}  # fmt: skip
_COUPLES = (
    ("identifier", re.compile(rf"(?<!{LETTER})(?<![.-])\d+(?:-\d+){{2,}}(?!-|{LETTER})")),
    (
        "ratio",
        re.compile(
            rf"(?<!{LETTER})(?<![:.])\d{{1,4}}(?:\.\d+)?(?::(?:\d{{1,3}}(?:[,.'\u2019]\d{{3}})+|\d{{1,4}}(?:\.\d+)?)){{1,2}}(?!:?{LETTER})"
        ),
    ),
)
_IN_BRACKETS = re.compile(r"\s*\(\s*(?P<number>[\d.,' \u00a0\u202f]*\d)(?P<after>[^()]{0,24})\)")
_UNREADABLE = re.compile("[\\d.,'\u2019]{0,40}\ufffd[\\d.,'\u2019\ufffd]{0,40}")
"""A number of which a sign could not be read: what is left of it is another number."""
_INSTANT = re.compile(r"(?<=\d)T(?=\d\d:\d)|(?<=:\d\d)Z\b")
"""The letters of an instant as machines write it (``2026-11-22T14:05Z``): its date and its time are two figures."""


_DEGREES_OF: Final = {"C": "\u2103", "F": "\u2109"}
_SIGNED_DEGREES = re.compile(r"(?<!\w)(?P<number>[-\u2212+]\d{1,3}(?:[.,]\d+)?\s?)(?P<scale>[CF])(?!\w)")
"""A temperature with its sign and without that of degrees: ``-25C``. Without either it may name something."""


def figures_in(text: str, convention: Convention = ENGLISH) -> list[Figure]:
    """Find the figures in reading order. Numbers of sections, lists, pages, ordinances and houses are none.

    ``fifteen percent (15%)`` is one figure. A unit counts for all numbers of a range or list before
    it: ``10 to 15 feet``, ``6,000/8,000 sq ft``, ``€12-15m``. ``one`` is a figure only with a unit.

    Args:
        text: what is read, as it stands in its source: no join of several texts.
        convention: how its language and country write numbers and dates (``quire.nodes.evidence.figures.conventions``).

    """
    return [figure for figure in _read(text, convention) if figure.kind not in ("reference", "ordinal")]


def readings_in(text: str, convention: Convention = ENGLISH) -> list[Figure]:
    """Find the figures, and the numbers that name or count (``§ 5``, ``page 12``, ``the 2nd``), in reading order."""
    return list(_read(text, convention))


@lru_cache(maxsize=8_192)
def _read(text: str, convention: Convention) -> tuple[Figure, ...]:
    plain = _SIGNED_DEGREES.sub(lambda found: found["number"] + _DEGREES_OF[found["scale"]], folded(text))
    left = _without(_INSTANT.sub(" ", plain), [torn.span() for torn in _UNREADABLE.finditer(plain)])
    found: list[Figure] = []
    for step in (_dates, _times, _in_words, _worded, _foreign, _references, _couples, _amounts):
        new = list(step(left, text, convention))
        found += new
        left = _without(left, [figure.span for figure in new])
    ordered = sorted(found, key=lambda figure: figure.span)
    shared = sharing(ordered, plain, convention)
    return tuple(_figure(one) for one in shared if one.unit or not is_foreign(one.text, convention.language))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Blank out what is read; every other character stays where it is."""
    if not spans:
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "\0" * (end - start)
    return "".join(signs)


def _figure(found: Figure) -> Figure:
    kind: Kind = _KINDS.get(found.unit) or (
        "money" if found.unit in MONEY else "quantity" if found.unit else found.kind
    )
    return found._replace(kind=kind, unit="" if kind in ("ordinal", "reference") else found.unit)


def _dates(left: str, text: str, convention: Convention) -> Iterator[Figure]:
    for value, start, end, ambiguous in dates(left, convention):
        yield Figure(value, "date", text[start:end], (start, end), ambiguous=ambiguous)


def _times(left: str, text: str, _: Convention) -> Iterator[Figure]:
    at = 0
    for value, start, end in sorted(times(left), key=lambda timed: timed.start):
        if start >= at:
            at = end
            yield Figure(value, "time", text[start:end], (start, end))


def _in_words(left: str, text: str, _: Convention) -> Iterator[Figure]:
    yield from amounts_in_words(left, text)


def _worded(left: str, text: str, convention: Convention) -> Iterator[Figure]:
    for numeral in numerals(left):
        unit = unit_at(left, numeral.end)
        repeated = _IN_BRACKETS.match(left, numeral.end) or _IN_BRACKETS.match(left, unit.end)
        if repeated and _value_in(repeated["number"], convention) == numeral.value:
            unit = _unit_around(left, unit, repeated)
        elif not unit.name and _is_pronoun(numeral):
            continue
        yield Figure(numeral.value, unit.name, text[numeral.start : unit.end], (numeral.start, unit.end), per=unit.per)


def _unit_around(left: str, before: Unit, repeated: re.Match[str]) -> Unit:
    """Give the unit of ``forty (40) feet``, ``fifteen percent (15%)`` and ``two (2 acres)``."""
    inner, outer = unit_at(left, repeated.end("number")), unit_at(left, repeated.end())
    if before.name or inner.name or not outer.name:
        known = before if before.name else inner
        return Unit(known.name, known.per, repeated.end())
    return outer


def _value_in(digits: str, convention: Convention) -> Decimal | None:
    return next((number.value for number in numbers(digits, convention)), None)


def _foreign(left: str, text: str, convention: Convention) -> Iterator[Figure]:
    for numeral in foreign_numerals(left, convention.language):
        unit = unit_at(left, numeral.end)
        span = (numeral.start, unit.end)
        yield Figure(numeral.value, unit.name, text[slice(*span)], span, per=unit.per)


def _is_pronoun(numeral: Numeral) -> bool:
    return numeral.value == 1 and numeral.end - numeral.start == len("one")


def _references(left: str, text: str, _: Convention) -> Iterator[Figure]:
    for kind, start, end in references(left):
        if any(sign.isdigit() for sign in left[start:end]):
            yield Figure(text[start:end], kind, text[start:end], (start, end))


def _couples(left: str, text: str, _: Convention) -> Iterator[Figure]:
    for unit, pattern in _COUPLES:
        for found in pattern.finditer(left):
            yield Figure(found[0], unit, text[found.start() : found.end()], found.span())


_LETTER = re.compile(LETTER)
_MINUS = re.compile(r"(?P<word>\b(?i:minus|moins|meno|menos)|零下|氷点下|マイナス)\s?$")
_LONGEST_MINUS: Final = len(" minus ")
_DEGREES: Final = frozenset({"degree", "degree Celsius", "degree Fahrenheit", "kelvin"})
_MINUTES = re.compile(r"分(?!の[\d一二三四五六七八九十])")
"""Minutes by themselves; ``3分の1`` is a third."""
_DECADE = re.compile(r"(?:1[5-9]|20)\d0s(?!\w)")


def _amounts(left: str, text: str, convention: Convention) -> Iterator[Figure]:
    found = list(numbers(left, convention))
    for number, following in zip_longest(found, found[1:]):
        unit = _unit_of(number, left, convention)
        if following and following.start < unit.end:  # "10 $(20)": the sign is the next number's
            unit = Unit("", (), number.end)
        if not unit.name and _LETTER.match(left, unit.end):
            continue
        below = _below_zero(left, number, unit)
        span = (below or number.start, unit.end)
        value = -number.value if below else number.value
        yield Figure(value, unit.name, text[slice(*span)], span, per=unit.per, ambiguous=number.ambiguous)


def _below_zero(left: str, number: Number, unit: Unit) -> int:
    """Say where a word begins that stands for a minus: ``minus 3 °C``, ``零下5℃``; nought if there is none."""
    found = _MINUS.search(left, max(0, number.start - _LONGEST_MINUS), number.start)
    return found.start("word") if found and (unit.name in _DEGREES or found["word"][0] > "\u3000") else 0


def _unit_of(number: Number, left: str, convention: Convention) -> Unit:
    if number.currency:
        return rate_at(left, number.currency, number.end)
    if number.plain and _DECADE.match(left, number.start):
        return Unit("", (), number.end + 1)
    unit = unit_at(left, number.end)
    if not unit.name and left.startswith(")", number.end) and left[: number.start].endswith("("):  # "(50) years"
        outside = unit_at(left, number.end + 1)
        return outside if outside.name else unit
    if not unit.name and convention.language == "ja" and (minutes := _MINUTES.match(left, number.end)):
        return Unit("minute", (), minutes.end())
    return unit
