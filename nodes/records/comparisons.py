"""Holds what there is against what is required: whether it meets it, and by how much it falls short. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.nodes.computations.blocks import table
from quire.nodes.evidence.content import Block, Claim, Evidence, Value, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.records.cells import cell, evidence_of, how_worked_out
from quire.nodes.records.desk import Desk, cut, left_out, named, nothing
from quire.nodes.records.expression_syntax import Expression, parsed
from quire.nodes.records.expressions import Result, evaluate
from quire.nodes.records.quantities import Quantity, Unfit, added, compared
from quire.nodes.records.quantities import Value as Worked
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import ColumnOf, ComparisonOf
from quire.nodes.records.written import written

Status: TypeAlias = Literal["met", "not-met", "open", "not-binding"]
_SIGNS: Final = {"minimum": "\N{GREATER-THAN OR EQUAL TO}", "maximum": "\N{LESS-THAN OR EQUAL TO}", "exactly": "="}
"""What is true of what meets a bound."""


class Held(NamedTuple):
    """What came of holding a value against a requirement."""

    status: Status
    off: Quantity | None = None
    """What there is, less what is required, where both are numbers or dates."""
    why: str = ""
    """Why it is open, if something does not fit."""


def held_against(actual: Result, bound: Result, required: Result) -> Held:
    """Hold a value against a requirement; what is not stated leaves it open.

    Args:
        actual: what there is.
        bound: ``minimum``, ``maximum`` or ``exactly``; anything else leaves it open.
        required: what has to be.

    """
    if actual is None or required is None or not isinstance(bound, str) or bound.casefold() not in _SIGNS:
        return Held("open")
    try:
        order = compared(actual, required)
    except Unfit as fault:
        return Held("open", why=str(fault))
    meets = {"minimum": order >= 0, "maximum": order <= 0, "exactly": order == 0}[bound.casefold()]
    return Held("met" if meets else "not-met", _off(actual, required))


def _off(actual: Worked, required: Worked) -> Quantity | None:
    try:
        off = added(actual, required, -1)
    except Unfit:
        return None
    return off if isinstance(off, Quantity) else None


class _Row(NamedTuple):
    record: Record
    kind: RecordType
    display: ComparisonOf
    words: Words

    def result(self, formula: str) -> tuple[Result, str]:
        """Work out; a value that does not fit is none, for a reason."""
        try:
            return evaluate(parsed(formula), self.record, self.kind.fields), ""
        except Unfit as fault:
            return None, str(fault)

    def shown(self, column: ColumnOf) -> Claim:
        """Show what an expression comes to; a field alone as its source writes it."""
        return cell(self.record, column.value if column.value in self.kind.fields else column, self.kind, self.words)


def show_comparison(display: ComparisonOf, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    """Show a row for each requirement; how many are met, and how many are not, are values by name."""
    found, words = desk.chosen(display, display.order), desk.words
    caption = display.title or found.kind.title
    if not found.records:
        yield nothing(display.otherwise, caption, words)
        yield from left_out(found, words)
        return
    made = [_row(_Row(record, found.kind, display, words)) for record in found.records]
    _count(caption, made, words, values)
    titles = [
        found.kind.fields[display.name].called(display.name),
        words("records.required"),
        *(state.title for state in display.states),
        words("records.status.title"),
        *([found.kind.fields[display.place].called(display.place)] if display.place else []),
    ]
    yield table(caption, titles, [cells for _, cells in made[: display.most]])
    yield from cut(display.most, len(found.records), words)
    yield from left_out(found, words)


def _row(row: _Row) -> tuple[Status, list[Claim]]:
    display = row.display
    required, _ = row.result(display.required)
    bound, _ = row.result(display.bound)
    held = [_held(row, state, bound, required) for state in display.states]
    cells = [
        cell(row.record, display.name, row.kind, row.words),
        _required(row, bound, required),
        *(row.shown(state) for state in display.states),
        _status(row, held, required),
        *([cell(row.record, display.place, row.kind, row.words)] if display.place else []),
    ]
    return held[-1].status, cells


def _held(row: _Row, state: ColumnOf, bound: Result, required: Result) -> Held:
    binds, _ = row.result(row.display.binds) if row.display.binds else (True, "")
    if binds is False:
        return Held("not-binding")
    actual, why = row.result(state.value)
    return Held("open", why=why) if why or binds is None else held_against(actual, bound, required)


def _required(row: _Row, bound: Result, required: Result) -> Claim:
    formula, words = parsed(row.display.required), row.words
    made = row.shown(ColumnOf(title=row.display.kind, value=row.display.required))
    if required is None or not isinstance(bound, str) or bound.casefold() not in _SIGNS:
        return made
    bounding = evidence_of([row.record], parsed(row.display.bound))
    text = words(f"records.bound.{bound.casefold()}", value=made["text"])
    if formula.text in row.kind.fields:
        return claim(text, "source", *_each_once([*made["evidence"], *bounding]))
    how = how_worked_out(row.record, formula, made["text"], row.kind)
    return claim(text, "computed", *_each_once([*made["evidence"], *bounding]), how=how)


def _status(row: _Row, held: Sequence[Held], required: Result) -> Claim:
    """Say what came of the last state, and of the others where that is something else."""
    words, last = row.words, held[-1]
    said = [_said(one, words) for one in held]
    status = words(f"records.status.{last.status}")
    text = said[-1]
    if len({one.status for one in held}) > 1:
        states = zip(row.display.states, held, said, strict=True)
        text = "; ".join(
            f"{state.title}: {_first(words(f'records.status.{one.status}'))}{f', {more}' if more else ''}"
            for state, one, more in states
        )
    if all(one.status in ("open", "not-binding") for one in held):
        basis = evidence_of([row.record], parsed(row.display.binds)) if row.display.binds else []
        return claim(text, "source" if basis else "fixed", *basis, status=status)
    how = "; ".join(
        _how(row, state, one, required) for state, one in zip(row.display.states, held, strict=True) if one.off
    )
    return claim(text, "computed", *_grounds(row), how=how or text or status, status=status)


def _grounds(row: _Row) -> list[Evidence]:
    display = row.display
    formulas: list[Expression] = [parsed(f) for f in (display.required, *(state.value for state in display.states))]
    return _each_once([e for formula in formulas if formula.names for e in evidence_of([row.record], formula)])


def _how(row: _Row, state: ColumnOf, held: Held, required: Result) -> str:
    """Take the smaller from the larger: ``Existing: 8 feet - 4.2 feet = 3.8 feet``."""
    actual, _ = row.result(state.value)
    if held.off is None or actual is None or required is None:
        return state.title
    sides = [actual, required] if held.off.number >= 0 else [required, actual]
    larger, smaller = (written(side, row.words) for side in sides)
    return f"{state.title}: {larger} - {smaller} = {written(_size(held.off), row.words)}"


def _size(off: Quantity) -> Quantity:
    return off._replace(number=abs(off.number))


def _said(held: Held, words: Words) -> str:
    if held.status == "not-met" and held.off:
        return words("records.short" if held.off.number < 0 else "records.over", by=written(_size(held.off), words))
    return held.why


def _count(caption: str, made: Sequence[tuple[Status, list[Claim]]], words: Words, values: dict[str, Value]) -> None:
    for status in ("met", "not-met", "open"):
        alike = [cells for one, cells in made if one == status]
        evidence = _each_once([e for cells in alike for e in cells[1]["evidence"][:1]])
        label = f"{caption}: {_first(words(f'records.status.{status}'))}"
        how = words("records.how-count", n=len(alike), of=caption, figure=len(alike))
        named(f"{caption}: {status}", label, claim(str(len(alike)), "computed", *evidence, how=how), values)


def _first(status: str) -> str:
    return status[:1].lower() + status[1:]


def _each_once(evidence: Sequence[Evidence]) -> list[Evidence]:
    return list({(e["source"], e["address"], e["quote"]): e for e in evidence}.values())
