"""How a blueprint has records shown, as data: tables, figures, groups, comparisons, variants, charts."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from quire.nodes.records.record_types import Declared, Label, Name

Formula: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""An expression over the fields of a record (``quire.nodes.records.expressions``)."""
Take: TypeAlias = Literal["count", "distinct", "sum", "mean", "median", "least", "most"]
Caption: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Whole: TypeAlias = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
MOST_TRIED = 1_000
"""Values that ``variants`` may try."""


class JoinOf(Declared):
    """Adds the fields of another record, found by its key, to each record: ``value`` of it becomes ``actual_value``."""

    of: Name
    """The type of the other record."""
    to: Name
    """What stands before the names of its fields."""
    match: Annotated[dict[Name, Name], Field(min_length=1, max_length=5)]
    """Fields that say the same in both: ``{own: its}``."""
    where: Formula | None = None
    """Which of the others, in their own fields."""
    latest: Formula | None = None
    """Of several others the one for which this comes to the most; without it they have to agree."""


class LatestOf(Declared):
    """Of the records that are alike, leaves the one for which something comes to the most."""

    by: Formula
    per: Annotated[list[Formula], Field(min_length=1, max_length=5)]
    """What they are alike in."""


class Selected(Declared):
    """Which records are shown."""

    of: Name
    """The type of the records."""
    join: list[JoinOf] = Field(default=[], max_length=5)
    where: Formula | None = None
    """Which of them; those of which it cannot be told are left out and counted."""
    latest: LatestOf | None = None


class ColumnOf(Declared):
    """A column that is worked out."""

    title: Label
    value: Formula


Column: TypeAlias = Name | ColumnOf
"""A field, or what is worked out."""


class TableOf(Selected):
    """A table with a row for each record."""

    kind: Literal["table"]
    title: Caption | None = None
    """Its caption; without one, the title of the type."""
    columns: list[Column] = Field(default=[], max_length=20)
    """Fields, and what is worked out of them; none: all fields."""
    order: list[Formula] = Field(default=[], max_length=5)
    """What rows are ordered by; behind a minus from the most to the least. Without it, as the sources have them."""
    otherwise: Caption | None = None
    """What is said where there is no such record."""
    totals: list[Label] = Field(default=[], max_length=20)
    """Columns, by field or title, that a last row sums up, over all records."""
    most: Annotated[int, Field(ge=1, le=2_000)] = 200
    """Rows that are shown at most; that there are more is said."""


class FigureOf(Declared):
    """A figure that records come to."""

    name: Name
    """Under which other sections may use it."""
    label: Label
    take: Take = "count"
    value: Formula | None = None
    """Of each record; a count has none."""
    where: Formula | None = None


class FiguresOf(Selected):
    """Figures, each beside its label."""

    kind: Literal["figures"]
    figures: Annotated[list[FigureOf], Field(min_length=1, max_length=40)]


class GroupsOf(Selected):
    """A table with a row for each group of records, the largest first."""

    kind: Literal["groups"]
    by: Formula
    title: Caption | None = None
    label: Label | None = None
    """Title of its first column; without one, the label of the field it is grouped by."""
    figures: Annotated[list[FigureOf], Field(min_length=1, max_length=10)]
    at_least: Annotated[int, Field(ge=1)] = 1
    """Groups of fewer records are left out."""
    otherwise: Caption | None = None
    """What is said where there is no such group."""


class ComparisonOf(Selected):
    """A row for each requirement: what it requires, what there is, whether that meets it, and how much is wanting."""

    kind: Literal["comparison"]
    title: Caption | None = None
    name: Name
    """The field that names a requirement."""
    required: Formula
    bound: Formula
    """Says of a requirement whether it is the ``minimum``, the ``maximum`` or ``exactly`` what there has to be."""
    binds: Formula | None = None
    """Whether it binds at all; where it does not, there is nothing to be met."""
    states: Annotated[list[ColumnOf], Field(min_length=1, max_length=4)]
    """What is held against it: what there is, what is planned."""
    place: Name | None = None
    """The field that says where the requirement stands."""
    order: list[Formula] = Field(default=[], max_length=5)
    otherwise: Caption | None = None
    most: Annotated[int, Field(ge=1, le=2_000)] = 200


class HoldsOf(Declared):
    """A condition on what is varied and on the figures that it leads to."""

    label: Label
    that: Formula


class VariantsOf(Selected):
    """For which values of a field some conditions hold: it takes one after the other, and all is worked out again."""

    kind: Literal["variants"]
    title: Caption | None = None
    vary: Name
    """The field, a number; it changes where it is stated."""
    start: Whole
    end: Whole
    step: Annotated[int, Field(ge=1)] = 1
    figures: list[FigureOf] = Field(default=[], max_length=10)
    """What the records come to with each value; conditions name them."""
    holds: Annotated[list[HoldsOf], Field(min_length=1, max_length=10)]


class ChartOf(Selected):
    """A drawing: bars, lines over a date or a number, or spans of time."""

    kind: Literal["chart"]
    form: Literal["bars", "lines", "timeline"]
    title: Caption | None = None
    label: Column
    """What a bar or a span is of; of lines, where a point lies: a date or a number."""
    value: Column | None = None
    """How long a bar is, how high a point lies, when a span begins. A count has none."""
    until: Column | None = None
    """When a span ends; without it, or where it is not stated, it is a moment."""
    take: Take | None = None
    """Puts the records of one label together; without it, each is drawn by itself."""
    series: Column | None = None
    """Which line a point belongs to, which colour a bar or a span has."""
    order: list[Formula] = Field(default=[], max_length=5)
    otherwise: Caption | None = None


Shown: TypeAlias = Annotated[
    TableOf | FiguresOf | GroupsOf | ComparisonOf | VariantsOf | ChartOf, Field(discriminator="kind")
]
"""One of the ways to show records."""
