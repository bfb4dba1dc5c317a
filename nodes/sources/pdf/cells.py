"""The rows of a ruled table: words under the row and column in whose cell they stand."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from quire.nodes.sources.pdf.rows import rows_of, text_of
from quire.nodes.sources.pdf.shapes import CellRow, Row, Word

_FULL = 0.6
_FEWEST_SPLIT = 2
_FIGURES = 0.6
_FILLED, _OWN = 0.4, 0.3
_NUMBER = re.compile(r"^\W*\d[\d.,:/%\s$€£-]*\W*$")


def cell_rows(cells: list[list[int]], xs: list[float], ys: list[float], words: Sequence[Word]) -> list[CellRow]:
    """Put the words into cells; what is merged down stands in each of its rows, what is merged across in its first."""
    inside: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        row, column = _index(ys, word.y - 0.3 * word.size), _index(xs, (word.x0 + word.x1) / 2)
        inside[cells[row][column]].append(word)
    printed = {number: rows_of(own) for number, own in inside.items()}
    found: list[CellRow] = []
    told: set[int] = set()
    for row, numbers in enumerate(cells):
        shown: list[list[Row]] = []
        label = True
        for column, number in enumerate(numbers):
            label = label and (number in told or not row)  # what is merged down beside it may be a label of this row
            first = not column or number != numbers[column - 1]
            shown.append(printed.get(number, []) if first and (number not in told or label) else [])
            label = label and bool(printed.get(number))
        told.update(numbers)
        found += [_cell_row(parts, ys[row + 1]) for parts in _split(shown) if any(parts)]
    return found


def is_sparse(cells: list[list[int]], filled: int) -> bool:
    """Tell boxes of a drawing from a table: few cells hold anything, or few of its places are cells of their own."""
    places = sum(map(len, cells))
    own = len({number for row in cells for number in row})
    return filled < _FILLED * own or own < _OWN * places


def _index(edges: list[float], place: float) -> int:
    return min(max(bisect_left(edges, place) - 1, 0), len(edges) - 2)


def _cell_row(parts: list[list[Row]], y: float) -> CellRow:
    rows = [row for part in parts for row in part]
    words = [word for row in rows for word in row.words]
    first = [word for row in parts[0] for word in row.words]
    return CellRow(
        ["\n".join(text_of(row.words) for row in part) for part in parts],
        y,
        max(row.size for row in rows),
        bold=all(word.bold for word in words),
        strong=bool(first) and all(word.bold for word in first),
        lines=max(map(len, parts)),
    )


def _split(parts: list[list[Row]]) -> list[list[list[Row]]]:
    """Part a row that is ruled once for several: most of its cells have lines on the same base lines.

    Where that could be chance, with two lines or two columns, the lines must hold figures.

    What stands once beside them is a label of each.
    """
    filled = [part for part in parts if part]
    several = [part for part in filled if len(part) > 1]
    if len(several) < max(_FEWEST_SPLIT, _FULL * len(filled)):
        return [parts]
    bases = rows_of([row.words[0] for part in several for row in part])
    lines = [[[row for row in part if abs(row.y - base.y) <= base.size / 3] for part in parts] for base in bases]
    rows_alike = len(several) > _FEWEST_SPLIT < len(bases)  # cells are not all wrapped into as many lines
    for line in lines:
        texts = [text_of(row.words) for part, own in zip(line, parts, strict=True) for row in part if len(own) > 1]
        figures = sum(bool(_NUMBER.match(text)) for text in texts[1:])
        if len(texts) < _FULL * len(several) or not (rows_alike or figures >= _FIGURES * (len(texts) - 1)):
            return [parts]
    return [[own if len(own) == 1 else part for part, own in zip(line, parts, strict=True)] for line in lines]
