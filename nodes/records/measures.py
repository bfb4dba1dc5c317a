"""What several records come to: how many, their sum, mean, median and extremes. Pure."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import cmp_to_key
from itertools import compress
from statistics import median
from typing import NamedTuple

from quire.nodes.records.expression_syntax import Expression, parsed
from quire.nodes.records.expressions import evaluate
from quire.nodes.records.quantities import Quantity, Unfit, Value, compared, in_unit_of, number_of, shown
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import Take

_DIGITS = 40


class Valued(NamedTuple):
    """A record and what an expression comes to for it."""

    record: Record
    value: Value


class Sorted(NamedTuple):
    """Records by what an expression comes to for them."""

    told: list[Valued]
    not_stated: list[Record]
    """Those of which a field that it needs is not stated."""
    unfit: list[tuple[Record, str]]
    """Those whose values cannot be worked with together, and why."""


def valued(records: Sequence[Record], expression: Expression, kind: RecordType) -> Sorted:
    """Work an expression out for each record."""
    result = Sorted([], [], [])
    for record in records:
        try:
            value = evaluate(expression, record, kind.fields)
        except Unfit as fault:
            result.unfit.append((record, str(fault)))
            continue
        if value is None:
            result.not_stated.append(record)
        else:
            result.told.append(Valued(record, value))
    return result


def that_hold(records: Sequence[Record], condition: Expression | None, kind: RecordType) -> Sorted:
    """Give the records for which a condition holds; without one, all."""
    if condition is None:
        return Sorted([Valued(record, value=True) for record in records], [], [])
    found = valued(records, condition, kind)
    return found._replace(told=[one for one in found.told if one.value is True])


def taken(take: Take, values: Sequence[Value]) -> Value:
    """Give what some values come to.

    Raises:
        Unfit: they are not of one kind, or in units of several measures, or there is none.

    """
    if take == "count":
        return Quantity(Decimal(len(values)))
    if take == "distinct":
        return Quantity(Decimal(len(set(map(spelled, values)))))
    if not values:
        raise Unfit("there is nothing to be counted together")
    if take in ("least", "most"):
        ordered = sorted(values, key=cmp_to_key(compared))
        return ordered[0 if take == "least" else -1]
    first = number_of(values[0])
    numbers = [in_unit_of(number_of(value), first).number for value in values]
    with localcontext() as context:
        context.prec = _DIGITS
        total = sum(numbers, Decimal(0))
        result = {"sum": total, "mean": total / len(numbers), "median": median(numbers)}[take]
    return Quantity(Decimal(result), first.unit)


def spelled(value: Value) -> str:
    """Spell a value so that it is told from others, whatever its case."""
    return shown(value).casefold()


def ordered_by(records: Sequence[Record], formulas: Sequence[str], kind: RecordType) -> list[Record]:
    """Order records, the first formula counting most; behind a minus from the most to the least.

    What is not stated, or does not fit the first of them, comes last, in the order in which it was.
    """
    ordered = list(records)
    for formula in reversed(formulas):
        falling = formula.startswith("-")
        found = valued(ordered, parsed(formula.removeprefix("-")), kind)
        fits = [_fits(one, found.told[0]) for one in found.told]
        told = sorted(compress(found.told, fits), key=cmp_to_key(_by_value), reverse=falling)
        apart = [one.record for one, fit in zip(found.told, fits, strict=True) if not fit]
        unfit = [record for record, _ in found.unfit]
        ordered = [*(one.record for one in told), *apart, *found.not_stated, *unfit]
    return ordered


def _by_value(one: Valued, other: Valued) -> int:
    try:
        return compared(one.value, other.value)
    except Unfit:  # a number that the expression spells out fits either of them
        return 0


def _fits(one: Valued, other: Valued) -> bool:
    """Whether two values can be compared: amounts of two currencies cannot."""
    try:
        compared(one.value, other.value)
    except Unfit:
        return False
    return True
