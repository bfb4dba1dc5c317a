"""Only what libraries publish is used; what no public way gives stands in one small module, each with its promise."""

import ast
from collections.abc import Iterator
from pathlib import Path

import dbos
import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime

from quire.graphs.run.unpublished import whole_at_once

ROOT = Path(__file__).parents[2]
FOLDERS = ("graphs", "nodes", "server")
UNPUBLISHED = {ROOT / "graphs" / "run" / "unpublished.py", ROOT / "nodes" / "model" / "unpublished.py"}
"""Two, since no step may know LangGraph."""
FILES = [f for folder in FOLDERS for f in sorted((ROOT / folder).rglob("*.py"))]
OWN = {"self", "cls", "super"}
PUBLIC_UNDERSCORES = {"_replace", "_asdict", "_fields", "_make"}
"""Of ``NamedTuple``, where the underscore only keeps them apart from fields."""


HELD = (
    {"langgraph", "langgraph_sdk", "langchain_core", "langchain_openai", "langserve", "dbos"}
    | {
        "langchain_anthropic",
        "langgraph",
        "langgraph_sdk",
        "langchain_core",
        "langchain_openai",
        "langserve",
        "dbos",
    }
    | {
        "langchain_ollama",
        "langchain_google_genai",
    }
)
"""Libraries whose objects are used as they are published."""


def imported(tree: ast.Module) -> Iterator[str]:
    """Name the packages that a module imports."""
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name.split(".")[0] for name in names)


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC_UNDERSCORES


def own_names(tree: ast.Module) -> set[str]:
    """Names with an underscore that the module defines itself."""
    defined = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    stored = (n for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute) and isinstance(n.ctx, ast.Store))
    return defined | {n.id if isinstance(n, ast.Name) else n.attr for n in stored}


def reached_into(source: str) -> Iterator[str]:
    """Name what a module takes that is not published, with its line."""
    tree = ast.parse(source)
    own = own_names(tree)
    held = bool(HELD & set(imported(tree)))
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
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"getattr", "setattr"}:
            named = node.args[1]
            if isinstance(named, ast.Constant) and isinstance(named.value, str) and private(named.value):
                yield f"line {node.lineno}: {node.func.id} of {named.value}"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_a_module_takes_only_what_is_published(file: Path) -> None:
    if file not in UNPUBLISHED:
        assert [] == list(reached_into(file.read_text("utf-8")))


@pytest.mark.parametrize(
    "source",
    [
        "from dbos._serialization import DefaultSerializer",
        "import langgraph.pregel._loop",
        "import langgraph\ngraph._nodes",
        'getattr(graph, "_nodes")',
        'config["__pregel_checkpointer"]',
        "from langgraph.types import _secret",
    ],
)
def test_what_is_not_published_is_seen(source: str) -> None:
    assert list(reached_into(source))


def test_the_exceptions_are_few_and_still_needed() -> None:
    assert all(len(file.read_text("utf-8").splitlines()) <= 35 for file in UNPUBLISHED)
    assert "checkpointer" not in Runtime.__dataclass_fields__, "a run can be asked whether it is checkpointed: do so"
    assert not hasattr(dbos, "DefaultSerializer"), "the class that reads pickles is published: take it from there"


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
