"""Ruled tables: cells between lines that touch one another."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.nodes.sources.pdf.cells import cell_rows, is_sparse
from quire.nodes.sources.pdf.rows import rows_of
from quire.nodes.sources.pdf.shapes import Grid, Rule, Word

_TOUCH = 3.0
_SNAP = 3.0
_FEWEST_EDGES = 3
_MOST_EDGES = 400
_MOST_MEETINGS = 300_000
_MOST_CELLS = 40_000
_FRAME = 0.2
_WIDE_INSIDE = 1.5


class _Lattice(NamedTuple):
    xs: list[float]
    ys: list[float]
    level: list[Rule]
    upright: list[Rule]


def grids_of(rules: Sequence[Rule], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Find the tables that are ruled; also give the words outside them."""
    left = list(words)
    grids: list[Grid] = []
    for lattice in _lattices(rules):
        x0, x1, y0, y1 = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
        inside = [word for word in left if x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= _middle(word) <= y1]
        cells = _cells(lattice)
        if not inside or _is_frame(lattice, cells, inside):
            continue
        taken = {id(word) for word in inside}
        rows = cell_rows(cells, lattice.xs, lattice.ys, inside)
        columns = {index for row in rows for index, cell in enumerate(row.cells) if cell}
        if len(rows) > 1 and len(columns) > 1:
            kept = sorted(columns)
            rows = [row._replace(cells=[row.cells[index] for index in kept]) for row in rows]
            grids.append(Grid(x0, y0, x1, y1, tuple(lattice.xs[index] for index in kept), rows))
            left = [word for word in left if id(word) not in taken]
    return grids, left


def _middle(word: Word) -> float:
    return word.y - 0.3 * word.size


def _lattices(rules: Sequence[Rule]) -> Iterator[_Lattice]:
    """Group the rules that touch, and give the groups that have columns and rows, the smallest first."""
    level = _merged([rule for rule in rules if rule.y0 == rule.y1])
    upright = [_turned(rule) for rule in _merged([_turned(rule) for rule in rules if rule.y0 != rule.y1])]
    found = []
    for group in _touching(level, upright):
        flat = [rule for rule in group if rule.y0 == rule.y1]
        tall = [rule for rule in group if rule.y0 != rule.y1]
        if not flat or not tall:
            continue
        ends = [min(rule.x0 for rule in flat), max(rule.x1 for rule in flat)]
        bounds = [min(rule.y0 for rule in tall), max(rule.y1 for rule in tall)]
        xs, ys = _snapped([*(rule.x0 for rule in tall), *ends]), _snapped([*(rule.y0 for rule in flat), *bounds])
        if _FEWEST_EDGES <= len(xs) <= _MOST_EDGES and _FEWEST_EDGES <= len(ys) <= _MOST_EDGES:
            found.append(_Lattice(xs, ys, flat, tall))
    yield from sorted(found, key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0]))


def _turned(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


def _merged(rules: list[Rule]) -> list[Rule]:
    """Join level rules that lie on one line and touch."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.y0), one.x0)):
        last = joined[-1] if joined else None
        if last and abs(last.y0 - rule.y0) <= 1 and rule.x0 <= last.x1 + _TOUCH:
            joined[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0)
        else:
            joined.append(rule)
    return joined


def _touching(level: list[Rule], upright: list[Rule]) -> list[list[Rule]]:
    """Group rules by what they cross or meet; none at all if they are beyond all measure."""
    upright = sorted(upright, key=lambda rule: rule.x0)
    places = [rule.x0 for rule in upright]
    parents = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    meetings = 0
    for index, rule in enumerate(level):
        for other in range(bisect_left(places, rule.x0 - _TOUCH), len(upright)):
            if places[other] > rule.x1 + _TOUCH:
                break
            meetings += 1
            if meetings > _MOST_MEETINGS:
                return []
            if upright[other].y0 - _TOUCH <= rule.y0 <= upright[other].y1 + _TOUCH:
                parents[root(index)] = root(len(level) + other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate([*level, *upright]):
        groups[root(index)].append(rule)
    return list(groups.values())


def _snapped(places: list[float]) -> list[float]:
    """Take edges that lie within a few points for one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SNAP:
            edges.append(place)
    return edges


def _cells(lattice: _Lattice) -> list[list[int]]:
    """Give the cells numbers by row and column; those without a rule between them have one number."""
    xs, ys = lattice.xs, lattice.ys
    wide, high = len(xs) - 1, len(ys) - 1
    if wide * high > _MOST_CELLS:
        return [[row * wide + column for column in range(wide)] for row in range(high)]
    under, beside = set[tuple[int, int]](), set[tuple[int, int]]()
    for rule in lattice.level:
        row = _nearest(ys, rule.y0)
        under |= {(row, column) for column in range(wide) if rule.x0 <= (xs[column] + xs[column + 1]) / 2 <= rule.x1}
    for rule in lattice.upright:
        column = _nearest(xs, rule.x0)
        beside |= {(row, column) for row in range(high) if rule.y0 <= (ys[row] + ys[row + 1]) / 2 <= rule.y1}
    numbers = [[row * wide + column for column in range(wide)] for row in range(high)]
    for row in range(high):
        for column in range(wide):
            if column and (row, column) not in beside:
                numbers[row][column] = numbers[row][column - 1]
            elif row and (row, column) not in under:
                numbers[row][column] = numbers[row - 1][column]
    return numbers


def _nearest(edges: list[float], place: float) -> int:
    index = bisect_left(edges, place)
    return min((i for i in (index - 1, index) if 0 <= i < len(edges)), key=lambda i: abs(edges[i] - place))


def _is_frame(lattice: _Lattice, cells: list[list[int]], words: list[Word]) -> bool:
    """Tell boxes drawn around parts of a page from a table: empty ones, or wide gaps inside their lines show it."""
    columns: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        column = min(max(bisect_left(lattice.xs, (word.x0 + word.x1) / 2) - 1, 0), len(lattice.xs) - 2)
        row = min(max(bisect_left(lattice.ys, _middle(word)) - 1, 0), len(lattice.ys) - 2)
        columns[cells[row][column]].append(word)
    if is_sparse(cells, len(columns)):
        return True
    lines = [row for inside in columns.values() for row in rows_of(inside)]
    return sum(len(row.pieces(_WIDE_INSIDE)) > 1 for row in lines) > _FRAME * len(lines)
