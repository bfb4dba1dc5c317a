"""Tables without rules: rows of cells whose gaps stand under one another."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.nodes.sources.pdf.bands import are_rows
from quire.nodes.sources.pdf.gutters import CELL_GAP, FEWEST, Growing, column_of, narrowed, points
from quire.nodes.sources.pdf.rows import text_of
from quire.nodes.sources.pdf.shapes import Row, Word

_KEPT = 0.75
"""Part of its gutters that a table keeps when a row joins it."""
_FARTHEST = 3.6
_MOST_SINGLE = 3
_PARTED = 0.5
_MOST_WORDS = 8
_MOST_STEPS = 12_000
_LIST_MARK = re.compile(
    r"^(?:[•‣▪●◦○■□➢✓*\u2013\u2014\uf0b7-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\([a-z]{2,3}\)|\[\d+\]|§|\ufffd)+$"
)


_SECTION = re.compile(r"^(?:[A-Z]\.?|\d{1,2})(?:\.\d{1,2}){0,3}\.?$")
_MARK_GAP = 3.0
_EQUALS = re.compile(r"[=\u2261\u2248\u2264\u2265\u21d2](?!\w)")
_FORMULA = 4
"""Twice the parts with a sign of relation that cells of two rows may have."""
_RELATION = re.compile(r"[=<>~\u2208\u2248\u2260\u2261\u2264\u2265\u21d2]")


class Span(NamedTuple):
    """Rows of a page that make a table, with the gutters between its columns."""

    first: int
    last: int
    gutters: list[tuple[int, int]]


def cells_in(row: Row) -> int:
    """Count a row's cells; the mark of a list's item is none."""
    if row.grid >= 0 or not row.words:
        return 0
    pieces = row.pieces(CELL_GAP)
    if len(pieces) == 2:  # noqa: PLR2004 - a mark and the item's words, or a section's number and its title
        first, second = map(text_of, pieces)
        near = pieces[1][0].x0 - pieces[0][-1].x1 < _MARK_GAP * row.size
        if _LIST_MARK.match(first) or (near and _SECTION.match(first) and second[:1].isalpha()):
            return 1
    return len(pieces)


def tables_in(rows: Sequence[Row]) -> Iterator[Span]:
    """Find tables from the top down, with a bound on the work for pages that are all numbers."""
    steps, index = 0, 0
    counts = [cells_in(row) for row in rows]
    while index < len(rows):
        if counts[index] > 1 and steps < _MOST_STEPS:
            grown = _grow(rows, counts, index)
            steps += grown.last - index + 2
            if index + 1 < len(rows) and counts[index + 1] > 1:
                other = _grow(rows, counts, index + 1)
                steps += other.last - index + 1
                if len(other.gutters) > len(grown.gutters) and other.last >= grown.last and other.rows > 1:
                    grown = other
            if _is_table(rows, counts, grown):
                first = _header_above(rows, grown, index)
                yield Span(first, grown.last + 1, narrowed(grown.gutters, rows[first : grown.last + 1]))
                index = grown.last + 1
                continue
        index += 1


def _grow(rows: Sequence[Row], counts: Sequence[int], first: int) -> Growing:
    table = Growing(first, first)
    table.join(rows[first], first, table.with_row(rows[first]))
    single = 0
    for index in range(first + 1, len(rows)):
        row, above = rows[index], rows[index - 1]
        if row.grid >= 0 or row.y - above.y > _FARTHEST * max(row.size, above.size):
            break
        if counts[index] < 2:  # noqa: PLR2004 - fewer cells than two: a label, or words that were wrapped
            single += not (len(table.gutters) > 1 and _is_wrapped(row, above, table))
            if single > _MOST_SINGLE or not _is_part(row, table):
                break
            continue
        if _begins_anew(row, above, table):
            break
        gutters = table.with_row(row)
        if not gutters or len(gutters) < _KEPT * table.most or not _stand_apart(row, gutters):
            break
        table.join(row, index, gutters)
        single = 0
    while table.last + 1 < len(rows) and _is_wrapped(rows[table.last + 1], rows[table.last], table):
        table.last += 1
    return table


def _begins_anew(row: Row, above: Row, table: Growing) -> bool:
    """Tell titles in bold type under rows that are not: the header of another table."""
    bold, plain = (all(word.bold for word in one.words) for one in (row, above))
    return table.rows >= FEWEST and bold and not plain and not any(_has_figure(piece) for piece in row.pieces(CELL_GAP))


def _stand_apart(row: Row, gutters: list[tuple[int, int]]) -> bool:
    """Tell whether a row's cells stand in columns of their own."""
    pieces = row.pieces(CELL_GAP)
    return len({column_of(piece, gutters) for piece in pieces}) >= max(2, _KEPT * len(pieces))


def _is_part(row: Row, table: Growing) -> bool:
    """Tell a label or a wrapped cell from a line of text that runs over the whole table."""
    over = sum(bool(row.solid(CELL_GAP) & points(low, high)) for low, high in table.gutters)
    if not over and len(table.gutters) > 1:
        return True
    return over <= max(1, len(table.gutters) // 2) and len(row.words) <= 2 * _MOST_WORDS


def _is_wrapped(row: Row, above: Row, table: Growing) -> bool:
    """Tell whether a line under the last row goes on inside one of its cells, not the first."""
    if row.grid >= 0 or not row.words or row.y - above.y > 1.35 * row.size or not table.gutters:
        return False
    crossing = any(row.x0 < low and row.x1 > high for low, high in table.gutters)
    return not crossing and row.x0 >= table.gutters[0][1] - 1


def _is_table(rows: Sequence[Row], counts: Sequence[int], table: Growing) -> bool:
    if table.rows < 2 or not table.gutters:  # noqa: PLR2004 - one row is a line with a wide gap
        return False
    own = [rows[index] for index in range(table.first, table.last + 1) if counts[index] > 1]
    wide = [_is_wide(own, gutter) for gutter in table.gutters]
    if not any(wide) or 2 * sum(map(_is_equation, own)) >= len(own):
        return False
    table.gutters = [gutter for gutter, holds in zip(table.gutters, wide, strict=True) if holds]
    pieces = [piece for row in own for piece in row.pieces(CELL_GAP)]
    words = sorted(len(piece) for piece in pieces)
    span = rows[table.first : table.last + 1]
    low, high = table.gutters[0]
    if are_rows([row for row in span if row.x0 < low], [row for row in span if row.x1 > high]):
        return True
    longest = sum(count > _MOST_WORDS for count in words)
    if longest * 3 > len(own) and not _has_figures(own):
        return False
    if table.rows == 2:  # noqa: PLR2004 - two rows prove little
        return not _is_formula(pieces) and (max(words) <= _MOST_WORDS // 2 or len(table.gutters) > 1)
    return words[len(words) // 2] <= _MOST_WORDS


def _is_formula(pieces: Sequence[Sequence[Word]]) -> bool:
    """Tell parts of a formula on two lines: most of them hold a sign of relation."""
    return 2 * sum(bool(_RELATION.search(text_of(piece))) for piece in pieces) > max(len(pieces), _FORMULA)


def _is_equation(row: Row) -> bool:
    """Tell a line of an equation, whose terms stand under one another as cells do."""
    return any(_EQUALS.match(text_of(piece)) for piece in row.pieces(CELL_GAP))


def _has_figures(rows: list[Row]) -> bool:
    return sum(_has_figure(row.pieces(CELL_GAP)[-1]) for row in rows) * 2 > len(rows)


def _has_figure(piece: Sequence[Word]) -> bool:
    return any(character.isdigit() for character in text_of(piece))


def _is_wide(rows: list[Row], gutter: tuple[int, int]) -> bool:
    """Tell whether a gutter parts most of the rows that have words beside it."""
    parted = [_parts_widely(row, gutter) for row in rows]
    told = [answer for answer in parted if answer is not None]
    return sum(told) > _PARTED * len(told)


def _parts_widely(row: Row, gutter: tuple[int, int]) -> bool | None:
    middle = (gutter[0] + gutter[1]) / 2
    left = max((word.x1 for word in row.words if word.x1 <= middle + 1), default=None)
    right = min((word.x0 for word in row.words if word.x0 >= middle - 1), default=None)
    return None if left is None or right is None else right - left > CELL_GAP * row.size


def _header_above(rows: Sequence[Row], table: Growing, from_row: int) -> int:
    """Take up to three lines without figures over a table for its header, if each piece stands over a column."""
    first = table.first
    while first > max(0, from_row - 2, table.first - 3):
        row, below = rows[first - 1], rows[first]
        if row.grid >= 0 or not row.words or below.y - row.y > 2.2 * max(row.size, below.size):
            break
        pieces = row.pieces(CELL_GAP)
        over = [column_of(piece, table.gutters) for piece in pieces]
        if len(pieces) < 2 or len(set(over)) < len(over) or _has_figures([row]):  # noqa: PLR2004
            break
        first -= 1
    return first
