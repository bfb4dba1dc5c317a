"""Where in a display its expressions and the names of its fields stand. Pure."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from quire.nodes.records.shown import (
    ChartOf,
    Column,
    ColumnOf,
    ComparisonOf,
    FigureOf,
    FiguresOf,
    GroupsOf,
    Shown,
    TableOf,
    VariantsOf,
)

At: TypeAlias = tuple[str | int, ...]
"""Keys and numbers that lead to something in a display."""


def formulas_at(shown: Shown) -> Iterator[tuple[At, str]]:
    """Give every expression over the fields of its records that a display works out, with its place."""
    if shown.where:
        yield ("where",), shown.where
    if shown.latest:
        yield ("latest", "by"), shown.latest.by
        yield from ((("latest", "per", n), formula) for n, formula in enumerate(shown.latest.per))
    if isinstance(shown, TableOf | ComparisonOf | ChartOf):
        yield from ((("order", n), formula.removeprefix("-")) for n, formula in enumerate(shown.order))
    if isinstance(shown, FiguresOf | GroupsOf | VariantsOf):
        yield from _of_figures(shown.figures)
    if isinstance(shown, GroupsOf):
        yield ("by",), shown.by
    if isinstance(shown, ComparisonOf):
        yield from _of_comparison(shown)
    yield from (((*at, "value"), column.value) for at, column in columns_at(shown) if isinstance(column, ColumnOf))


def _of_figures(figures: Sequence[FigureOf]) -> Iterator[tuple[At, str]]:
    for number, figure in enumerate(figures):
        if figure.value:
            yield ("figures", number, "value"), figure.value
        if figure.where:
            yield ("figures", number, "where"), figure.where


def _of_comparison(shown: ComparisonOf) -> Iterator[tuple[At, str]]:
    yield ("required",), shown.required
    yield ("bound",), shown.bound
    if shown.binds:
        yield ("binds",), shown.binds
    yield from ((("states", number, "value"), state.value) for number, state in enumerate(shown.states))


def fields_at(shown: Shown) -> Iterator[tuple[At, str]]:
    """Give the fields that a display names other than in an expression, with their place."""
    yield from ((at, column) for at, column in columns_at(shown) if isinstance(column, str))
    if isinstance(shown, ComparisonOf):
        yield ("name",), shown.name
        if shown.place:
            yield ("place",), shown.place
    if isinstance(shown, VariantsOf):
        yield ("vary",), shown.vary


def columns_at(shown: Shown) -> Iterator[tuple[At, Column]]:
    """Give the columns of a table, or of the table that a chart is drawn from, with their place."""
    if isinstance(shown, TableOf):
        yield from ((("columns", number), column) for number, column in enumerate(shown.columns))
    if isinstance(shown, ChartOf):
        named = (("label", shown.label), ("series", shown.series), ("value", shown.value), ("until", shown.until))
        yield from (((name,), column) for name, column in named if column)


def columns_of(shown: Shown) -> list[Column]:
    """Give the columns of a table, or of the table that a chart is drawn from."""
    return [column for _, column in columns_at(shown)]


def formulas_of(shown: Shown) -> list[str]:
    """Give every expression over the fields of its records that a display works out."""
    return [formula for _, formula in formulas_at(shown)]


def fields_named(shown: Shown) -> list[str]:
    """Give the fields that a display names other than in an expression."""
    return [name for _, name in fields_at(shown)]
