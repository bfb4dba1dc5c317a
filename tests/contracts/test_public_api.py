"""Only what libraries publish is used; what no public way gives stands in one small module, each with its promise."""

import ast
import builtins
import importlib
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

import dbos
import pytest
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import AIMessageChunk
from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime

from quire.unpublished import whole_at_once

ROOT = Path(__file__).parents[2]
FOLDERS = ("graphs", "nodes", "server")
UNPUBLISHED = ROOT / "src" / "quire" / "unpublished.py"
FILES = [*sorted((ROOT / "src" / "quire").glob("*.py"))]
FILES += [f for folder in FOLDERS for f in sorted((ROOT / folder).rglob("*.py"))]
OWN = {"self", "cls", "super"}
PUBLIC_UNDERSCORES = {"_replace", "_asdict", "_fields", "_make"}
"""Of ``NamedTuple``, where the underscore only keeps them apart from fields."""

NO_PUBLIC_WAY = {"docx", "pptx", "reportlab"}
"""Writers and readers of files, whose tables, charts and pages cannot be had without their elements."""
BY_NAME = {"getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller"}
"""Functions that reach an attribute by its name."""
DOCUMENTED = {"_llm_type", "_generate", "_agenerate", "_stream", "_astream", "_get_ls_params"}
"""What LangChain tells whoever makes a chat model to define."""
MOST_LINES = 20


def imported(tree: ast.Module) -> Iterator[str]:
    """Name the packages that a module imports."""
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name.split(".")[0] for name in names)


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC_UNDERSCORES


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def attributes_of(node: ast.expr) -> bool:
    """Whether this is what an object keeps: ``x.__dict__``, ``vars(x)``."""
    kept = isinstance(node, ast.Attribute) and node.attr == "__dict__"
    return kept or (isinstance(node, ast.Call) and called(node) == "vars")


def lines_of_code(file: Path) -> int:
    """Count the lines of a module without blanks, comments and docstrings."""
    text = file.read_text("utf-8")
    told = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Expr) and constant(n.value)]
    prose = {line for n in told for line in range(n.lineno, (n.end_lineno or n.lineno) + 1)}
    lines = enumerate(text.splitlines(), 1)
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") and n not in prose for n, line in lines)


def own_names(tree: ast.Module) -> set[str]:
    """Names with an underscore that the module defines itself."""
    defined = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    stored = (n for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute) and isinstance(n.ctx, ast.Store))
    return defined | {n.id if isinstance(n, ast.Name) else n.attr for n in stored}


def reached_into(source: str) -> Iterator[str]:
    """Name what a module takes that is not published, with its line."""
    tree = ast.parse(source)
    own = own_names(tree)
    held = not NO_PUBLIC_WAY & set(imported(tree))
    for node in ast.walk(tree):
        if held and isinstance(node, ast.Attribute) and private(node.attr):
            by_itself = isinstance(node.value, ast.Name) and node.value.id in OWN
            if not (by_itself or node.attr in own):
                yield f"line {node.lineno}: .{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = [*node.module.split("."), *(a.name for a in node.names)]
            yield from (f"line {node.lineno}: imports {p} of {node.module}" for p in parts if private(p))
        elif isinstance(node, ast.Import):
            names = [p for a in node.names for p in a.name.split(".")]
            yield from (f"line {node.lineno}: imports {p}" for p in names if private(p))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("__pregel"):
            yield f"line {node.lineno}: {node.value}"
        elif isinstance(node, ast.Call) and called(node) in BY_NAME:
            yield from (
                f"line {node.lineno}: {called(node)} of {name}" for name in map(constant, node.args) if private(name)
            )
        elif isinstance(node, ast.Subscript) and private(constant(node.slice)) and attributes_of(node.value):
            yield f"line {node.lineno}: [{constant(node.slice)}]"


def named(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """Give what an expression of names, attributes and type arguments stands for; ``None`` if it is another one."""
    if isinstance(node, ast.Subscript):
        return named(node.value, names)
    if isinstance(node, ast.Attribute):
        return getattr(named(node.value, names), node.attr, None)
    return names.get(node.id) if isinstance(node, ast.Name) else None


def inherited(kind: Any) -> set[str]:
    """Name all that a class has of classes that are not ours."""
    theirs = (base for base in kind.__mro__ if base.__module__.partition(".")[0] != "quire")
    return {name for base in theirs for name in vars(base)}


def overridden(source: str, name: str) -> Iterator[str]:
    """Name the methods with an underscore that classes of a module define in place of a library's."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef) or not node.bases:
            continue
        methods = [f.name for f in node.body if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
        if own := [method for method in methods if private(method) and method not in DOCUMENTED]:
            module = vars(importlib.import_module(name))
            bases = {ast.unparse(base): named(base, {**vars(builtins), **module}) for base in node.bases}
            yield from (f"line {node.lineno}: {base} is not known" for base, kind in bases.items() if kind is None)
            theirs = set().union(*(inherited(kind) for kind in bases.values() if hasattr(kind, "__mro__")))
            yield from (f"line {node.lineno}: {node.name}.{method}" for method in own if method in theirs)


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[1:] if parts[0] == "src" else ("quire", *parts)).removesuffix(".__init__")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_a_module_takes_only_what_is_published(file: Path) -> None:
    if file != UNPUBLISHED:
        source = file.read_text("utf-8")
        assert [] == [*reached_into(source), *overridden(source, module_of(file))]


@pytest.mark.parametrize(
    "source",
    [
        "from dbos._serialization import DefaultSerializer",
        "import langgraph.pregel._loop",
        "import langgraph\ngraph._nodes",
        'getattr(graph, "_nodes")',
        'hasattr(graph, "_nodes")',
        'operator.attrgetter("_nodes")(graph)',
        'vars(graph)["_nodes"]',
        'graph.__dict__["_nodes"]',
        "import asyncio\nloop._ready",
        "import dbos\ndbos.DBOS._instance",
        'config["__pregel_checkpointer"]',
        "from langgraph.types import _secret",
    ],
)
def test_what_is_not_published_is_seen(source: str) -> None:
    assert list(reached_into(source))


@pytest.mark.parametrize(
    "source",
    [
        "class Mine(ChatOpenAI):\n    def _convert_chunk_to_generation_chunk(self): ...",
        "def made():\n    class Mine(ChatOpenAI):\n        async def _combine_llm_outputs(self): ...",
        "def made(model):\n    class Mine(model):\n        def _anything(self): ...",
    ],
)
def test_what_is_overridden_and_not_published_is_seen(source: str) -> None:
    assert list(overridden(source, "quire.nodes.model.clients"))


def test_a_chat_model_of_ones_own_is_no_such_thing() -> None:
    source = "class Mine(BaseChatModel):\n    def _generate(self): ...\n    def _asked(self): ..."
    assert [] == list(overridden(source, "quire.nodes.model.clients"))


def test_the_exceptions_are_few_and_still_needed() -> None:
    assert lines_of_code(UNPUBLISHED) <= MOST_LINES
    assert "checkpointer" not in Runtime.__dataclass_fields__, "a run can be asked whether it is checkpointed: do so"
    assert not hasattr(dbos, "DefaultSerializer"), "the class that reads pickles is published: take it from there"
    clients = [field for field in ChatAnthropic.model_fields if "http" in field or "async_client" in field]
    assert clients == [], "the model takes a client of ours: hand it over so"
    assert not hasattr(ChatOllama, "aclose"), "the model closes its connections itself: have it do so"
    refused = {"choices": [{"index": 0, "delta": {"role": "assistant", "refusal": "no"}}]}
    convert = attrgetter("_convert_chunk_to_generation_chunk")(ChatOpenAI(api_key="none"))
    made = convert(refused, AIMessageChunk, None)
    assert made is not None
    assert "refusal" not in made.message.additional_kwargs, "a refusal in a stream is kept: take the class as it is"


def test_a_graph_without_checkpoints_still_waits_for_some_where_its_caller_does() -> None:
    def nothing(_state: dict[str, int]) -> dict[str, int]:
        return {}

    def graph(step: object) -> StateGraph:
        made: StateGraph = StateGraph(dict)
        made.add_node("step", step)
        made.add_edge(START, "step")
        return made

    inner = graph(nothing).compile()
    apart, whole = inner.copy({"checkpointer": False}), whole_at_once(inner)
    waiting: dict = {"config": {"configurable": {"thread_id": "1"}}, "durability": "sync"}
    with pytest.raises(AttributeError):
        graph(lambda state: apart.invoke({**state})).compile(InMemorySaver()).invoke({"n": 1}, **waiting)
    graph(lambda state: whole.invoke({**state})).compile(InMemorySaver()).invoke({"n": 1}, **waiting)
