"""What an expression over the fields of a record may be: comparison, arithmetic, a few functions. Pure, and bounded.

The syntax is Python's, cut down to what is named here, and it is never executed as Python.
"""

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, cast

from quire.nodes.faults import BadInput
from quire.nodes.records.record_types import FieldSpec

MAX_LENGTH = 300
"""Characters of an expression."""
_MAX_NODES = 120
DURATIONS: Final[Mapping[str, str]] = {"minutes": "minute", "hours": "hour", "days": "day", "weeks": "week"}
"""Functions that give a duration in a unit, by name."""
ROUNDINGS: Final[Mapping[str, str]] = {"round": "half up", "round_up": "up", "round_down": "down"}
"""Functions that round, and how."""
MOMENTS: Final[Mapping[str, int]] = {"year": 4, "month": 7}
"""Functions that cut a date, and how many of its letters each leaves."""
CHOOSING: Final = ("least", "most")
"""Functions that choose one of several values."""
FUNCTIONS: Final = (*DURATIONS, *ROUNDINGS, *MOMENTS, "stated", "abs", *CHOOSING)
"""What an expression may call. ``stated(field)`` is true where the field is stated."""
ARITHMETIC: Final = (ast.Add, ast.Sub, ast.Mult, ast.Div)
ORDERS: Final = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_MOST_CHOSEN_FROM = 20
_PAIR = 2


class Expression(NamedTuple):
    """An expression that can be worked out."""

    text: str
    tree: ast.expr

    @property
    def names(self) -> list[str]:
        """The fields it names, in their order."""
        return list(dict.fromkeys(node.id for node in _fields_of(self.tree)))

    @property
    def chooses_unit(self) -> bool:
        """Whether it says in which unit a duration is to be."""
        return isinstance(self.tree, ast.Call) and _function(self.tree) in DURATIONS

    def said(self, field: Callable[[str], str]) -> str:
        """Write it with other words for its fields; a function that only chooses a unit is left out."""
        tree = self.tree
        if isinstance(tree, ast.Call) and self.chooses_unit:
            tree = tree.args[0]
        return _said(tree, self.text, field)


@lru_cache(maxsize=1024)
def parsed(text: str) -> Expression:
    """Read an expression.

    Raises:
        BadInput: it is none, or uses what expressions do not have.

    """
    if len(text) > MAX_LENGTH:
        raise BadInput(f"an expression may have {MAX_LENGTH} characters, and this has {len(text)}")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadInput(f"{text!r} is no expression", hint="write it as `recovered - began > 40`") from error
    if sum(1 for _ in ast.walk(tree)) > _MAX_NODES:
        raise BadInput(f"{text!r} has too many parts", hint="split it")
    for problem in _foreign(tree, text):
        raise BadInput(problem)
    return Expression(text.strip(), tree)


def problems_of(text: str, fields: Mapping[str, FieldSpec]) -> list[str]:
    """Say what keeps a text from being an expression over these fields; nothing if it is one."""
    try:
        expression = parsed(text)
    except BadInput as fault:
        return [str(fault)]
    unknown = [f"there is no field {name!r} in {text!r}" for name in expression.names if name not in fields]
    return unknown or list(_no_choices(expression.tree, fields))


def _no_choices(tree: ast.expr, fields: Mapping[str, FieldSpec]) -> Iterator[str]:
    """Name texts that a choice is compared with and that it can never be."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Compare) and isinstance(node.left, ast.Name)):
            continue
        spec, right = fields[node.left.id], node.comparators[0]
        for told in right.elts if isinstance(right, ast.List | ast.Tuple) else [right]:
            said = told.value if isinstance(told, ast.Constant) and isinstance(told.value, str) else None
            if spec.type == "choice" and said is not None and said.casefold() not in map(str.casefold, spec.choices):
                yield f"{node.left.id} is never {said!r}; it is one of {', '.join(spec.choices)}"


def _fields_of(tree: ast.expr) -> list[ast.Name]:
    """Find the fields, in the order in which they stand."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
    return sorted(named, key=lambda node: node.col_offset)


def _function(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _said(tree: ast.expr, text: str, field: Callable[[str], str]) -> str:
    written = text.encode()  # columns count bytes
    pieces, at = [], tree.col_offset
    for name in _fields_of(tree):
        pieces += [written[at : name.col_offset].decode(), field(name.id)]
        at = cast("int", name.end_col_offset)
    return "".join([*pieces, written[at : tree.end_col_offset].decode()])


def _foreign(tree: ast.expr, text: str) -> Iterator[str]:
    """Name what expressions do not have."""
    looked_in = {
        id(node.comparators[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple) and id(node) not in looked_in:
            yield f"{text!r} has a list where nothing is looked for in it"
        elif isinstance(node, ast.Call):
            yield from _of_call(node, text)
        elif isinstance(node, ast.Compare):
            yield from _of_comparison(node, text)
        elif isinstance(node, ast.Constant) and not _is_plain(node.value):
            yield f"{text!r} holds {node.value!r}, which is neither a number nor a text"
        elif isinstance(node, ast.BinOp | ast.UnaryOp) and not isinstance(node.op, (*ARITHMETIC, ast.Not, ast.USub)):
            yield f"{text!r} uses {type(node.op).__name__.lower()}, which expressions do not have"
        elif isinstance(node, ast.expr) and not isinstance(node, _ALLOWED):
            yield f"{text!r} uses {type(node).__name__.lower()}, which expressions do not have"


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | str | int) or (isinstance(value, float) and math.isfinite(value))


_ALLOWED = (
    ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare, ast.Constant, ast.Name, ast.Call, ast.List, ast.Tuple,
)  # fmt: skip


def _of_call(node: ast.Call, text: str) -> Iterator[str]:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        yield f"{text!r} calls what expressions do not have; they have {', '.join(FUNCTIONS)}"
        return
    name, given = node.func.id, len(node.args)
    most = _PAIR if name == "round" else _MOST_CHOSEN_FROM if name in CHOOSING else 1
    if not 1 <= given <= most:
        yield f"{text!r} gives {name} {given} values"
    if (
        name == "round"
        and given == _PAIR
        and not (isinstance(node.args[1], ast.Constant) and isinstance(node.args[1].value, int))
    ):
        yield f"{text!r} rounds to a number of places that it does not spell out"


def _of_comparison(node: ast.Compare, text: str) -> Iterator[str]:
    if len(node.ops) > 1:
        yield f"{text!r} compares three things at once"
        return
    operator, right = node.ops[0], node.comparators[0]
    listed = isinstance(right, ast.List | ast.Tuple)
    if isinstance(operator, ast.In | ast.NotIn):
        if not listed:
            yield f"{text!r} looks for something in what is no list"
    elif type(operator) not in ORDERS:
        yield f"{text!r} compares by {type(operator).__name__.lower()}, which expressions do not have"
    elif listed:
        yield f"{text!r} compares with a list; use `in`"
