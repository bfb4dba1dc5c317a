"""The one value of a few words, with its unit: ``240 vehicles``, ``3.4 million tonnes``, ``18 % of trips``. Pure."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.evidence.figures.numbers import parsed
from quire.nodes.search.stemming import stem

_KINDS: Final = frozenset({"number", "quantity", "money", "percent", "percentage points", "basis points", "multiple"})
"""Figures that say how much there is of something."""
_WORD = re.compile(r"\s*(?P<word>[^\W\d_][\w\u00b2\u00b3()/-]*)")
_REACH = 60
"""Characters behind a figure in which its unit ends."""
_BEHIND: Final = (
    "in at on by for from to with across over under during since until as is was were are has have had and or but "
    "which that while when if than after before im am an bei für von zu mit über unter seit bis als ist war sind und "
    "oder aber der die das"
)
_ENDS: Final = frozenset(_BEHIND.split())
"""Words at which what is counted has ended."""
_JOINS: Final = frozenset({"of", "per", "pro", "je"})
"""Words behind which a unit goes on: ``% of trips``."""
_ARTICLES: Final = frozenset({"the", "a", "an", "all", "der", "die", "das"})
_ROUNDLY = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|ca\.?|over|more than|less than|up to"
    r"|rund|etwa|ungefähr|knapp|gut|fast|bis zu|[~\u2248<>])\s*[€$£]?\s*$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f ]\d+)*")


class Measured(NamedTuple):
    """A value and the words that it takes in its text."""

    figure: Figure
    value: Decimal
    unit: tuple[str, ...]
    end: int
    """Where its unit ends, words behind it included."""
    exponent: int
    rounded: bool


def measured_in(text: str, convention: Convention, language: str) -> list[Measured]:
    """Find the values of a text that say how much there is of something."""
    return [
        Measured(
            figure,
            figure.value,
            *_unit_of(figure, text, language),
            _exponent(figure, convention),
            _is_rounded(figure, text),
        )
        for figure in figures_in(text, convention)
        if figure.kind in _KINDS and isinstance(figure.value, Decimal) and not figure.ranged
    ]


def agree(one: tuple[Decimal, int, bool], other: tuple[Decimal, int, bool]) -> bool:
    """Whether two values, each with the power of its last digit, may be one: equal, or one the other's rounding."""
    (value, power, rough), (second, other_power, other_rough) = one, other
    if value == second:
        return True
    if power == other_power and not rough | other_rough:
        return False
    (fine, _, _), (coarse, digit, is_rough) = sorted((one, other), key=lambda told: told[1])
    step = max(digit, _last_digit(coarse)) if is_rough else digit
    return abs(fine - coarse) * 2 <= Decimal(1).scaleb(step)


def _last_digit(value: Decimal) -> int:
    return int(value.normalize().as_tuple().exponent)


def _unit_of(figure: Figure, text: str, language: str) -> tuple[tuple[str, ...], int]:
    """Give the unit with the words behind it that are part of it, and where these end.

    What has no unit is counted in what is named behind it; behind a unit, only what goes on from it counts.
    """
    counted: list[str] = []
    end = figure.span[1]
    for found in _WORD.finditer(text, end, end + _REACH):
        plain = found["word"].lower().rstrip(".")
        begins = not counted and not (figure.unit and plain not in _JOINS)
        if found.start() != end or plain in _ENDS or not (begins or counted):
            break
        counted.append(plain)
        end = found.end()
    said = (stem(word, language) for word in counted if word not in _JOINS | _ARTICLES)
    return (figure.unit, *figure.per, *(word for word in said if word)), end


def _exponent(figure: Figure, convention: Convention) -> int:
    """Give the power of ten of the last digit written."""
    digits = _DIGITS.search(figure.text)
    if not digits or not isinstance(figure.value, Decimal) or not figure.value:
        return 0
    written = parsed(digits[0], convention)[0]
    decimals = -int(written.as_tuple().exponent) if "." in str(written) else 0
    scale = figure.value.adjusted() - written.adjusted() if written else 0
    return scale - decimals


def _is_rounded(figure: Figure, text: str) -> bool:
    return _ROUNDLY.search(text[: figure.span[0]]) is not None
