"""How a blueprint has records shown: tables, figures and groups, as data."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from quire.nodes.records.record_types import Declared, Label, Name

Formula: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""An expression over the fields of a record (``quire.nodes.records.expressions``)."""
Take: TypeAlias = Literal["count", "sum", "mean", "median", "least", "most"]
Caption: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class ColumnOf(Declared):
    """A column that is worked out."""

    title: Label
    value: Formula


class TableOf(Declared):
    """A table with a row for each record."""

    kind: Literal["table"]
    of: Name
    """The type of its records."""
    title: Caption | None = None
    """Its caption; without one, the title of the type."""
    columns: list[Name | ColumnOf] = Field(default=[], max_length=20)
    """Fields, and what is worked out of them; none: all fields."""
    where: Formula | None = None
    """Which records; those of which it cannot be told are left out and counted."""
    order: list[Formula] = Field(default=[], max_length=5)
    """What rows are ordered by; behind a minus from the most to the least. Without it, as the sources have them."""
    otherwise: Caption | None = None
    """What is said where there is no such record."""
    totals: list[Label] = Field(default=[], max_length=20)
    """Columns, by field or title, that a last row sums up."""


class FigureOf(Declared):
    """A figure that records come to."""

    name: Name
    """Under which other sections may use it."""
    label: Label
    take: Take = "count"
    value: Formula | None = None
    """Of each record; a count has none."""
    where: Formula | None = None


class FiguresOf(Declared):
    """Figures, each beside its label."""

    kind: Literal["figures"]
    of: Name
    figures: Annotated[list[FigureOf], Field(min_length=1, max_length=40)]


class GroupsOf(Declared):
    """A table with a row for each group of records, the largest first."""

    kind: Literal["groups"]
    of: Name
    by: Formula
    title: Caption | None = None
    label: Label | None = None
    """Title of its first column; without one, the label of the field it is grouped by."""
    figures: Annotated[list[FigureOf], Field(min_length=1, max_length=10)]
    where: Formula | None = None
    at_least: Annotated[int, Field(ge=1)] = 1
    """Groups of fewer records are left out."""
    otherwise: Caption | None = None
    """What is said where there is no such group."""


Shown: TypeAlias = Annotated[TableOf | FiguresOf | GroupsOf, Field(discriminator="kind")]
"""One of the ways to show records."""


def formulas_of(shown: Shown) -> list[str]:
    """Give every expression that a display works out."""
    if isinstance(shown, TableOf):
        columns = [column.value for column in shown.columns if isinstance(column, ColumnOf)]
        return [*columns, *(formula.removeprefix("-") for formula in shown.order), *_given(shown.where)]
    measured = [formula for figure in shown.figures for formula in (figure.value, figure.where)]
    grouped = [shown.by, shown.where] if isinstance(shown, GroupsOf) else []
    return _given(*grouped, *measured)


def _given(*formulas: str | None) -> list[str]:
    return [formula for formula in formulas if formula]
