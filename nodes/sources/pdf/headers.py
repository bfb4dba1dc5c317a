"""Tells a table's header from its data: by type, by figures under words, by years over amounts."""

import re
from collections.abc import Sequence

from quire.nodes.sources.pdf.shapes import CellRow

_MOST_LINES = 3
_YEAR = re.compile(r"^(?:FY\s?)?(?:1[89]|20)\d\d(?:\s?[-\u2013/]\s?(?:\d\d|\d{4}))?$|^Q[1-4]\b|^(?:FY|H[12])\s?\d\d$")
_FIGURE = re.compile(r"^[^\w]*\d")
_MAJORITY = 0.5
_BULLETS = frozenset("•◦▪▫‣●○■□\uf0b7")


def with_header(rows: Sequence[CellRow], *, stacked: bool) -> tuple[list[CellRow], bool]:
    """Join the lines of a header, if ``stacked``, to one row; also tell whether the first row is a header."""
    rows = list(rows)
    if stacked:
        lines = 0
        while lines < min(_MOST_LINES, len(rows) - 1) and not any(map(is_figure, rows[lines].cells)):
            lines += 1
        if lines > 1 and _has_figures(rows[lines:]) and all(_part_of_header(row) for row in rows[1:lines]):
            columns = zip(*(row.cells for row in rows[:lines]), strict=True)
            cells = ["\n".join(filter(None, column)) for column in columns]
            rows[:lines] = [rows[lines - 1]._replace(cells=cells, bold=all(row.bold for row in rows[:lines]))]
    return rows, _is_header(rows[0], rows[1:]) if rows else False


def without_bullets(rows: Sequence[CellRow]) -> list[CellRow]:
    """Leave out the columns that hold a list's bullets and nothing else."""
    columns = zip(*(row.cells for row in rows), strict=True)
    kept = [number for number, cells in enumerate(columns) if not _bullets(cells)]
    return [row._replace(cells=[row.cells[column] for column in kept]) for row in rows]


def _bullets(cells: Sequence[str]) -> bool:
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(cell in _BULLETS for cell in told)


def _part_of_header(row: CellRow) -> bool:
    return sum(map(bool, row.cells)) > 1 or bool(row.cells[0] == "" and any(row.cells))


def is_figure(cell: str) -> bool:
    """Tell an amount or a year from words."""
    return bool(_FIGURE.match(cell))


def is_year(cell: str) -> bool:
    """Tell a year, a financial year or a quarter."""
    return bool(_YEAR.match(cell))


def _has_figures(rows: Sequence[CellRow]) -> bool:
    return any(is_figure(cell) for row in rows for cell in row.cells[1:])


def _is_header(first: CellRow, body: Sequence[CellRow]) -> bool:
    if not body or sum(map(bool, first.cells)) < 2:  # noqa: PLR2004 - one cell is a label
        return False
    if first.bold and not all(row.bold for row in body):
        return True
    titles = [cell for cell in first.cells[1:] if cell]
    if titles and all(map(is_year, titles)):
        return not all(is_year(cell) for row in body for cell in row.cells[1:] if cell)
    return not any(map(is_figure, first.cells)) and any(
        _is_of_figures([row.cells[column] for row in body])
        for column in range(1, len(first.cells))
        if first.cells[column]
    )


def _is_of_figures(cells: list[str]) -> bool:
    told = [cell for cell in cells if cell]
    return bool(told) and sum(map(is_figure, told)) > _MAJORITY * len(told)
