"""The gutters between a table's columns: what is free in all of its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quire.nodes.sources.pdf.shapes import Row, Word, covered

CELL_GAP = 0.75
"""Gap, in parts of the type size, that parts two cells of a row."""
_GUTTER = 0.35
_NARROW, _LEAST = 0.3, 2.0
"""Width of a gutter in parts of the type size, that of one that is known, and in points at least."""
FEWEST = 3
"""Rows that show how many columns a table has."""
_FEW_MISSES = 14
"""Rows for each one that may run over a gutter."""


@dataclass
class Growing:
    """A table while rows are joined to it."""

    first: int
    last: int = 0
    rows: int = 0
    gutters: list[tuple[int, int]] = field(default_factory=list)
    most: int = 0
    """How many gutters it has had: rows that each close a few would leave a table of other columns."""
    _levels: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    """Points covered by at least one row, two, three, four."""

    def with_row(self, row: Row) -> list[tuple[int, int]]:
        """Give the gutters that the table would have with the row."""
        levels = self._with(row)
        allowed = min((self.rows + 1) // _FEW_MISSES, len(levels) - 1)
        low = levels[0] & -levels[0]
        inner = levels[0].bit_length(), low.bit_length() - 1
        least = max(_LEAST, _GUTTER * row.size)
        found = _holes(levels[allowed], inner[1], inner[0], max(_LEAST, _NARROW * row.size))
        return [hole for hole in found if hole[1] - hole[0] >= least or self._is_known(hole)]

    def _is_known(self, hole: tuple[int, int]) -> bool:
        """Whether what is left free is a part of a gutter that two rows or more have shown."""
        return self.rows > 1 and any(low <= hole[0] and hole[1] <= high for low, high in self.gutters)

    def join(self, row: Row, index: int, gutters: list[tuple[int, int]]) -> None:
        """Take the row in."""
        self._levels = self._with(row)
        self.rows += 1
        self.last, self.gutters = index, gutters
        self.most = max(self.most, len(gutters)) if self.rows >= FEWEST else len(gutters)

    def _with(self, row: Row) -> list[int]:
        mask = self._effective(row)
        levels = [self._levels[0] | mask]
        levels += [above | (below & mask) for below, above in zip(self._levels, self._levels[1:], strict=False)]
        return levels

    def _effective(self, row: Row) -> int:
        """Close the gaps between words that are no gutter so far."""
        mask = row.words[0].mask if row.words else row.mask
        for before, after in pairwise(row.words):
            mask |= after.mask
            wide = after.x0 - before.x1 > CELL_GAP * row.size
            known = any(
                low - 1 <= before.x1 and after.x0 <= high + 2 and (before.x1 < low + 2 or after.x0 > high - 2)
                for low, high in self.gutters
            )
            if not wide and not known:
                mask |= covered(before.x1, after.x0)
        return mask


def _holes(mask: int, first: int, last: int, least: float) -> list[tuple[int, int]]:
    """Give the free runs of points between two places."""
    bits = f"{mask | 1 << last:b}"[::-1]
    return [
        (hole.start(), hole.end())
        for hole in re.finditer("0+", bits[:last])
        if hole.start() >= first and hole.end() - hole.start() >= least
    ]


def points(low: int, high: int) -> int:
    """Give the points between two places as bits."""
    return (1 << high) - (1 << low)


def narrowed(gutters: list[tuple[int, int]], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Take wrapped cells, which stand alone on their lines, into account: they reach into gutters."""
    for row in rows:
        if row.words and len(row.pieces(CELL_GAP)) == 1:
            first, last = int(row.x0), int(row.x1) + 1
            gutters = [
                (last, high)
                if first < low < last < high
                else (low, first)
                if low < first < high < last
                else (low, high)
                for low, high in gutters
            ]
    return gutters


def column_of(words: Sequence[Word], gutters: Sequence[tuple[int, int]]) -> int:
    """Give the column in which most of a piece stands."""
    middle = (words[0].x0 + max(word.x1 for word in words)) / 2
    return sum(middle > (low + high) / 2 for low, high in gutters)
