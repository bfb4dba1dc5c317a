"""Rows of a long table that have something in common: a word in a column, or the year of a date. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quire.graphs.kinds.general_report.computations.placeholders import is_placeholder
from quire.graphs.kinds.general_report.computations.sheets import Sheet
from quire.nodes.language.catalogue import Words

_REPEATED = 2.0
"""Rows that a value has on average, in a column that is worth counting."""
_LONGEST = 40
"""Characters of a value."""
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?P<day>-(?:0[1-9]|[12]\d|3[01])(?!\d).*)?", re.DOTALL
)
_MOST_MONTHS = 12


@dataclass(frozen=True)
class Grouping:
    """What rows are told apart by."""

    column: str
    """The column's title."""
    cells: tuple[str, ...]
    """Of each row what it is counted under; empty: it is not counted."""
    name: str
    """What it is called behind *by*: ``“station”``, ``year of “date”``."""
    span: str = ""
    """Of dates: from when to when."""
    where: str = ""
    """Which rows alone are counted (``“vehicle” is “ML2”``); empty: all."""
    first: tuple[str, ...] = ()
    """Values that are shown before all others."""

    @cached_property
    def rows(self) -> Mapping[str, frozenset[int]]:
        """The rows, from 0, that each value has."""
        found: dict[str, set[int]] = {}
        for row, cell in enumerate(self.cells):
            if cell:
                found.setdefault(cell, set()).add(row)
        return {cell: frozenset(rows) for cell, rows in found.items()}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many rows each value has: dates in their order, else what is shown first, and then the most frequent."""
        counted = Counter(cell for cell in self.cells if cell)
        if self.span:
            return dict(sorted(counted.items()))
        return dict(sorted(counted.most_common(), key=lambda told: told[0] not in self.first))


def groupings(sheet: Sheet, numbers: frozenset[str], words: Words) -> Iterator[Grouping]:
    """Give what a table's rows can be told by: columns that repeat their words, fewest first, then its dates.

    Of columns that part the rows alike (numbers of stations, their names) the one with the longest words counts: names
    say more than codes.

    Args:
        sheet: the table.
        numbers: titles of its columns of numbers.
        words: of the document's language.

    """
    told = {c: [cell.strip() for cell in sheet.cells(c)] for c in sheet.columns if c not in numbers}
    dates = {column: spans for column, cells in told.items() if (spans := _spans(column, cells, words))}
    named = [
        Grouping(column, tuple(cells), words("figures.named", column=column))
        for column, cells in told.items()
        if column not in dates and _repeats(cells)
    ]
    yield from sorted(_without_twins(named), key=lambda g: len(g.counts))
    yield from [*dates.values()][:1]


def _without_twins(named: Sequence[Grouping]) -> Iterator[Grouping]:
    by_parts: dict[tuple[int, ...], Grouping] = {}
    for grouping in sorted(named, key=lambda g: -sum(map(len, g.cells))):
        numbers = {cell: number for number, cell in enumerate(dict.fromkeys(grouping.cells))}
        by_parts.setdefault(tuple(numbers[cell] for cell in grouping.cells), grouping)
    kept = [*by_parts.values()]
    return (grouping for grouping in named if grouping in kept)


def _repeats(cells: Sequence[str]) -> bool:
    values = Counter(cell for cell in cells if cell)
    several = len(values) > 1 and values.total() >= _REPEATED * len(values)
    return several and all(len(v) <= _LONGEST and not is_placeholder(v) for v in values)


def _spans(column: str, cells: Sequence[str], words: Words) -> Grouping | None:
    """Tell the rows of a column of dates by year; where they lie within twelve months, by month."""
    said = [cell for cell in cells if cell]
    days = [_DAY.fullmatch(cell) for cell in cells]
    if not said or any(cell and not day for cell, day in zip(cells, days, strict=True)):
        return None
    years = tuple(day["year"] if day else "" for day in days)
    months = tuple(f"{day['year']}-{day['month']}" if day else "" for day in days)
    span = words("figures.span", first=min(said)[:10], last=max(said)[:10])
    if _within_a_year(sorted({month for month in months if month})):
        written = all(day is None or not day["day"] for day in days)
        of = words("figures.named" if written else "figures.month-of", column=column)
        return Grouping(column, months, of, span)
    if len({year for year in years if year}) > 1:
        return Grouping(column, years, words("figures.year-of", column=column), span)
    return None


def _within_a_year(months: Sequence[str]) -> bool:
    """Whether several months lie within twelve that follow one another."""
    first, last = (int(month[:4]) * 12 + int(month[5:]) for month in (months[0], months[-1]))
    return 0 < last - first < _MOST_MONTHS
