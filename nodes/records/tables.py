"""Shows records in tables, as figures beside their labels, and in groups. Pure."""

from collections.abc import Iterator, Sequence

from quire.nodes.computations.blocks import Align, facts, table
from quire.nodes.evidence.content import Block, Claim, Value, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.records.cells import Measure, cell, evidence_of, figure, how_worked_out, measured
from quire.nodes.records.desk import Desk, cut, left_out, named, nothing
from quire.nodes.records.expression_syntax import Expression, parsed
from quire.nodes.records.joining import Chosen
from quire.nodes.records.measures import valued
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.shown import ColumnOf, FiguresOf, GroupsOf, TableOf
from quire.nodes.records.written import unit_written, written


def show_table(display: TableOf, desk: Desk) -> Iterator[Block]:
    """Show a row for each record."""
    found = desk.chosen(display, display.order)
    kind, records = found.kind, found.records
    caption = display.title or kind.title
    if not records:
        yield nothing(display.otherwise, caption, desk.words)
        yield from left_out(found, desk.words)
        return
    columns = display.columns or list(kind.fields)
    rows = [[cell(record, column, kind, desk.words) for column in columns] for record in records[: display.most]]
    if display.totals:
        rows.append(_totals(display, columns, found, desk))
    yield table(caption, [_titled(column, records, kind, desk.words) for column in columns], rows)
    yield from cut(display.most, len(records), desk.words)
    yield from left_out(found, desk.words)


def _titled(column: str | ColumnOf, records: Sequence[Record], kind: RecordType, words: Words) -> tuple[str, Align]:
    if isinstance(column, ColumnOf):
        fields = [kind.fields[name] for name in parsed(column.value).names]
        return column.title, "right" if any(field.type in ("number", "date") for field in fields) else "left"
    spec, stated = kind.fields[column], [v for r in records if (v := r["fields"].get(column)) and v["value"]]
    return _with_unit(spec.called(column), spec, stated, words), "right" if spec.type == "number" else "left"


def _with_unit(title: str, spec: FieldSpec, stated: Sequence[FieldValue], words: Words) -> str:
    """Say the unit in a column's title where its cells leave it to theirs."""
    units = {value["unit"] for value in stated}
    unit = next(iter(units)) if spec.type == "number" and len(units) == 1 else ""
    return f"{title} ({unit_written(unit, words)})" if unit and _are_bare(stated) else title


def _are_bare(stated: Sequence[FieldValue]) -> bool:
    """Whether values bear no unit where they stand."""
    return all(value["text"][:1].isdigit() and value["text"][-1:].isdigit() for value in stated)


def _totals(display: TableOf, columns: Sequence[str | ColumnOf], found: Chosen, desk: Desk) -> list[Claim]:
    kind, words = found.kind, desk.words
    cells = [claim("", "fixed") for _ in columns]
    for place, column in enumerate(columns):
        name, formula = (column.title, column.value) if isinstance(column, ColumnOf) else (column, column)
        if name in display.totals:
            summed = parsed(formula)
            stated = [v for r in found.records if (v := r["fields"].get(formula)) and v["value"]]
            measure = Measure("sum", summed, with_unit=not stated or not _are_bare(stated))
            cells[place] = measured(measure, valued(found.records, summed, kind), kind, words)
    if cells[0]["basis"] == "fixed":
        cells[0] = claim(words("records.total"), "fixed")
    return cells


def show_figures(display: FiguresOf, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    """Show what records come to, each figure beside its label."""
    found, rows = desk.chosen(display), []
    for asked in display.figures:
        made = figure(asked, found.records, found.kind, desk.words)
        rows.append([claim(asked.label, "fixed"), made])
        named(asked.name, asked.label, made, values)
    yield facts(rows)
    yield from left_out(found, desk.words)


def show_groups(display: GroupsOf, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    """Show a row for each group of records."""
    words, held = desk.words, desk.chosen(display)
    kind = held.kind
    found = valued(held.records, parsed(display.by), kind)
    groups: dict[str, list[Record]] = {}
    for one in found.told:
        groups.setdefault(written(one.value, words), []).append(one.record)
    caption = display.title or kind.title
    groups = {name: records for name, records in groups.items() if len(records) >= display.at_least}
    if not groups:
        yield nothing(display.otherwise, caption, words)
        return
    rows = [
        [
            group_named(name, records, parsed(display.by), kind),
            *(figure(f, records, kind, words) for f in display.figures),
        ]
        for name, records in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    ]
    for name, *made in rows:
        for asked, shown in zip(display.figures, made, strict=True):
            label = f"{caption}: {name['text']}, {asked.label}"
            named(label, label, shown, values)
    spec = kind.fields.get(display.by)
    first = display.label or (spec.called(display.by) if spec else display.by)
    titles: list[str | tuple[str, Align]] = [first, *((asked.label, "right") for asked in display.figures)]
    yield table(caption, titles, rows)
    yield from left_out(held.without(found), words)


def group_named(name: str, records: Sequence[Record], by: Expression, kind: RecordType) -> Claim:
    """Name a group by what its records state, or by what is worked out of the first."""
    field = records[0]["fields"].get(by.text)
    if field is not None:
        return claim(field["text"], "source", field["evidence"])
    return claim(name, "computed", *evidence_of(records[:1], by), how=how_worked_out(records[0], by, name, kind))
