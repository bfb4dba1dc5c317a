"""Whether a figure that stands nowhere follows from those that do: a difference, a sum, a time between two others."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.units import units_announced
from quire.nodes.support.segments import Segment
from quire.nodes.support.tokens import Token

_IN_SMALLER: Final = {"year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60), "minute": ("second", 60)}
_SCALES: Final = {"thousand": 1_000, "million": 1_000_000, "tausend": 1_000, "tsd": 1_000, "mio": 1_000_000}
_MOST: Final = 60
"""Figures that are combined."""


class _Amount(NamedTuple):
    """A number and its unit."""

    value: Decimal
    unit: str


def follows(token: Token, segments: Sequence[Segment]) -> bool:
    """Tell whether a figure is converted, or the difference or sum of two, or the sum of a sentence or column."""
    figure = token.figure
    if figure is None or not isinstance(figure.value, Decimal):
        return False
    wanted = _smaller(_Amount(abs(figure.value), figure.unit))
    if wanted in {_smaller(one) for segment in segments for one in _amounts(segment)}:
        return True
    for group in _groups(segments):
        alike = [_smaller(one) for one in group]
        values = [one.value for one in alike if one.unit == wanted.unit][:_MOST]
        sums = {a + b for a, b in combinations(values, 2)} | {abs(a - b) for a, b in combinations(values, 2)}
        if wanted.value in sums or (len(values) > len(("one", "other")) and wanted.value == sum(values)):
            return True
    return wanted.unit in ("minute", "second") and wanted in set(_between_times(segments))


def _smaller(amount: _Amount) -> _Amount:
    """Give years in months, weeks in days, hours in minutes."""
    if amount.unit not in _IN_SMALLER or amount.unit == "minute":
        return amount
    unit, factor = _IN_SMALLER[amount.unit]
    return _Amount(amount.value * factor, unit)


def _groups(segments: Sequence[Segment]) -> Iterator[list[_Amount]]:
    """Give what may be reckoned with: all figures with a unit, the bare ones of each sentence, those of each column."""
    everything = [one for segment in segments for one in _amounts(segment)]
    yield [one for one in dict.fromkeys(everything) if one.unit]
    for segment in segments:
        yield list(_amounts(segment))
    columns: dict[str, list[_Amount]] = {}
    for segment in segments:
        for cell in segment.cells:
            columns.setdefault(cell.titles, []).extend(_Amount(one.value, "") for one in _amounts(cell))
    yield from columns.values()


def _amounts(segment: Segment) -> Iterator[_Amount]:
    for cell in segment.cells or (segment,):
        announced = units_announced(cell.titles)
        unit = next(iter(announced)) if len(announced) == 1 else ""
        scale = next((factor for word, factor in _SCALES.items() if f"({word}" in cell.titles.lower()), 1)
        for token in cell.tokens:
            figure = token.figure
            if figure is not None and isinstance(figure.value, Decimal):
                yield _Amount(abs(figure.value) * scale, figure.unit or unit)


def _between_times(segments: Sequence[Segment]) -> Iterator[_Amount]:
    minutes = {
        minute
        for segment in segments
        for token in segment.tokens
        if token.figure is not None and token.figure.kind == "time"
        for minute in _minute(str(token.figure.value))
    }
    for one, other in combinations(sorted(minutes)[:_MOST], 2):
        yield _Amount(Decimal(other - one), "minute")


def _minute(time: str) -> Iterator[int]:
    parts = time.split(":")
    if len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit():
        yield int(parts[0]) * 60 + int(parts[1])
