"""The blocks of filled cells on a sheet: where one table ends and another begins."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Cell(NamedTuple):
    """A cell that holds something."""

    text: str
    figure: bool = False
    """Whether it holds a number, a date or a time, not words."""
    bold: bool = False


class Line(NamedTuple):
    """A row of a sheet: its number and its filled cells by column, both from 1."""

    number: int
    cells: dict[int, Cell]


def blocks_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Part a sheet's filled rows where rows are empty, and tables that stand side by side."""
    for block in _apart(lines):
        columns = sorted({column for line in block for column in line.cells})
        for place, (left, right) in enumerate(pairwise(columns), 1):
            if right - left > 1 and _differ(block, columns[:place], columns[place:]):
                yield from blocks_of(_within(block, columns[:place]))
                yield from blocks_of(_within(block, columns[place:]))
                break
        else:
            yield block


def _apart(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and line.number > block[-1].number + 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _differ(block: Sequence[Line], left: Sequence[int], right: Sequence[int]) -> bool:
    """Tell two tables from one with an empty column: they begin or end in different rows, and are two columns wide."""
    sides = [_within(block, left), _within(block, right)]
    spans = {(side[0].number, side[-1].number) for side in sides}
    return len(spans) > 1 and min(len(left), len(right)) > 1


def _within(block: Sequence[Line], columns: Sequence[int]) -> list[Line]:
    kept = set(columns)
    cut = (Line(n, {column: cell for column, cell in cells.items() if column in kept}) for n, cells in block)
    return [line for line in cut if line.cells]


def columns_of(block: Sequence[Line]) -> list[int]:
    """Give the columns that a block spans, empty ones between them included."""
    filled = [column for line in block for column in line.cells]
    return list(range(min(filled), max(filled) + 1))


def is_titled(first: Line, below: Sequence[Line]) -> bool:
    """Tell whether a row of words titles what stands below it: it is bold, or stands over figures."""
    if len(first.cells) < 2 or not below:  # noqa: PLR2004 - a title alone titles no columns
        return False
    if all(cell.bold for cell in first.cells.values()) and not all(c.bold for c in below[0].cells.values()):
        return True
    if any(cell.figure for cell in first.cells.values()):
        return False
    held = ([line.cells[column] for line in below if column in line.cells] for column in first.cells)
    return any(cells and all(cell.figure for cell in cells) for cells in held)


def groups(over: Line, titles: Line, merges: Sequence[tuple[int, int, int, int]]) -> bool:
    """Tell a row of titles that stand over several columns each, from a remark: the half-years' year, merged or not."""
    if over.number != titles.number - 1:
        return False
    spans = sum(row == over.number and last > column and column in over.cells for column, row, last, _ in merges)
    apart = [column for column in over.cells if column > min(titles.cells)]
    return bool(spans) or 1 < len(apart) < len(titles.cells) - 1
