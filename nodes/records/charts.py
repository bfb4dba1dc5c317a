"""Makes a chart of records: its table, each cell with its place, and what is drawn for each row. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from quire.nodes.computations.blocks import Align, table
from quire.nodes.evidence.content import Block, Chart, Claim, Mark
from quire.nodes.language.catalogue import Words
from quire.nodes.records.cells import Measure, cell, measured
from quire.nodes.records.desk import Desk, cut, left_out, nothing
from quire.nodes.records.expression_syntax import parsed
from quire.nodes.records.expressions import Result, evaluate
from quire.nodes.records.joining import Chosen
from quire.nodes.records.measures import Sorted, Valued, taken, valued
from quire.nodes.records.quantities import Moment, Quantity, Unfit, Value, in_unit_of, number_of, shown
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import ChartOf, Column, ColumnOf
from quire.nodes.records.shown_at import columns_of
from quire.nodes.records.tables import group_named
from quire.nodes.records.written import unit_written, written

MOST_MARKS: Final = {"bars": 40, "timeline": 40, "lines": 200}
"""What a reader can tell apart."""
_DATE_PARTS = 2
"""Hyphens in a date that leaves nothing open."""


class _Row(NamedTuple):
    """A row of a chart's table, and what it is drawn from."""

    records: list[Record]
    cells: list[Claim]
    label: Value
    values: list[Value]
    series: str


def show_chart(display: ChartOf, desk: Desk) -> Iterator[Block]:
    """Show a chart, and say what it leaves out."""
    found, words = desk.chosen(display, display.order), desk.words
    caption, most = display.title or found.kind.title, MOST_MARKS[display.form]
    rows, rest = _together(display, found, words) if display.take else _each(display, found, words)
    drawn = [(row, values) for row in rows if (values := _values(display, row, rows[0], rest)) is not None]
    if drawn:
        block = table(caption, list(_titles(display, found.kind, words)), [row.cells for row, _ in drawn[:most]])
        first = rows[0].values[0]
        unit = unit_written(first.unit, words) if isinstance(first, Quantity) else ""
        marks = [_mark(n, row, values, display) for n, (row, values) in enumerate(drawn[:most])]
        yield {**block, "kind": "chart", "chart": Chart(form=display.form, unit=unit, marks=marks)}
    else:
        yield nothing(display.otherwise, caption, words)
    yield from cut(most, len(drawn), words)
    yield from left_out(found.without(rest), words)


def _titles(display: ChartOf, kind: RecordType, words: Words) -> Iterator[str | tuple[str, Align]]:
    for column in columns_of(display):
        title = column.title if isinstance(column, ColumnOf) else kind.fields[column].called(column)
        yield (title, "right") if column in (display.value, display.until) else title
    if not display.value:
        yield words("records.number"), "right"


def _mark(number: int, row: _Row, values: list[str], display: ChartOf) -> Mark:
    mark = Mark(row=number, cell=2 if display.series else 1, values=values)
    if row.series:
        mark["series"] = row.series
    return mark


def _formula(column: Column) -> str:
    return column.value if isinstance(column, ColumnOf) else column


def _worked_out(column: Column | None, record: Record, kind: RecordType) -> Result:
    return evaluate(parsed(_formula(column)), record, kind.fields) if column else None


def _each(display: ChartOf, found: Chosen, words: Words) -> tuple[list[_Row], Sorted]:
    """Take each record by itself."""
    rows, rest = list[_Row](), Sorted([], [], [])
    for record in found.records:
        try:
            label, *values = (_worked_out(c, record, found.kind) for c in (display.label, display.value, display.until))
        except Unfit as fault:
            rest.unfit.append((record, str(fault)))
            continue
        stated = [value for value in values if value is not None]
        if label is None or values[0] is None:
            rest.not_stated.append(record)
            continue
        cells = [cell(record, column, found.kind, words) for column in columns_of(display)]
        rows.append(_Row([record], cells, label, stated, cells[1]["text"] if display.series else ""))
    return rows, rest


def _together(display: ChartOf, found: Chosen, words: Words) -> tuple[list[_Row], Sorted]:
    """Put the records of one label, and of one series, together."""
    kind, rows = found.kind, list[_Row]()
    counted = parsed(_formula(display.value or display.label))
    measure = Measure(display.take or "count", counted if display.value else None)
    groups, rest = _groups(display, found, words)
    for names, alike in groups.items():
        own = valued([one.record for one in alike], counted, kind)
        made = measured(measure, own, kind, words)
        if made["basis"] == "open":
            rest.not_stated.extend(one.record for one in alike)
            continue
        cells = [
            group_named(name, [one.record for one in alike], parsed(_formula(column)), kind)
            for name, column in zip(names, (display.label, display.series), strict=True)
            if column
        ]
        value = taken(measure.take, [one.value for one in own.told])
        rows.append(_Row([one.record for one in alike], [*cells, made], alike[0].value, [value], names[1]))
    return rows, rest


def _groups(display: ChartOf, found: Chosen, words: Words) -> tuple[dict[tuple[str, str], list[Valued]], Sorted]:
    """Part the records by what their label and their series are written as."""
    groups, rest = dict[tuple[str, str], list[Valued]](), Sorted([], [], [])
    for record in found.records:
        try:
            label, series = (_worked_out(column, record, found.kind) for column in (display.label, display.series))
        except Unfit as fault:
            rest.unfit.append((record, str(fault)))
            continue
        if label is None or (display.series and series is None):
            rest.not_stated.append(record)
        else:
            names = (written(label, words), written(series, words) if series is not None else "")
            groups.setdefault(names, []).append(Valued(record, label))
    return groups, rest


def _values(display: ChartOf, row: _Row, first: _Row, rest: Sorted) -> list[str] | None:
    """Give the numbers and moments that a row is drawn from; one that does not fit the first is left out and named."""
    try:
        if display.form == "timeline":
            return [_instant(value) for value in row.values]
        length = f"{in_unit_of(number_of(row.values[0]), number_of(first.values[0])).number:f}"
        if display.form == "bars":
            return [length]
        return [_place(row.label, first.label), length]
    except Unfit as fault:
        rest.unfit.extend((record, str(fault)) for record in row.records)
        return None


def _place(value: Value, first: Value) -> str:
    """Give where on its axis a point lies."""
    if isinstance(first, Quantity):
        return f"{in_unit_of(number_of(value), first).number:f}"
    return _instant(value)


def _instant(value: Value) -> str:
    """Give a moment as it is drawn: of a date that leaves its month or its day open, the beginning."""
    if not isinstance(value, Moment):
        raise Unfit(f"{shown(value)} is no date")
    day, time, clock = value.text.partition("T")
    whole = day + "-01" * (_DATE_PARTS - day.count("-"))
    try:
        date.fromisoformat(whole)
    except ValueError as error:
        raise Unfit(f"{value.text} does not say its year") from error
    return f"{whole}{time}{clock}"
