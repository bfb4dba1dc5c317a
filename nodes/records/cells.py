"""Claims that records make: a field as stated, and what one record or several of them come to. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.evidence.content import Claim, Evidence, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.records.expression_syntax import Expression, parsed
from quire.nodes.records.expressions import evaluate
from quire.nodes.records.measures import Sorted, Valued, taken, that_hold, valued
from quire.nodes.records.quantities import Moment, Quantity, Unfit, Value
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import ColumnOf, FigureOf, Take
from quire.nodes.records.written import bare, stated, written

_MOST_EVIDENCE = 6
"""Places that one figure is shown with."""


def cell(record: Record, column: str | ColumnOf, kind: RecordType, words: Words) -> Claim:
    """Show a field of a record as its source writes it, or what is worked out of several."""
    if isinstance(column, ColumnOf) and column.value not in kind.fields:
        return _worked_out(record, parsed(column.value), kind, words)
    name = column.value if isinstance(column, ColumnOf) else column
    value = record["fields"].get(name)
    if value is None:
        return claim(words("records.not-stated"), "fixed")
    every = [value, *value.get("otherwise", [])]
    shown = [stated(one["text"], words) if kind.fields[name].type == "number" else one["text"] for one in every]
    return claim(" / ".join(shown), "source", *(one["evidence"] for one in every))


def _worked_out(record: Record, expression: Expression, kind: RecordType, words: Words) -> Claim:
    try:
        value = evaluate(expression, record, kind.fields)
    except Unfit as fault:
        return claim(words("records.unfit"), "open", how=str(fault))
    if value is None:
        return claim(words("records.not-stated"), "fixed")
    shown = written(value, words, unit_chosen=expression.chooses_unit)
    return claim(
        shown, "computed", *evidence_of([record], expression), how=how_worked_out(record, expression, shown, kind)
    )


def how_worked_out(record: Record, expression: Expression, shown: str, kind: RecordType) -> str:
    """Write an expression with the names of its fields and what they state: ``Recovered (11:40) - Began (11:25)``."""

    def stated(name: str) -> str:
        value = record["fields"].get(name)
        return f"{kind.fields[name].called(name)} ({value['text']})" if value else kind.fields[name].called(name)

    return f"{expression.said(stated)} = {shown}"


class Measure(NamedTuple):
    """What is taken of several records."""

    take: Take
    of: Expression | None = None
    where: Expression | None = None
    with_unit: bool = True
    """Whether it is written with its unit, which otherwise stands in its column's title."""


def figure(asked: FigureOf, records: Sequence[Record], kind: RecordType, words: Words) -> Claim:
    """Show what some records come to."""
    measure = Measure(
        asked.take, parsed(asked.value) if asked.value else None, parsed(asked.where) if asked.where else None
    )
    found = that_hold(records, measure.where, kind)
    if measure.of is not None:
        found = valued([one.record for one in found.told], measure.of, kind)
    return measured(measure, found, kind, words)


def _shown(value: Value, measure: Measure, words: Words) -> str:
    if isinstance(value, Quantity) and not measure.with_unit:
        return bare(value, words)
    return written(value, words, unit_chosen=bool(measure.of and measure.of.chooses_unit))


def _as_stated(deciding: Sequence[Record], measure: Measure, value: Value) -> str:
    """Give the first or last date as its source writes it, as the columns of a table do; empty of anything else."""
    if not (isinstance(value, Moment) and measure.of and deciding):
        return ""
    field = deciding[0]["fields"].get(measure.of.text)
    return field["text"] if field else ""


def measured(measure: Measure, found: Sorted, kind: RecordType, words: Words) -> Claim:
    """Say what values come to, of how many, and of how many it could not be told."""
    records, counted = [one.record for one in found.told], measure.take == "count"
    try:
        if found.unfit and not counted:
            return claim(words("records.not-computed"), "open", how=found.unfit[0][1])
        value: Value = taken(measure.take, [one.value for one in found.told])
    except Unfit as fault:
        return claim(words("records.not-computed"), "open", how=str(fault))
    deciding = _deciding(measure.take, found.told, value)
    shown = _as_stated(deciding, measure, value) or _shown(value, measure, words)
    how = words(
        f"records.how-{measure.take}",
        n=len(records),
        of=kind.title,
        what=measure.of.said(lambda name: kind.fields[name].called(name)) if measure.of else "",
        figure=shown,
    )
    if measure.where:
        how = f"{how}; {words('records.how-where', where=measure.where.said(lambda n: kind.fields[n].called(n)))}"
    if found.not_stated:
        how = f"{how}; {words.count('records.how-not-stated', len(found.not_stated))}"
    evidence = evidence_of(deciding, measure.of or measure.where)
    if len(evidence) > _MOST_EVIDENCE:
        how = f"{how}; {words('records.how-places', n=_MOST_EVIDENCE, total=len(evidence))}"
    return claim(shown, "computed", *evidence[:_MOST_EVIDENCE], how=how)


def _deciding(take: Take, told: Sequence[Valued], value: Value) -> list[Record]:
    """Give the records that a figure rests on: of a least or most those that have it, else all."""
    return [one.record for one in told if take not in ("least", "most") or one.value == value]


def evidence_of(records: Sequence[Record], expression: Expression | None) -> list[Evidence]:
    """Give the places that a figure rests on: the fields that it is worked out of, else the first of each record."""
    found: list[Evidence] = []
    for record in records:
        fields = record["fields"]
        named = [fields[name] for name in expression.names if name in fields] if expression else []
        found += [value["evidence"] for value in named or list(fields.values())[:1]]
    return found
