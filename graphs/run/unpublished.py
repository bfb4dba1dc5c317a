"""What a promise needs of LangGraph and DBOS and neither publishes. Nothing else does so."""

from collections.abc import Callable
from typing import Any, TypeVar

from langgraph.config import get_config
from langgraph.graph.state import CompiledStateGraph

Graph = TypeVar("Graph", bound=CompiledStateGraph[Any, Any, Any, Any])


def keeps_checkpoints() -> bool:
    """Whether the host can bring a run back: approval without that is refused before any call."""
    return get_config().get("configurable", {}).get("__pregel_checkpointer") is not None


def read_pickles_with(reader: Callable[[Any, str], Any]) -> None:
    """Have DBOS read pickles by ours, which refuses: it reads a row as the row demands, not as it is configured."""
    from dbos._serialization import DefaultSerializer  # noqa: PLC0415 - only an engine needs it

    DefaultSerializer.deserialize = reader  # type: ignore[method-assign, assignment]


def whole_at_once(graph: Graph) -> Graph:
    """Give a graph that keeps no checkpoints of its own, wherever it is called.

    ``checkpointer=False`` says that, and is public; but where the caller's checkpoints are waited for
    (``durability="sync"``), LangGraph 1.2.22 waits for those of such a graph too, which there are none of.
    """
    return graph.copy({"checkpointer": False}).with_config(configurable={"__pregel_durability": "exit"})
