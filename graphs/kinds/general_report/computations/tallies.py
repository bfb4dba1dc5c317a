"""What long tables come to: how many rows, sums, medians and extremes of numbers, as a whole and group by group."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from quire.graphs.kinds.general_report.computations.by_group import across_groups, by_groups
from quire.graphs.kinds.general_report.computations.columns import (
    Numbers,
    convention_of_table,
    is_ambiguous,
    numbers_in,
)
from quire.graphs.kinds.general_report.computations.groups import Grouping, groupings
from quire.graphs.kinds.general_report.computations.named import narrowed, ratios, wanted
from quire.graphs.kinds.general_report.computations.placeholders import is_placeholder
from quire.graphs.kinds.general_report.computations.question import Asked
from quire.graphs.kinds.general_report.computations.sheets import Sheet
from quire.graphs.kinds.general_report.computations.telling import telling
from quire.nodes.computations.blocks import Align, note, table, value
from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Block, Claim, Value, claim
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.language.catalogue import ENGLISH, Words
from quire.nodes.language.places import place_in
from quire.nodes.sources.passage import Passage, convention_of

LONG = 30
"""Rows from which on a table is counted, and only its nearest rows are shown."""
_NEAREST = 12
_MOST_BY_GROUP = 3
"""Columns of numbers that are added up by group."""
_MOST_ACROSS_GROUPS = 2
"""And where two groupings stand against each other."""
_POINT = re.compile(r"\d\.\d")


def tallies(sheet: Sheet, words: Words, asked: Asked, texts: Iterable[str] = ()) -> Iterator[Block]:
    """Say in figures what a long table holds: group by group, of the columns that tell most of what is asked.

    Args:
        sheet: the table.
        words: of the document's language.
        asked: of the section, and by the brief.
        texts: of the sources; a threshold of so much a visit says what is to be divided, where nobody asks for it.

    """
    if len(sheet.rows) <= LONG or sheet.pairs:
        return
    numbers = _numbers(sheet, words)
    open_columns = [c for c in sheet.columns if is_ambiguous(sheet.cells(c), _convention(sheet, words))]
    if open_columns:
        said = words.count("figures.ambiguous", len(open_columns), columns="”, “".join(open_columns))
        yield note(claim(said, "fixed"))
    if numbers:
        titles: list[str | tuple[str, Align]] = [words("figures.column")]
        titles += [(words(f"figures.{t}"), "right") for t in ("filled", "empty", "sum", "median", "least", "most")]
        rows = (_in_figures(sheet, column, words) for column in numbers)
        yield table(words("figures.in-figures", caption=sheet.caption), titles, rows)
    told = telling(numbers, asked, words.language, _MOST_BY_GROUP)
    divided = ratios(numbers, (*asked, *texts), words.language)
    yield from by_groups(sheet, _groupings(sheet, numbers, words, asked), told, words, divided)


def crossed(sheet: Sheet, words: Words, asked: Asked) -> Iterator[Block]:
    """Say of a long table what its groups come to against each other."""
    if len(sheet.rows) <= LONG or sheet.pairs:
        return
    numbers = _numbers(sheet, words)
    told = telling([n for n in numbers if n.summable], asked, words.language, _MOST_ACROSS_GROUPS)
    yield from across_groups(sheet, _groupings(sheet, numbers, words, asked), told, words, even=not asked.section)


def _groupings(sheet: Sheet, numbers: Sequence[Numbers], words: Words, asked: Asked) -> list[Grouping]:
    candidates = [*groupings(sheet, frozenset(column.title for column in numbers), words)]
    return narrowed(wanted(candidates, asked, words.language), candidates, asked, words)


def rows_of(sheet: Sheet, words: Words) -> Iterator[Block]:
    """Show a table's rows; of a long one, those nearest to the question."""
    titles = [words("figures.pair-name"), words("figures.pair-value")] if sheet.pairs else list(sheet.columns)
    if len(sheet.rows) <= LONG:
        yield table(sheet.caption, titles, (_cells(sheet, row) for row in sheet.rows))
        return
    nearest = sorted(sheet.rows, key=lambda row: sheet.ranks[row["address"]])[:_NEAREST]
    shown = [row for row in sheet.rows if row in nearest]
    ends = (place_in(row["address"], words) for row in (sheet.rows[0], sheet.rows[-1]))
    where = " \N{EN DASH} ".join(ends)
    source = sheet.reading["source"]
    said = words("figures.shown", n=len(shown), total=len(sheet.rows), source=source, where=where)
    yield note(claim(said, "fixed"))
    yield table(words("figures.nearest", caption=sheet.caption), titles, (_cells(sheet, row) for row in shown))


def values_of(sheet: Sheet, words: Words, asked: Asked) -> Iterator[tuple[str, Value]]:
    """Name what a long table comes to, for the sections that build on it: of the columns that tell most."""
    if len(sheet.rows) <= LONG or sheet.pairs:
        return
    source = sheet.reading["source"]
    rows = words("figures.how-rows", source=source, figure=len(sheet.rows))
    yield f"{sheet.caption}: rows", value(rows, figure=len(sheet.rows))
    for column in telling(_numbers(sheet, words), asked, words.language, _MOST_BY_GROUP):
        for what, found in _found(column):
            said = _how(sheet, column, what, found, words)
            yield f"{sheet.caption}: {column.title}, {what}", value(said, figure=float(found))


def _found(column: Numbers) -> Iterator[tuple[str, Decimal]]:
    if column.summable:
        yield "sum", column.total
    yield "median", column.middle
    yield "least", column.least[1]
    yield "most", column.most[1]


def _numbers(sheet: Sheet, words: Words) -> list[Numbers]:
    convention = _convention(sheet, words)
    return [found for c in sheet.columns if (found := numbers_in(c, sheet.cells(c), convention))]


def _convention(sheet: Sheet, words: Words) -> Convention:
    """Tell how the table writes numbers; where neither it nor its source does, a comma alone is taken for English."""
    columns = [sheet.cells(column) for column in sheet.columns]
    told = convention_of_table(columns, convention_of(sheet.reading))
    if (
        told.decimal_known
        or words.language != ENGLISH
        or any(_POINT.search(cell) for cells in columns for cell in cells)
    ):
        return told
    return replace(told, decimal=".", decimal_known=True)


def _in_figures(sheet: Sheet, column: Numbers, words: Words) -> list[Claim]:
    found = dict(_found(column))
    cells = [claim(text, "fixed") for text in (column.title, str(len(column.values)), str(column.empty))]
    for what in ("sum", "median"):
        how = _how(sheet, column, what, found[what], words) if what in found else ""
        cells.append(claim(column.shown(found[what]), "computed", how=how) if how else claim("", "fixed"))
    for row, _ in (column.least, column.most):
        passage = sheet.rows[row]
        stated = passage.get("fields", {})[column.title]
        cells.append(claim(stated, "source", cite(sheet.reading, passage, field=column.title)))
    return cells


def _how(sheet: Sheet, column: Numbers, what: str, found: Decimal, words: Words) -> str:
    return words(
        f"figures.how-{what}",
        n=len(column.values),
        column=column.title,
        source=sheet.reading["source"],
        figure=column.shown(found),
    )


def _cells(sheet: Sheet, row: Passage) -> list[Claim]:
    named = [claim(name, "source", cite(sheet.reading, row)) for name in row.get("fields", {}) if sheet.pairs]
    return [
        *named,
        *_stated(sheet, row),
    ]


def _stated(sheet: Sheet, row: Passage) -> list[Claim]:
    return [
        claim(cell, "source", cite(sheet.reading, row, field=column))
        if cell and not is_placeholder(cell)
        else claim("", "fixed")
        for column, cell in row.get("fields", {}).items()
    ]
