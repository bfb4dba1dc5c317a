"""What can be counted and added up over rows of a table: all that a claim names, and those that its words select. Pure.

A claim says ``5 of the 9 from Nord came late`` of nine rows that say so one by one. Which rows are meant is told by its
words: a cell's value that it speaks of, a column with few values that it names, a month, a bound, or one column beside
another. What a choice of rows comes to is told as it was found, so that whoever reads can look whether it is meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, islice, permutations
from statistics import median
from typing import Final, NamedTuple, TypeAlias

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import Convention, months
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.search.stemming import terms
from quire.nodes.sources.passage import Passage, Reading, convention_of, is_cell_of
from quire.nodes.support.amounts import announced_unit, scale_of
from quire.nodes.support.quantities import Measure, Quantity, quantity, total

_FEW_VALUES: Final = 6
"""Different values of a column that a claim may mean by its title alone: ``conserved: yes | no``."""
_LONGEST: Final = 60
"""Letters of a cell that names a kind of rows."""
_MOST_CHOICES: Final = 400
_MOST_TALLIES: Final = 20_000
_MOST_ROWS: Final = 500
"""Rows of a table that a claim names only some of; one with more is not counted whole."""


NUMBER_OF: Final = "the number of"
"""Begins what tells how many rows there are of a kind."""
WITH: Final = "that have"
"""Stands before the condition of a choice of rows."""
SUM_OF: Final = "the sum of"
"""Begins what tells what a column comes to."""


class Row(NamedTuple):
    """A row of a table."""

    cells: Mapping[str, str]
    """By the title of their column."""
    figures: Mapping[str, Figure]
    """Of the cells that hold one figure and little else."""


class Table(NamedTuple):
    """Rows that stand under the same titles."""

    name: str
    rows: tuple[Row, ...]
    """All that the claim names, or all that the table holds."""


class _Choice(NamedTuple):
    """A condition that a row meets or does not."""

    told: str
    column: str
    rows: frozenset[int]


_Columns: TypeAlias = Mapping[str, Sequence[tuple[int, Quantity]]]


def tables_of(evidence: Sequence[Evidence], readings: Mapping[str, Reading]) -> list[Table]:
    """Give the rows that a claim names, table by table, and each of these tables whole."""
    named: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Passage]] = {}
    for one in evidence:
        row = _row_at(one, readings)
        if row is not None:
            rows = named.setdefault(_table_of(row), [])
            if row not in rows:
                rows.append(row)
    found = []
    for table, rows in named.items():
        reading = readings[table[0]]
        whole = [p for p in reading["passages"] if p["kind"] == "row" and _table_of(p) == table]
        convention = convention_of(reading)
        found.append(Table(f"the rows of {table[0]} that it names", _read(rows, convention)))
        if len(rows) < len(whole) <= _MOST_ROWS:
            found.append(Table(f"all rows of {table[0]}", _read(whole, convention)))
    return found


def tallies(
    text: str, tables: Sequence[Table], bounds: Sequence[Quantity], convention: Convention
) -> Iterator[Quantity]:
    """Give what the rows come to that the words of a claim may mean.

    Args:
        text: the claim.
        tables: the rows.
        bounds: figures of the claim above and below which rows may be meant.
        convention: how the claim writes numbers, and its language.

    """
    for table in tables:
        for one in islice(_of_table(text, table, bounds, convention), _MOST_TALLIES):
            yield one._replace(of_rows=True)


def _row_at(one: Evidence, readings: Mapping[str, Reading]) -> Passage | None:
    passages = readings[one["source"]]["passages"] if one["source"] in readings else []
    rows = (p for p in passages if p["kind"] == "row" and p.get("fields"))
    return next((p for p in rows if p["address"] == one["address"] or is_cell_of(one["address"], p["address"])), None)


def _table_of(row: Passage) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return row["source"], tuple(row["headings"]), tuple(row.get("fields", {}))


def _read(rows: Sequence[Passage], convention: Convention) -> tuple[Row, ...]:
    return tuple(Row(row.get("fields", {}), _figures(row.get("fields", {}), convention)) for row in rows)


def _figures(cells: Mapping[str, str], convention: Convention) -> dict[str, Figure]:
    found = ((title, _figure_in(cell, convention)) for title, cell in cells.items() if len(cell) <= _LONGEST)
    return {title: figure for title, figure in found if figure is not None}


@lru_cache(maxsize=8_192)
def _figure_in(cell: str, convention: Convention) -> Figure | None:
    """Give the one figure of a cell."""
    told = figures_in(cell, convention)
    return told[0] if len(told) == 1 else None


@lru_cache(maxsize=8_192)
def _words_of(cell: str, language: str) -> frozenset[str]:
    return frozenset(terms(cell.casefold(), language))


def _of_table(text: str, table: Table, bounds: Sequence[Quantity], convention: Convention) -> Iterator[Quantity]:
    columns = _columns(table.rows)
    named = [*_choices(text, table.rows, convention), *_bounded(bounds, columns)]
    choices = [*named, *_beside(columns)][:_MOST_CHOICES]
    everything = frozenset(range(len(table.rows)))
    yield from _come_to(everything, table.name, columns, table.rows)
    chosen = {everything: table.name}
    for one in choices:
        chosen.setdefault(one.rows, f"{table.name} {WITH} {one.told}")
    for one, other in combinations(named[:_MOST_PAIRED], 2):
        if one.column != other.column:
            chosen.setdefault(one.rows & other.rows, f"{table.name} {WITH} {one.told} and {other.told}")
    for rows, told in chosen.items():
        if rows and rows != everything:
            yield from _come_to(rows, told, columns, table.rows)
            yield _count(len(everything) - len(rows), f"all others than {told}")
            for within, name in chosen.items():
                if rows < within:
                    yield Quantity(Decimal(len(rows)) / len(within), (), f"{told}, as a part of {name}", 1)
                    yield from _shares(rows, within, told, columns)


_MOST_PAIRED: Final = 24


def _columns(rows: Sequence[Row]) -> dict[str, list[tuple[int, Quantity]]]:
    """Give the figures of each column as quantities, with the number of their row."""
    found: dict[str, list[tuple[int, Quantity]]] = {}
    for n, row in enumerate(rows):
        for title, figure in row.figures.items():
            told = quantity(figure, announced_unit(title), 1 if figure.unit else scale_of(title).factor)
            if told is not None:
                found.setdefault(title, []).append((n, told))
    return found


def _come_to(rows: frozenset[int], told: str, columns: _Columns, of: Sequence[Row]) -> Iterator[Quantity]:
    yield _count(len(rows), f"{NUMBER_OF} {told}")
    for title in dict.fromkeys(title for n in sorted(rows) for title in of[n].cells):
        different = {of[n].cells.get(title, "").casefold() for n in rows} - {""}
        yield _count(len(different), f"how many different {title} stand in {told}")
    sums: dict[Measure, list[Quantity]] = {}
    for title, column in columns.items():
        held = [one for n, one in column if n in rows]
        if len(held) > 1 and len({one.measure for one in held}) == 1:
            values, measure = [one.value for one in held], held[0].measure
            added = Quantity(total(values), measure, f"{SUM_OF} {title} over {told}", 1)
            sums.setdefault(measure, []).append(added)
            yield added
            yield Quantity(added.value / len(values), measure, f"the mean of {title} over {told}", 1)
            yield Quantity(Decimal(median(values)), measure, f"the median of {title} over {told}", 1)
            yield Quantity(max(values) - min(values), measure, f"the span of {title} over {told}", 1)
    for one, other in permutations([one for held in sums.values() for one in held][:_FEW_VALUES], 2):
        if other.value and not other.measure:
            yield Quantity(one.value / other.value, one.measure, f"{one.told}, for each of {other.told}", 1)
    for held in sums.values():
        for one, other in combinations(held[:_FEW_VALUES], 2):
            yield Quantity(abs(one.value - other.value), one.measure, f"{one.told}, less {other.told}", 2)


def _shares(rows: frozenset[int], within: frozenset[int], told: str, columns: _Columns) -> Iterator[Quantity]:
    for title, column in columns.items():
        part, whole = (total([one.value for n, one in column if n in some]) for some in (rows, within))
        if whole:
            yield Quantity(part / whole, (), f"the share of {told} in {title}", 1)


def _count(number: int, told: str) -> Quantity:
    return Quantity(Decimal(number), (), told, 1)


def _choices(text: str, rows: Sequence[Row], convention: Convention) -> Iterator[_Choice]:
    said = set(terms(text.casefold(), convention.language))
    titles = dict.fromkeys(title for row in rows for title in row.cells)
    for title in titles:
        values: dict[str, set[int]] = {}
        for n, row in enumerate(rows):
            values.setdefault(row.cells.get(title, "").strip(), set()).add(n)
        meant = bool(said & set(terms(_as_words(title), convention.language))) and len(values) <= _FEW_VALUES
        for value, held in values.items():
            words = _words_of(value, convention.language) if len(value) <= _LONGEST else frozenset()
            if len(values) > 1 and (meant or (words and words <= said)):
                yield _Choice(f"{title}: {value or 'nothing'}", title, frozenset(held))
    yield from _by_word(said, rows, convention)
    yield from _in_months(text, rows, convention)


def _by_word(said: set[str], rows: Sequence[Row], convention: Convention) -> Iterator[_Choice]:
    """Choose the rows of which some cell has a word of the claim."""
    held: dict[tuple[str, str], set[int]] = {}
    for n, row in enumerate(rows):
        for title, cell in row.cells.items():
            for word in said & _words_of(cell, convention.language):
                held.setdefault((title, word), set()).add(n)
    for (title, word), where in held.items():
        if len(where) < len(rows):
            yield _Choice(f"“{word}” in {title}", title, frozenset(where))


_YEAR_AND_MONTH: Final = re.compile(r"(?:\d{4}|-)-(\d\d)")


def _in_months(text: str, rows: Sequence[Row], convention: Convention) -> Iterator[_Choice]:
    """Choose the rows of a month that the claim names."""
    calendar = months(convention.language)
    for word in dict.fromkeys(re.findall(r"[^\W\d_]+", text.casefold())):
        if word not in calendar:
            continue
        held: dict[str, set[int]] = {}
        for n, row in enumerate(rows):
            for title, figure in row.figures.items():
                told = _YEAR_AND_MONTH.match(str(figure.value)) if figure.kind == "date" else None
                if told and int(told[1]) == calendar[word]:
                    held.setdefault(title, set()).add(n)
        yield from (_Choice(f"{title} in {word}", title, frozenset(where)) for title, where in held.items())


def _bounded(bounds: Sequence[Quantity], columns: _Columns) -> Iterator[_Choice]:
    """Choose the rows above, at and below each of some figures."""
    for title, column in columns.items():
        for bound in bounds:
            values = [(n, one.value) for n, one in column if one.measure == bound.measure or not one.measure]
            for told, held in (
                (f"{title} above {bound.told}", {n for n, value in values if value > bound.value}),
                (f"{title} below {bound.told}", {n for n, value in values if value < bound.value}),
                (f"{title} of {bound.told}", {n for n, value in values if value == bound.value}),
            ):
                if held and len(held) < len(column):
                    yield _Choice(told, title, frozenset(held))


def _beside(columns: _Columns) -> Iterator[_Choice]:
    """Choose the rows in which one column has more than another of the same measure."""
    for (title, one), (other_title, other) in combinations(columns.items(), 2):
        there = dict(other)
        both = [(n, q, there[n]) for n, q in one if n in there and there[n].measure == q.measure]
        more = {n for n, q, beside in both if q.value > beside.value}
        less = {n for n, q, beside in both if q.value < beside.value}
        if more and less:
            yield _Choice(f"more {title} than {other_title}", title, frozenset(more))
            yield _Choice(f"less {title} than {other_title}", title, frozenset(less))


def _as_words(title: str) -> str:
    return re.sub(r"[_\W]+", " ", title).casefold()
