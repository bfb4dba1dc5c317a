"""The rows of a table without rules: wrapped cells are put back into their row, header lines into one."""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

from quire.nodes.sources.pdf.bands import bands
from quire.nodes.sources.pdf.gutters import CELL_GAP, column_of
from quire.nodes.sources.pdf.rows import text_of
from quire.nodes.sources.pdf.shapes import CellRow, Row, Word

_FEWEST_BANDS = 3
_CLOSEST, _OFF = 0.8, 1.12
"""Part of the type size that lines of one cell are apart at least; how many times the least step one to a row is."""
_EXCEPTIONS = 0.25
_HEADER_LINES = 3
_LEADING = 1.3
_FIGURE = re.compile(r"^[\W_]*\d|^[-\u2013\u2014]$")


def rows_of_table(rows: Sequence[Row], gutters: Sequence[tuple[int, int]]) -> list[CellRow]:
    """Put a table's printed lines into cells, and lines that belong together into one row."""
    lines = _without_split_columns([_cells(row, gutters) for row in rows])
    parts = bands(lines)
    if _are_wrapped(parts):
        return [reduce(_together, part) for band in parts for part in _begun(band, lines)]
    made: list[CellRow] = []
    for line in lines:
        last = made[-1] if made else None
        if last and _continues(last, line, line.y - last.y):
            made[-1] = _together(last, line)
        else:
            made.append(line)
    return made


def _begun(band: list[CellRow], lines: Sequence[CellRow]) -> list[list[CellRow]]:
    """Part a band where a row begins: under a bold header, or where its first line stands off a little more."""
    steps = [below.y - above.y for above, below in pairwise(lines) if below.y - above.y > _CLOSEST * below.size]
    least = min(steps, default=0.0)
    parts = [band[:1]]
    for above, line in pairwise(band):
        off = line.y - above.y > _OFF * least and line.cells[0] and _filled(line) > 1
        if off or (above.bold and not line.bold and band[0] is lines[0]):
            parts.append([])
        parts[-1].append(line)
    return parts


def _are_wrapped(parts: Sequence[Sequence[CellRow]]) -> bool:
    """Tell whether lines without room between them are one row: no column has two figures, nor two lines all cells."""
    several = [part for part in parts if len(part) > 1]
    if len(parts) < _FEWEST_BANDS or not several:
        return False
    rows = sum(_holds_rows(part) for part in several)
    return rows <= _EXCEPTIONS * len(several)


def _holds_rows(lines: Sequence[CellRow]) -> bool:
    full = sum(all(line.cells) for line in lines)
    columns = zip(*(line.cells for line in lines if line.cells[0]), strict=True)
    return full > 1 or any(sum(bool(_FIGURE.match(cell)) for cell in column) > 1 for column in columns)


def _without_split_columns(lines: list[CellRow]) -> list[CellRow]:
    """Join a column that only the header fills with its neighbour that the header leaves empty: titles set off."""
    column = 0
    while lines and column + 1 < len(lines[0].cells):
        pairs = [(line.cells[column], line.cells[column + 1]) for line in lines]
        head = min(_HEADER_LINES, len(lines) - 1)
        apart = not any(one and other for one, other in pairs)
        first, second = ([bool(pair[side]) for pair in pairs] for side in (0, 1))
        if apart and (not any(first[head:]) or not any(second[head:])) and any(first) and any(second):
            lines = [_merged(line, column) for line in lines]
        else:
            column += 1
    return lines


def _merged(line: CellRow, column: int) -> CellRow:
    one, other = line.cells[column : column + 2]
    return line._replace(cells=[*line.cells[:column], one or other, *line.cells[column + 2 :]])


def _cells(row: Row, gutters: Sequence[tuple[int, int]]) -> CellRow:
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for piece in row.pieces(CELL_GAP):
        start = column_of(piece[:1], gutters)
        crossing = any(
            word.x0 < (low + high) / 2 < after.x0 and after.x0 - word.x1 >= 0.3 * row.size
            for word, after in pairwise(piece)
            for low, high in gutters
        )
        for word in piece:
            columns[column_of([word], gutters) if crossing else _column(piece, start, gutters)].append(word)
    first = columns[0]
    return CellRow(
        [text_of(words) for words in columns],
        row.y,
        row.size,
        bold=all(word.bold for word in row.words),
        strong=bool(first) and all(word.bold for word in first),
    )


def _column(piece: list[Word], start: int, gutters: Sequence[tuple[int, int]]) -> int:
    """Give the column of a piece that no gutter parts: where most of it stands, or where it begins if it spans some."""
    over = sum(piece[0].x0 < (low + high) / 2 < piece[-1].x1 for low, high in gutters)
    return start if over else column_of(piece, gutters)


def _filled(row: CellRow) -> int:
    return sum(map(bool, row.cells))


def _continues(last: CellRow, line: CellRow, gap: float) -> bool:
    """Tell whether a line goes on inside cells of the row above: no first cell, no figures, at a line's distance."""
    told = [(index, cell) for index, cell in enumerate(line.cells) if cell]
    if not told or gap > _LEADING * max(line.size, last.size):
        return False
    if line.bold != last.bold and line.strong != last.strong:
        return False
    if not line.cells[0]:
        lower = all(cell[0].islower() or cell[0] in "(&/" for _, cell in told)
        alone = len(told) == 1 and not _FIGURE.match(told[0][1])
        return all(last.cells[index] for index, _ in told) and (alone or lower)
    alone = len(told) == 1 and _filled(last) > 1
    return alone and (line.cells[0][0].islower() or last.cells[0][-1:] in {"-", ",", "&", "/"})


def _together(last: CellRow, line: CellRow) -> CellRow:
    cells = ["\n".join(filter(None, pair)) for pair in zip(last.cells, line.cells, strict=True)]
    return CellRow(cells, line.y, max(last.size, line.size), last.bold and line.bold, last.strong, last.lines + 1)
