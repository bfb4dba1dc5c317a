"""Shows records as a blueprint declares: tables, figures and groups, each cell with what it rests on. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from quire.nodes.computations.blocks import Align, facts, note, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in
from quire.nodes.records.cells import Measure, cell, evidence_of, figure, how_worked_out, measured
from quire.nodes.records.expression_syntax import Expression, parsed
from quire.nodes.records.measures import Sorted, ordered_by, that_hold, valued
from quire.nodes.records.merging import merged
from quire.nodes.records.record import Extracted, FieldValue, Record, Refused
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.shown import ColumnOf, FiguresOf, GroupsOf, Shown, TableOf, formulas_of
from quire.nodes.records.written import written

_MOST_NAMED = 8
"""Places that are named where more stands."""


class Desk(NamedTuple):
    """What is shown from."""

    types: Mapping[str, RecordType]
    records: Sequence[Record]
    refused: Sequence[Refused]
    words: Words

    def of(self, kind: str) -> list[Record]:
        """Give the records of a type."""
        return [record for record in self.records if record["type"] == kind]


def show(
    displays: Sequence[Shown], types: Mapping[str, RecordType], extracted: Extracted, words: Words
) -> SectionContent:
    """Show records.

    Args:
        displays: what is shown, in its order.
        types: the types of records, by name.
        extracted: what was read of the sources.
        words: the fixed words of the document.

    """
    desk = Desk(types, merged(extracted["records"], types), extracted["refused"], words)
    blocks: list[Block] = []
    values: dict[str, Value] = {}
    for display in displays:
        if isinstance(display, TableOf):
            blocks += _table(display, desk)
        elif isinstance(display, GroupsOf):
            blocks += _groups(display, desk, values)
        else:
            blocks += _figures(display, desk, values)
    for kind in dict.fromkeys(display.of for display in displays):
        used = {name for display in displays if display.of == kind for name in fields_of(display, types[kind])}
        blocks += _remarks(kind, used, desk)
    return section(blocks, values)


_DISPLAYS: TypeAdapter[list[Shown]] = TypeAdapter(list[Shown])


def show_records(displays: Sequence[Mapping[str, Any]], materials: Materials) -> SectionContent:
    """Show records of a section's sources as its blueprint declares, in plain JSON."""
    return show(_DISPLAYS.validate_python(displays), materials.record_types, materials.records, materials.words)


def _table(display: TableOf, desk: Desk) -> Iterator[Block]:
    kind = desk.types[display.of]
    found = that_hold(desk.of(display.of), _condition(display.where), kind)
    records = ordered_by([one.record for one in found.told], display.order, kind)
    caption = display.title or kind.title
    if not records:
        yield from _nothing(display, caption, desk.words)
        yield from _left_out(found, desk.words)
        return
    columns = display.columns or list(kind.fields)
    rows = [[cell(record, column, kind, desk.words) for column in columns] for record in records]
    if display.totals:
        rows.append(_totals(display, columns, records, desk))
    yield table(caption, [_titled(column, records, kind) for column in columns], rows)
    yield from _left_out(found, desk.words)


def _titled(column: str | ColumnOf, records: Sequence[Record], kind: RecordType) -> tuple[str, Align]:
    if isinstance(column, ColumnOf):
        fields = [kind.fields[name] for name in parsed(column.value).names]
        return column.title, "right" if any(field.type in ("number", "date") for field in fields) else "left"
    spec, stated = kind.fields[column], [v for r in records if (v := r["fields"].get(column)) and v["value"]]
    return _with_unit(spec.called(column), spec, stated), "right" if spec.type == "number" else "left"


def _with_unit(title: str, spec: FieldSpec, stated: Sequence[FieldValue]) -> str:
    """Say the unit in a column's title where its cells leave it to theirs."""
    units = {value["unit"] for value in stated}
    unit = next(iter(units)) if spec.type == "number" and len(units) == 1 else ""
    digits = all(value["text"][:1].isdigit() and value["text"][-1:].isdigit() for value in stated)
    return f"{title} ({unit})" if unit and digits else title


def _totals(display: TableOf, columns: Sequence[str | ColumnOf], records: Sequence[Record], desk: Desk) -> list[Claim]:
    kind, words = desk.types[display.of], desk.words
    cells = [claim("", "fixed") for _ in columns]
    for place, column in enumerate(columns):
        name, formula = (column.title, column.value) if isinstance(column, ColumnOf) else (column, column)
        if name in display.totals:
            summed = parsed(formula)
            measure = Measure("sum", summed, with_unit=formula not in kind.fields)
            cells[place] = measured(measure, valued(records, summed, kind), kind, words)
    if cells[0]["basis"] == "fixed":
        cells[0] = claim(words("records.total"), "fixed")
    return cells


def _figures(display: FiguresOf, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    rows = []
    for asked in display.figures:
        made = figure(asked, desk.of(display.of), desk.types[display.of], desk.words)
        rows.append([claim(asked.label, "fixed"), made])
        _name(asked.name, made, values)
    yield facts(rows)


def _name(name: str, made: Claim, values: dict[str, Value]) -> None:
    """Give a figure a name, so that the section's words and other sections may use it."""
    if made["basis"] == "computed":
        values[name] = Value(value=made["text"], unit="", text=made["text"], evidence=made["evidence"])


def _groups(display: GroupsOf, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    kind, words = desk.types[display.of], desk.words
    held = that_hold(desk.of(display.of), _condition(display.where), kind)
    found = valued([one.record for one in held.told], parsed(display.by), kind)
    groups: dict[str, list[Record]] = {}
    for one in found.told:
        groups.setdefault(written(one.value, words), []).append(one.record)
    caption = display.title or kind.title
    groups = {name: records for name, records in groups.items() if len(records) >= display.at_least}
    if not groups:
        yield from _nothing(display, caption, words)
        return
    rows = [
        [
            _group_named(name, records, parsed(display.by), kind),
            *(figure(f, records, kind, words) for f in display.figures),
        ]
        for name, records in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    ]
    for name, *made in rows:
        for asked, shown in zip(display.figures, made, strict=True):
            _name(f"{caption}: {name['text']}, {asked.label}", shown, values)
    spec = kind.fields.get(display.by)
    first = display.label or (spec.called(display.by) if spec else display.by)
    titles: list[str | tuple[str, Align]] = [first, *((asked.label, "right") for asked in display.figures)]
    yield table(caption, titles, rows)
    yield from _left_out(Sorted([], held.not_stated + found.not_stated, held.unfit + found.unfit), words)


def _group_named(name: str, records: Sequence[Record], by: Expression, kind: RecordType) -> Claim:
    field = records[0]["fields"].get(by.text)
    if field is not None:
        return claim(field["text"], "source", field["evidence"])
    return claim(name, "computed", *evidence_of(records[:1], by), how=how_worked_out(records[0], by, name, kind))


def _nothing(display: TableOf | GroupsOf, caption: str, words: Words) -> Iterator[Block]:
    if display.otherwise:
        yield note(claim(display.otherwise, "fixed"))
    else:
        yield note(claim(words("records.none", title=caption), "open"))


def _left_out(found: Sorted, words: Words) -> Iterator[Block]:
    """Say of how many records it could not be told whether they belong."""
    if found.not_stated:
        named = _few([f"{r['source']}, {place_in(r['address'], words)}" for r in found.not_stated], words)
        yield note(claim(words.count("records.cannot-be-told", len(found.not_stated), named=named), "fixed"))
    if found.unfit:
        yield note(claim(words.count("records.do-not-fit", len(found.unfit), why=found.unfit[0][1]), "fixed"))


def _remarks(kind: str, used: Collection[str], desk: Desk) -> Iterator[Block]:
    """Say of the fields that are shown or computed with what could not be read, and what is stated in two ways."""
    words, spec = desk.words, desk.types[kind]
    refused = [one for one in desk.refused if one["type"] == kind and (one["field"] in used or not one["field"])]
    if refused:
        named = _few(
            [
                words(
                    f"records.refused.{one['reason']}",
                    field=spec.fields[one["field"]].called(one["field"]) if one["field"] else spec.title,
                    text=one["text"],
                    where=f"{one['source']}, {place_in(one['address'], words)}",
                )
                for one in refused
            ],
            words,
        )
        yield note(claim(words.count("records.not-read", len(refused), named=named), "fixed"), level="warning")
    for record in desk.of(kind):
        for name, value in record["fields"].items():
            if name in used and value.get("otherwise"):
                yield note(_differing(record, name, value, desk), level="warning")


def _differing(record: Record, name: str, value: FieldValue, desk: Desk) -> Claim:
    kind, every = desk.types[record["type"]], [value, *value["otherwise"]]
    keys = ", ".join(record["fields"][key]["text"] for key in kind.keys)
    said = "; ".join(f"{one['text']} ({one['evidence']['source']})" for one in every)
    text = desk.words("records.differ", field=kind.fields[name].called(name), thing=keys or kind.title, said=said)
    return claim(text, "source", *(one["evidence"] for one in every))


def fields_of(display: Shown, kind: RecordType) -> set[str]:
    """Give the fields that a display shows or computes with."""
    worked_with = {name for formula in formulas_of(display) for name in parsed(formula).names}
    if not isinstance(display, TableOf):
        return worked_with
    columns = display.columns or list(kind.fields)
    return worked_with | {column for column in columns if isinstance(column, str)}


def _condition(formula: str | None) -> Expression | None:
    return parsed(formula) if formula else None


def _few(named: Sequence[str], words: Words) -> str:
    rest = len(named) - _MOST_NAMED
    more = [words.count("records.and-more", rest)] if rest > 0 else []
    return "; ".join([*named[:_MOST_NAMED], *more])
