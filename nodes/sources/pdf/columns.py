"""Reading order: columns of prose are read one after the other, tables across."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from quire.nodes.sources.pdf.bands import are_rows
from quire.nodes.sources.pdf.rows import rows_of
from quire.nodes.sources.pdf.shapes import WIDE, Row, Word
from quire.nodes.sources.pdf.unruled import tables_in

_MOST_CANDIDATES = 24
_STEP = 4
_OPEN = 0.6
"""Gap, in parts of the type size, that is open between columns which stand close."""
_FEWEST_ROWS = 4
_WORDS = 3.2
_LETTERS_A_WORD = 6
_FULL = 0.45
_LETTERS = 0.65
_LINE_WORDS, _REACHES = 6, 0.75
_FEWEST_LINES = 6
_LINES = 0.35
"""Part of a column's lines that are prose, reaching across most of it, where the rest is a table."""
_DEEPEST = 10
_BOTH = 2
_MOST_LOOKED_AT = 24
"""Rows in which a table is looked for that may begin there."""
_SAME_GUTTER = 2 * _STEP


class _Cut(NamedTuple):
    x: float
    first: int
    last: int
    worth: int


def strips(rows: list[Row], depth: int = 0) -> Iterator[list[Row]]:
    """Part the rows of a page into columns of prose, and what stands over and under them; each is read downwards."""
    cut = _best_cut(rows) if depth < _DEEPEST and len(rows) >= _FEWEST_ROWS else None
    if cut is None:
        if rows:
            yield rows
        return
    left, right = _sides(rows[cut.first : cut.last], cut.x)
    for part in (rows[: cut.first], left, right, rows[cut.last :]):
        if part:
            yield from strips(part, depth + 1)


def _best_cut(rows: list[Row]) -> _Cut | None:
    solid = [row.solid(_OPEN) for row in rows]
    candidates = Counter[int]()
    for row in rows:
        pieces = row.pieces(WIDE)
        for before, after in pairwise(pieces):
            middle = (max(word.x1 for word in before) + after[0].x0) / 2
            candidates[round(middle / _STEP) * _STEP] += 1
        candidates[round((row.x0 - row.size / 2) / _STEP) * _STEP] += 1
    beginning = cache(lambda index: _begins_a_table(rows[index:]))
    runs = [
        _Cut(x, first, last, _worth(rows[first:last], x))
        for x, _times in sorted(candidates.most_common(_MOST_CANDIDATES))
        for first, end in _runs(solid, x)
        if end - first >= _FEWEST_ROWS
        for last in [_end_of_prose(rows, first, end, x, beginning)]
    ]
    tables = [run for run in runs if run.worth < 0]
    cuts = [run for run in runs if run.worth > 0 and not any(_is_inside(run, table) for table in tables)]
    return max(cuts, key=lambda cut: cut.worth, default=None)


def _end_of_prose(rows: list[Row], first: int, last: int, x: int, begins_a_table: Callable[[int], bool]) -> int:
    """Give where a run ends that goes over from two columns of prose to a table whose gutters lie alike."""
    parted = next((index for index in range(first, last) if _is_parted(rows[index], x)), last)
    return parted if last > parted >= first + _FEWEST_ROWS and begins_a_table(parted) else last


def _is_parted(row: Row, x: int) -> bool:
    """Whether a row has several pieces on one side of a place."""
    sides = Counter(piece[0].x0 < x for piece in row.pieces(WIDE))
    return max(sides.values(), default=0) > 1


def _begins_a_table(rows: list[Row]) -> bool:
    """Whether a table of several gutters begins there: most of its rows hold a short cell, as no line of prose is."""
    found = next(tables_in(rows[:_MOST_LOOKED_AT]), None)
    if found is None or found.first or len(found.gutters) <= 1:
        return False
    several = [pieces for row in rows[: found.last] if len(pieces := row.pieces(WIDE)) > _BOTH]
    short = sum(min(map(len, pieces)) < _WORDS for pieces in several)
    return short > max(1, len(several) / 2)


def _is_inside(cut: _Cut, table: _Cut) -> bool:
    """Whether a cut would go through a table's rows; a part of its own gutter is none, as ragged lines part it."""
    if abs(cut.x - table.x) <= _SAME_GUTTER and cut.first <= table.first and table.last <= cut.last:
        return False
    return 2 * (min(cut.last, table.last) - max(cut.first, table.first)) > cut.last - cut.first


def _runs(solid: list[int], x: int) -> Iterator[tuple[int, int]]:
    """Give the runs of rows that are open at a place."""
    first = 0
    for index, mask in enumerate([*solid, -1]):
        if mask < 0 or (mask >> max(0, x - 1)) & 0b111:
            if index > first:
                yield first, index
            first = index + 1


def _worth(rows: list[Row], x: float) -> int:
    """Count the rows that a cut parts, if both of its sides are prose; 0 if not, -1 if they are a table's cells."""
    sides = [[row for row in rows if row.x0 < x], [row for row in rows if row.x1 > x]]
    both = sum(1 for row in rows if row.x0 < x < row.x1)
    lefts = [piece for row in sides[0] for piece in row.pieces(WIDE) if piece[0].x0 < x]
    rights = [piece for row in sides[1] for piece in row.pieces(WIDE) if piece[-1].x1 > x]
    if any(row.grid >= 0 for row in rows if row.x0 < x < row.x1):
        return 0
    if not (_is_prose(lefts) and _is_prose(rights)):
        return 0
    if are_rows(*sides):
        return -1
    return min(len(sides[0]), len(sides[1])) + both


def _is_prose(pieces: list[list[Word]]) -> bool:
    """Tell prose, and prose with a table in it, from the cells of a table."""
    if len(pieces) < _FEWEST_ROWS:
        return False
    letters = sum(map(_letters, pieces))
    characters = sum(len(word.text) for piece in pieces for word in piece)
    words = max(sum(map(len, pieces)), letters / _LETTERS_A_WORD)
    widths = [piece[-1].x1 - piece[0].x0 for piece in pieces]
    filled = sum(widths) > _FULL * max(widths) * len(pieces)
    if filled and words >= _WORDS * len(pieces) and letters > _LETTERS * characters:
        return True
    widest = sorted(widths)[-max(1, len(widths) // 10)]
    lines = sum(_is_line(piece) and width > _REACHES * widest for piece, width in zip(pieces, widths, strict=True))
    return lines >= max(_FEWEST_LINES, _LINES * len({round(piece[0].y) for piece in pieces}))


def _is_line(words: list[Word]) -> bool:
    return len(words) >= _LINE_WORDS and _letters(words) > _LETTERS * sum(len(word.text) for word in words)


def _letters(words: list[Word]) -> int:
    return sum(character.isalpha() for word in words for character in word.text)


def _sides(rows: list[Row], x: float) -> tuple[list[Row], list[Row]]:
    words = [word for row in rows for word in row.words]
    grids = [row for row in rows if row.grid >= 0]
    sides: list[list[Row]] = []
    for left in (True, False):
        own = rows_of([word for word in words if ((word.x0 + word.x1) / 2 < x) is left])
        own += [row for row in grids if ((row.x0 + row.x1) / 2 < x) is left]
        sides.append(sorted(own, key=lambda row: row.y))
    return sides[0], sides[1]
