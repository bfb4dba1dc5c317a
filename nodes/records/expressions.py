"""Works expressions over the fields of a record out: ``recovered - began``, ``round(cost / seats, 2)``. Pure.

A field that is not stated makes what is built on it not stated: nothing is assumed of it.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any, Final, TypeAlias, cast

from quire.nodes.records.expression_syntax import CHOOSING, DURATIONS, MOMENTS, ROUNDINGS, Expression
from quire.nodes.records.quantities import (
    Moment,
    Quantity,
    Unfit,
    Value,
    added,
    compared,
    divided,
    in_unit_of,
    multiplied,
    number_of,
    rounded,
    shown,
)
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import FieldSpec

_DIGITS = 40
_PLACES = 12
"""Decimal places that ``round`` may be asked for."""

Result: TypeAlias = Value | None
"""What an expression comes to; nothing where a field that it needs is not stated."""

_BINARY: Final[Mapping[type[ast.operator], Callable[[Value, Value], Value]]] = {
    ast.Add: added,
    ast.Sub: lambda one, other: added(one, other, -1),
    ast.Mult: multiplied,
    ast.Div: divided,
}
_ORDER: Final[Mapping[type[ast.cmpop], Callable[[int], bool]]] = {
    ast.Eq: lambda order: order == 0,
    ast.NotEq: lambda order: order != 0,
    ast.Lt: lambda order: order < 0,
    ast.LtE: lambda order: order <= 0,
    ast.Gt: lambda order: order > 0,
    ast.GtE: lambda order: order >= 0,
}


def evaluate(expression: Expression, record: Record, fields: Mapping[str, FieldSpec]) -> Result:
    """Work an expression out for one record; nothing where a field it needs is not stated.

    Raises:
        Unfit: two values that it works with are of other kinds, units or currencies.

    """
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            return _worked_out(expression.tree, lambda name: value_of(record, name, fields))
        except ArithmeticError as error:
            raise Unfit(f"{expression.text} comes to more than {_DIGITS} digits") from error


def value_of(record: Record, name: str, fields: Mapping[str, FieldSpec]) -> Result:
    """Give a field's value as expressions work with it; nothing if it is not stated, or stated in two ways."""
    field = record["fields"].get(name)
    if field is None or not field["value"] or field.get("otherwise"):
        return None
    if fields[name].type == "number":
        return Quantity(Decimal(field["value"]), field["unit"])
    return Moment(field["value"]) if fields[name].type == "date" else field["value"]


def _worked_out(node: ast.expr, field: Callable[[str], Result]) -> Result:
    if isinstance(node, ast.Constant):
        return _constant(node)
    if isinstance(node, ast.Name):
        return field(node.id)
    for kind, work_out in _PARTS.items():
        if isinstance(node, kind):
            return work_out(node, field)
    raise TypeError(f"{type(node).__name__} is no part of an expression")


def _constant(node: ast.Constant) -> Value:
    if isinstance(node.value, bool | str):
        return node.value
    return Quantity(Decimal(str(node.value)), spelled=True)


def _combined(node: ast.BoolOp, field: Callable[[str], Result]) -> Result:
    """Combine as far as it is known: ``false and`` something not stated is false."""
    decisive = isinstance(node.op, ast.Or)
    parts = [_truth(_worked_out(part, field)) for part in node.values]
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _truth(value: Result) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise Unfit(f"{shown(value)} is neither true nor false")


def _unary(node: ast.UnaryOp, field: Callable[[str], Result]) -> Result:
    value = _worked_out(node.operand, field)
    if isinstance(node.op, ast.Not):
        truth = _truth(value)
        return None if truth is None else not truth
    return None if value is None else multiplied(Quantity(Decimal(-1), spelled=True), value)


def _comparison(node: ast.Compare, field: Callable[[str], Result]) -> Result:
    operator, right = node.ops[0], node.comparators[0]
    one = _worked_out(node.left, field)
    if isinstance(operator, ast.In | ast.NotIn):
        choices = [_worked_out(item, field) for item in cast("ast.List", right).elts]
        if one is None or None in choices:
            return None
        among = any(compared(one, choice) == 0 for choice in choices if choice is not None)
        return among == isinstance(operator, ast.In)
    other = _worked_out(right, field)
    return None if one is None or other is None else _ORDER[type(operator)](compared(one, other))


def _binary(node: ast.BinOp, field: Callable[[str], Result]) -> Result:
    one, other = _worked_out(node.left, field), _worked_out(node.right, field)
    return None if one is None or other is None else _BINARY[type(node.op)](one, other)


def _call(node: ast.Call, field: Callable[[str], Result]) -> Result:
    name = cast("ast.Name", node.func).id
    given = [_worked_out(argument, field) for argument in node.args]
    if name == "stated":
        return given[0] is not None
    values = [value for value in given if value is not None]
    return _called(name, values) if len(values) == len(given) else None


def _called(name: str, values: Sequence[Value]) -> Result:
    first, *further = values
    if name in CHOOSING:
        best = first
        for value in further:
            order = compared(value, best)
            best = value if (order < 0 if name == "least" else order > 0) else best
        return best
    if name in DURATIONS:
        return in_unit_of(number_of(first), Quantity(Decimal(1), DURATIONS[name]))
    if name in ROUNDINGS:
        places = int(number_of(further[0]).number) if further else 0
        return rounded(first, max(0, min(places, _PLACES)), ROUNDINGS[name])
    if name in MOMENTS:
        return _part(first, MOMENTS[name])
    number = number_of(first)
    return number._replace(number=abs(number.number))


def _part(value: Value, length: int) -> Result:
    if not isinstance(value, Moment):
        raise Unfit(f"{shown(value)} is no date")
    return Moment(value.text[:length]) if len(value.text) >= length and not value.text.startswith("--") else None


_PARTS: Final[Mapping[type[ast.expr], Callable[[Any, Callable[[str], Result]], Result]]] = {
    ast.BoolOp: _combined,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _comparison,
    ast.Call: _call,
}
