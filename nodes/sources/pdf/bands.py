"""Bands of lines with room between them: the rows of a table whose cells are wrapped."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol, TypeVar

_LEADING = 1.32
_WIDER = 1.2
_LEAST, _MOST = 0.8, 1.6
"""Parts of the type size between which the steps from line to line of a paragraph lie."""
_JUMP = 1.3
"""How many times the steps inside a paragraph the step to the next one is, at least: browsers put lines on dots."""
_FEWEST = 3
_LONGEST = 7.0
_TOGETHER = 0.7


class Placed(Protocol):
    """What has a base line and a type size."""

    @property
    def y(self) -> float:
        """Its base line."""

    @property
    def size(self) -> float:
        """Its type size."""


PlacedT = TypeVar("PlacedT", bound=Placed)


def bands(lines: Sequence[PlacedT]) -> list[list[PlacedT]]:
    """Part lines where the room between them is more than lines of one paragraph leave."""
    if not lines:
        return []
    steps = [below.y - above.y for above, below in pairwise(lines)]
    close = [step for step, line in zip(steps, lines, strict=False) if step <= _LEADING * line.size]
    within = _WIDER * median(close) if close else _leading(steps, min(line.size for line in lines))
    parts = [[lines[0]]]
    for step, (above, line) in zip(steps, pairwise(lines), strict=True):
        if step > max(_LEADING * max(above.size, line.size) * 0.95, within):
            parts.append([])
        parts[-1].append(line)
    return parts


def _leading(steps: Sequence[float], size: float) -> float:
    """Give the step up to which wide lines are of one paragraph, where the steps are of several lengths; else 0."""
    ordered = sorted(step for step in steps if step >= _LEAST * size)
    for step, larger in pairwise(ordered):
        if step > _MOST * size:
            break
        if larger > _JUMP * step:
            return (step + larger) / 2
    return 0.0


def are_rows(left: Sequence[PlacedT], right: Sequence[PlacedT]) -> bool:
    """Tell whether the lines on two sides of a gutter are cells of the same rows: their bands begin or centre alike."""
    fewer, more = sorted((bands(left), bands(right)), key=len)
    if len(fewer) < _FEWEST or any(sum(map(len, parts)) > _LONGEST * len(parts) for parts in (fewer, more)):
        return False
    alike = sum(any(_alike(one, other) for other in more) for one in fewer)
    return alike >= _TOGETHER * len(fewer)


def _alike(one: Sequence[PlacedT], other: Sequence[PlacedT]) -> bool:
    near = one[0].size / 3
    middle = (one[0].y + one[-1].y - other[0].y - other[-1].y) / 2
    return abs(one[0].y - other[0].y) <= near or abs(middle) <= near
