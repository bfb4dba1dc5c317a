"""What a blueprint may say in Jinja: conditions over facts, and the text of template sections.

A blueprint may come from a stranger over a network, so the language is cut down to what can neither run for
long nor fill the memory: no calls, macros, assignments or multiplication, the filters named here, and loops
within a loop only over a part of what that one goes over.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, Undefined, meta
from jinja2 import nodes as syntax
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment

from nodes.faults import BadInput

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
_UNDECIDABLE = (TemplateError, TypeError, ValueError, ArithmeticError)
"""What evaluating a sound text over unfit values raises."""


def _sandbox(undefined: type[Undefined]) -> SandboxedEnvironment:
    sandbox = SandboxedEnvironment(undefined=undefined)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox


_CONDITIONS = _sandbox(ChainableUndefined)
_TEMPLATES = _sandbox(StrictUndefined)


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
            if size > MAX_OUTPUT:
                raise BadInput(f"the template writes more than {MAX_OUTPUT} characters")
    except _UNDECIDABLE as error:
        raise BadInput(f"the template cannot be filled: {error}", hint="give the fact or guard it with `if`") from error
    return "".join(written)


def problems_of_condition(condition: str) -> list[str]:
    """Say what keeps a text from being a condition; nothing if it is one."""
    if len(condition) > MAX_CONDITION:
        return [f"is longer than {MAX_CONDITION} characters"]
    try:
        tree = _condition(condition)
        _CONDITIONS.compile_expression(condition)
    except _UNUSABLE as error:
        return [f"is no condition: {error}"]
    unknown = sorted({name.name for name in _all(tree, syntax.Name)} - {"facts"})
    return _foreign(tree, _CONDITION) + [f"names `{name}`; a condition may name `facts` only" for name in unknown]


def problems_of_template(template: str) -> list[str]:
    """Say what keeps a text from being a template over ``title``, ``facts`` and ``inputs``; nothing if it is one."""
    try:
        _require_shallow(template)
        tree = _TEMPLATES.parse(template)
        _TEMPLATES.compile(template)
        unknown = sorted(meta.find_undeclared_variables(tree) - {"title", "facts", "inputs"})
    except _UNUSABLE as error:
        return [f"is no template: {error}"]
    problems = [f"names `{name}`; a template may name `title`, `facts` and `inputs`" for name in unknown]
    return _foreign(tree, _TEMPLATE) + problems + _runaway(tree)


def named_in_condition(condition: str) -> list[str]:
    """List the facts that a sound condition names."""
    return _parts_of(_condition(condition), "facts")


def named_in_template(template: str, whole: str) -> list[str]:
    """List what a sound template names of ``facts`` or ``inputs``: of ``inputs.parking.values``, ``parking``."""
    return _parts_of(_TEMPLATES.parse(template), whole)


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
    return [f"uses `{name}`, which is not allowed" for name in sorted(used)]


def _runaway(tree: syntax.Node) -> list[str]:
    """Name loops that multiply each other, and separators that blow a text up."""
    problems = []
    for loop in _all(tree, syntax.For):
        items = {name.name for name in _all(loop.target, syntax.Name)}
        for inner in _all(loop, syntax.For):
            if inner is not loop and not {name.name for name in _all(inner.iter, syntax.Name)} <= items:
                problems.append(f"line {inner.lineno}: a loop within a loop may only go over a part of its item")
    for join in _all(tree, syntax.Filter):
        if join.name == "join" and not all(_is_short(argument) for argument in (*join.args, *join.kwargs)):
            problems.append(f"line {join.lineno}: `join` takes a text of up to {MAX_SEPARATOR} characters")
    return problems


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
