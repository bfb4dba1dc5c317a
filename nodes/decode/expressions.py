"""What a blueprint may say in Jinja: conditions over facts, and the text of template sections.

A blueprint may come from a stranger over a network, so the language is cut down to what can neither run for
long nor fill the memory: no calls, macros, assignments or multiplication, the filters named here, and loops
within a loop only over a part of what that one goes over.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, meta
from jinja2 import nodes as syntax
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment

from quire.nodes.faults import BadInput

MAX_CONDITION = 300
"""Characters of a condition."""
MAX_NESTING = 8
"""Brackets within each other, in conditions and in templates."""
MAX_OUTPUT = 200_000
"""Characters that a template may write."""
MAX_SEPARATOR = 20
"""Characters that ``join`` may put between items."""

_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "int", "items", "join", "last",
    "length", "list", "lower", "sort", "string", "title", "trim", "unique", "upper",
)  # fmt: skip
_CONDITION = (
    syntax.And, syntax.Compare, syntax.CondExpr, syntax.Const, syntax.Filter, syntax.Getattr, syntax.Getitem,
    syntax.Keyword, syntax.List, syntax.Name, syntax.Neg, syntax.Not, syntax.Operand, syntax.Or, syntax.Test,
    syntax.Tuple,
)  # fmt: skip
_TEMPLATE = (
    *_CONDITION, syntax.Concat, syntax.For, syntax.If, syntax.Output, syntax.Slice, syntax.Template,
    syntax.TemplateData,
)  # fmt: skip
_UNUSABLE = (TemplateError, SyntaxError, ValueError, RecursionError)
"""What Jinja and, below it, Python's compiler raise for a text that is not in the language or is nested too deeply."""
_UNDECIDABLE = (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError)
"""What evaluating a sound text over unfit values raises."""


class _Sandbox(SandboxedEnvironment):
    """The filters above, no globals, plain text."""

    def __init__(self, undefined: type[Undefined]) -> None:
        super().__init__(undefined=undefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Take ``inputs.parking.values`` for the entry, never for a method of the mapping."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


_CONDITIONS = _Sandbox(ChainableUndefined)
_TEMPLATES = _Sandbox(StrictUndefined)


def holds(condition: str, facts: Mapping[str, Any]) -> bool:
    """Decide a condition over ``facts``. A fact that is not given equals nothing and is false.

    Raises:
        BadInput: it cannot be decided over these facts (a text is compared with a number).

    """
    try:
        return bool(_CONDITIONS.compile_expression(condition)(facts=facts))
    except _UNDECIDABLE as error:
        problem = f"the condition {condition!r} cannot be decided: {error}"
        raise BadInput(problem, hint="give the facts it compares, each with a value of the right kind") from error


def render(template: str, *, title: str, facts: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    """Write a template's text. A name that is not given is an error, never a blank.

    Raises:
        BadInput: a name is missing, a value does not fit, or more than ``MAX_OUTPUT`` characters would be written.

    """
    written: list[str] = []
    size = 0
    try:
        for piece in _TEMPLATES.from_string(template).generate(title=title, facts=facts, inputs=inputs):
            written.append(piece)
            size += len(piece)
            _require_short(size)
    except BadInput:
        raise  # it says better what is wrong
    except _UNDECIDABLE as error:
        raise BadInput(f"the template cannot be filled: {error}", hint="give the fact or guard it with `if`") from error
    return "".join(written)


def _require_short(size: int) -> None:
    if size > MAX_OUTPUT:
        raise BadInput(f"the template writes more than {MAX_OUTPUT} characters")


def problems_of_condition(condition: str) -> list[str]:
    """Say what keeps a text from being a condition; nothing if it is one."""
    if len(condition) > MAX_CONDITION:
        return [f"is longer than {MAX_CONDITION} characters"]
    try:
        tree = _condition(condition)
        unknown = sorted(_names(tree) - {"facts"})
        problems = [f"names `{name}`; a condition may name `facts` only" for name in unknown]
        problems += _foreign(tree, _CONDITION)
        if not problems:  # compiling works out what is constant, so what could run away must be out by now
            _CONDITIONS.compile_expression(condition)
    except _UNUSABLE as error:
        return [f"is no condition: {error}"]
    return problems


def problems_of_template(template: str) -> list[str]:
    """Say what keeps a text from being a template over ``title``, ``facts`` and ``inputs``; nothing if it is one."""
    try:
        _require_shallow(template)
        tree = _TEMPLATES.parse(template)
        problems = _foreign(tree, _TEMPLATE) + _runaway(tree)
        if not problems:  # these compile, which works out what is constant
            unknown = sorted(meta.find_undeclared_variables(tree) - {"title", "facts", "inputs"})
            problems = [f"names `{name}`; a template may name `title`, `facts` and `inputs`" for name in unknown]
            _TEMPLATES.compile(template)
    except _UNUSABLE as error:
        return [f"is no template: {_said_of(error, template)}"]
    return problems


def _said_of(error: Exception, template: str) -> str:
    """Say what is wrong with a text, and in which of its lines where it has several."""
    if isinstance(error, TemplateSyntaxError):
        where = f" (in its line {error.lineno})" if "\n" in template else ""
        return f"{error.message}{where}"
    return str(error)


def named_in_condition(condition: str) -> list[str]:
    """List the facts that a sound condition names."""
    return _parts_of(_condition(condition), "facts")


def named_in_template(template: str, whole: str) -> list[str]:
    """List what a sound template names of ``facts`` or ``inputs``: of ``inputs.parking.values``, ``parking``."""
    return _parts_of(_TEMPLATES.parse(template), whole)


def needed_by_template(template: str) -> list[str]:
    """List the facts without which a sound template cannot be filled: it never asks whether they are given."""
    tree = _TEMPLATES.parse(template)
    asked = [f.node for f in _all(tree, syntax.Filter) if f.name in {"default", "d"} and f.node]
    asked += [t.node for t in _all(tree, syntax.Test) if t.name in {"defined", "undefined"}]
    guarded = {name for node in asked for name in _parts_of(node, "facts")}
    return [name for name in _parts_of(tree, "facts") if name not in guarded]


def _condition(text: str) -> syntax.Node:
    _require_shallow(text)
    parser = Parser(_CONDITIONS, text, state="variable")
    tree = parser.parse_expression()
    if not parser.stream.eos:
        raise ValueError(f"`{parser.stream.current.value}` follows its end")
    return tree


def _require_shallow(text: str) -> None:
    """Keep brackets from using up the parser's stack."""
    depth = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if depth > MAX_NESTING:
            raise ValueError(f"brackets are nested deeper than {MAX_NESTING}")


def _all(tree: syntax.Node, *kinds: type[syntax.Node]) -> Iterator[Any]:
    if isinstance(tree, kinds):
        yield tree
    yield from tree.find_all(kinds)


def _foreign(tree: syntax.Node, allowed: tuple[type[syntax.Node], ...]) -> list[str]:
    """Name what the language leaves out."""
    used = {type(node).__name__.lower() for node in _all(tree, syntax.Node) if not isinstance(node, allowed)}
    endless = any(not math.isfinite(node.value) for node in _all(tree, syntax.Const) if isinstance(node.value, float))
    return [f"uses `{name}`, which is not allowed" for name in sorted(used)] + ["holds an endless number"] * endless


def _runaway(tree: syntax.Node) -> list[str]:
    """Name loops that multiply each other, and separators that blow a text up."""
    loops = [(loop, inner) for loop in _all(tree, syntax.For) for inner in loop.find_all(syntax.For)]
    joins = [use for use in _all(tree, syntax.Filter) if use.name == "join"]
    return [
        f"line {inner.lineno}: a loop within a loop may only go over a part of its item"
        for loop, inner in loops
        if not _names(inner.iter) <= _names(loop.target)
    ] + [
        f"line {join.lineno}: `join` takes a text of up to {MAX_SEPARATOR} characters"
        for join in joins
        if not all(_is_short(argument) for argument in (*join.args, *join.kwargs))
    ]


def _names(tree: syntax.Node) -> set[str]:
    return {name.name for name in _all(tree, syntax.Name)}


def _is_short(argument: syntax.Node) -> bool:
    return isinstance(argument, syntax.Const) and len(str(argument.value)) <= MAX_SEPARATOR


def _parts_of(tree: syntax.Node, whole: str) -> list[str]:
    named = []
    for node in _all(tree, syntax.Getattr, syntax.Getitem):
        if isinstance(node.node, syntax.Name) and node.node.name == whole:
            if isinstance(node, syntax.Getattr):
                named.append(node.attr)
            elif isinstance(node.arg, syntax.Const):
                named.append(str(node.arg.value))
    return list(dict.fromkeys(named))
