"""Whether a figure that stands nowhere follows from those that do: a difference, a share, a time between two others."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations
from typing import Final

from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.units import EXACT
from quire.nodes.support.amounts import (
    Amount,
    amounts,
    groups,
    in_smaller,
    minute_of,
    minutes_of,
    rewritten,
    titled_percent,
    years_of,
)
from quire.nodes.support.segments import Segment
from quire.nodes.support.spans import between_dates, comes_to
from quire.nodes.support.tokens import Token

_MOST: Final = 60
"""Figures that are combined."""
NEAR: Final = Decimal("0.15")
"""How far above "more than 90" a figure may lie that it is said of."""
_ABOUT: Final = Decimal("0.05")
"""How far off "about 90" may be."""
_HUNDRED: Final = Decimal(100)
_ROUNDED = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|circa|ca\.|close to|just (?:over|under)"
    r"|a little (?:over|under)|rund|etwa|fast|knapp|gut|ungefähr|beinahe)\s+(?:\w+\s+){0,1}[€$£]?\s*$",
    re.IGNORECASE,
)


_COMPARED = re.compile(
    r"\s+(?:as|more|less|fewer|higher|lower|larger|smaller|greater|longer|the|what|that|so|mehr|weniger|größer|höher)\b",
    re.IGNORECASE,
)
"""Behind ``three times``: a multiple, and no count of how often."""
_POINTS = re.compile(r"\s+(?:points?|Punkten?)\b", re.IGNORECASE)


def in_points(token: Token, text: str) -> bool:
    """Whether a figure is a difference of two shares: ``three points fewer``."""
    figure = token.figure
    bare = figure is not None and not figure.unit and _POINTS.match(text, token.end) is not None
    return bare or (figure is not None and figure.unit == "percentage point")


def is_rounded(token: Token, text: str) -> bool:
    """Whether the words before a figure say that it is not exact: ``about 37 %``."""
    return bool(_ROUNDED.search(text[: token.start]))


def follows(token: Token, segments: Sequence[Segment], text: str) -> bool:
    """Tell whether a figure is worked out from others of its unit, as a reader would do it in the head.

    That is: converted, rounded or bounded; a difference or sum of two, or the sum of a sentence or column; a share or
    a multiple of two of one unit; a price less its discount; a time between two others, or so long after one.
    """
    figure = token.figure
    if figure is None:
        return False
    if figure.kind == "date":
        return comes_to(str(figure.value), segments)
    if figure.kind == "time":
        return any(minute in _later(segments) for minute in minute_of(str(figure.value)))
    return isinstance(figure.value, Decimal) and _number_follows(token, figure, figure.value, segments, text)


def _number_follows(token: Token, figure: Figure, value: Decimal, segments: Sequence[Segment], text: str) -> bool:
    claimed = Amount(abs(value), figure.unit)
    wanted = in_smaller(claimed)
    about = _Wanted(wanted.value, token, text)
    if in_points(token, text):
        return about.equals(abs(one - other) * _HUNDRED for one, other in combinations(percentages(segments), 2))
    in_title = figure.unit == "percent" and any(titled_percent(segment, value) for segment in segments)
    if in_title or any(rewritten(segment, claimed) for segment in segments):
        return True
    if about.loose and any(about.met_by(one.value) for one in _alike(segments, wanted)):
        return True
    if figure.kind in ("percent", "multiple"):
        scale = _HUNDRED if figure.kind == "percent" else Decimal(1)
        counted = figure.kind == "multiple" and not _COMPARED.match(text, token.end)
        return (counted and _is_counted(about, segments)) or about.rounds_to(
            one * scale for one in (*ratios(segments), *changes(segments))
        )
    return about.equals(_worked_out(segments, wanted, figure.unit))


def _is_counted(about: "_Wanted", segments: Sequence[Segment]) -> bool:
    """Whether so many times is how often something is told to have happened, in one row or several."""
    bare = Amount(about.value, "")
    return bare in (one for segment in segments for one in amounts(segment)) or about.equals(
        _worked_out(segments, bare, "")
    )


def _worked_out(segments: Sequence[Segment], wanted: Amount, unit: str) -> Iterator[Decimal]:
    for group in groups(segments):
        yield from _reckoned(group, wanted)
    if wanted.unit in ("minute", "second"):
        yield from _between_times(segments)
    if unit == "year":
        yield from _between_years(segments)
    if wanted.unit in ("day", "month"):
        yield from between_dates(segments, "week" if unit == "week" else wanted.unit)
    yield from _less_or_more(segments, wanted.unit)


def could_follow(token: Token, segments: Sequence[Segment]) -> bool:
    """Tell whether any reckoning with one or two figures, whatever they are of, comes to it: then code knows no no."""
    figure = token.figure
    if figure is None or not isinstance(figure.value, Decimal):
        return figure is not None and figure.kind in ("time", "date") and bool(_told_spans(segments))
    about = _Wanted(abs(figure.value), token, "")
    values = _values(segments)
    candidates = (
        value
        for one, other in permutations(values, 2)
        for value in (one + other, one - other, one * other, *((one / other, one / other * 100) if other else ()))
    )
    shares = (value * part for value in values for one in values for part in (one / 100, 1 - one / 100, 1 + one / 100))
    spans = (Decimal(b - a) for told in (minutes_of(segments), years_of(segments)) for a, b in combinations(told, 2))
    return about.rounds_to(candidates) or about.rounds_to(shares) or about.rounds_to(spans) or about.rounds_to(values)


class _Wanted:
    """A claimed number, and how exactly it is claimed."""

    def __init__(self, value: Decimal, token: Token, text: str) -> None:
        """Take the number, its place and the text that it is in."""
        self.value, self.sign = value, token.comparator
        self.rounded = is_rounded(token, text)
        exponent = value.as_tuple().exponent
        self.step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0) / 2

    @property
    def loose(self) -> bool:
        """Whether it is claimed as about right; what must be kept to (``at least``) is no rounding."""
        return self.sign in ("<", ">") or self.rounded

    def met_by(self, found: Decimal) -> bool:
        """Whether a number is what a bound or a rounded figure is said of."""
        if self.rounded:
            return abs(found - self.value) <= self.value * _ABOUT
        if self.sign == ">":
            return self.value < found <= self.value * (1 + NEAR)
        return self.sign == "<" and self.value * (1 - NEAR) <= found < self.value

    def equals(self, found: Iterable[Decimal]) -> bool:
        """Whether one of the numbers is it, or what it is said of."""
        return any(one == self.value or self.met_by(one) for one in found)

    def rounds_to(self, found: Iterable[Decimal]) -> bool:
        """Tell the same to its last digit."""
        return any(abs(one - self.value) <= self.step or self.met_by(one) for one in found)


def _alike(segments: Sequence[Segment], wanted: Amount) -> Iterator[Amount]:
    return (
        one
        for segment in segments
        for one in map(in_smaller, amounts(segment))
        if one.unit == wanted.unit or not ({one.unit, wanted.unit} & EXACT or (one.unit and wanted.unit))
    )


def _reckoned(group: Sequence[Amount], wanted: Amount) -> Iterator[Decimal]:
    values = [one.value for one in group if one.unit == wanted.unit][:_MOST]
    for one, other in combinations(values, 2):
        yield from (one + other, abs(one - other))
    if len(values) > len(("one", "other")):
        yield sum(values, Decimal(0))


def ratios(segments: Sequence[Segment]) -> Iterator[Decimal]:
    """Give what two amounts of one unit are of each other and of the sum of their column, as parts of one."""
    yield from (one / other for one, other in _couples(segments))
    for group in groups(segments):
        total = sum((one.value for one in group), Decimal(0))
        if len({one.unit for one in group}) == 1 and len(group) > len(("one", "other")) and total:
            yield from (one.value / total for one in group)


def changes(segments: Sequence[Segment]) -> Iterator[Decimal]:
    """Give by how much one amount is more or less than another of its unit, as parts of one."""
    yield from (abs(one - other) / other for one, other in _couples(segments))


def percentages(segments: Sequence[Segment]) -> Iterator[Decimal]:
    """Give what is said in percent, as parts of one."""
    yield from (one.value / 100 for segment in segments for one in amounts(segment) if one.unit == "percent")


def _couples(segments: Sequence[Segment]) -> Iterator[tuple[Decimal, Decimal]]:
    for group in groups(segments):
        for one, other in permutations(group[:_MOST], 2):
            if one.unit == other.unit and other.value:
                yield one.value, other.value


def _less_or_more(segments: Sequence[Segment], unit: str) -> Iterator[Decimal]:
    """Give amounts of a unit less a percentage that is named, with it on top, and the percentage of them."""
    told = [one for segment in segments for one in amounts(segment)]
    parts = [one.value / 100 for one in told if one.unit == "percent"][:_MOST]
    for one in told[:_MOST]:
        if unit and one.unit in (unit, "") and one.unit != "percent":
            yield from (one.value * by for part in parts for by in (part, 1 - part, 1 + part))


def _between_times(segments: Sequence[Segment]) -> Iterator[Decimal]:
    for one, other in combinations(minutes_of(segments)[:_MOST], 2):
        yield Decimal(other - one)


def _between_years(segments: Sequence[Segment]) -> Iterator[Decimal]:
    """Give the years between two, in months, as years are compared."""
    for one, other in combinations(years_of(segments)[:_MOST], 2):
        yield Decimal((other - one) * 12)


def _later(segments: Sequence[Segment]) -> set[int]:
    told = [int(one.value) for segment in segments for one in amounts(segment) if one.unit == "minute"]
    return {minute + by for minute in minutes_of(segments)[:_MOST] for span in told[:_MOST] for by in (span, -span)}


def _told_spans(segments: Sequence[Segment]) -> list[Amount]:
    spans = ("minute", "hour", "day", "week", "month", "year", "second")
    return [one for segment in segments for one in amounts(segment) if one.unit in spans]


def _values(segments: Sequence[Segment]) -> list[Decimal]:
    return list(dict.fromkeys(one.value for segment in segments for one in amounts(segment)))[:_MOST]
