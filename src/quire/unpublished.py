"""What a promise needs of other people's libraries and they do not publish. Nothing else does so.

It stands in none of the three folders, since each needs some of it, and takes LangGraph's graphs as they are given,
importing nothing of LangGraph, which no step may know.
"""

from collections.abc import Callable, Mapping
from typing import Any


def keeps_checkpoints(config: Mapping[str, Any]) -> bool:
    """Whether LangGraph's host can bring a run back: approval without that is refused before any call."""
    return config.get("configurable", {}).get("__pregel_checkpointer") is not None


def whole_at_once(graph: Any) -> Any:
    """Give a graph of LangGraph that keeps no checkpoints of its own, wherever it is called.

    ``checkpointer=False`` says that, and is public; but where the caller's checkpoints are waited for
    (``durability="sync"``), LangGraph 1.2.22 waits for those of such a graph too, which there are none of.
    """
    return graph.copy({"checkpointer": False}).with_config(configurable={"__pregel_durability": "exit"})


def read_pickles_with(reader: Callable[[Any, str], Any]) -> None:
    """Have DBOS read pickles by ours, which refuses: it reads a row as the row demands, not as it is configured."""
    from dbos._serialization import DefaultSerializer  # noqa: PLC0415 - only an engine needs it

    DefaultSerializer.deserialize = reader  # type: ignore[method-assign, assignment]


def ask_through(model: Any, client: Any) -> None:
    """Have LangChain's Anthropic model ask through a client of ours: replies stay bounded, redirects are refused."""
    model.__dict__["_async_client"] = client  # a cached property, for which the class takes no client


async def close_connections(model: Any) -> None:
    """Close the connections of LangChain's Ollama model: no process leaves one behind."""
    await model._async_client.close()  # noqa: SLF001 - it offers no other way


def hearing_chunks(model: Any, hear: Callable[[Any, Any], None]) -> Any:
    """Give LangChain's class of OpenAI's client telling each chunk and what is made of it: a refusal is left out."""

    class ChatOpenAIWithRefusals(model):  # type: ignore[misc]
        def _convert_chunk_to_generation_chunk(self, chunk: Any, *more: Any) -> Any:
            made = super()._convert_chunk_to_generation_chunk(chunk, *more)
            hear(chunk, made)
            return made

    return ChatOpenAIWithRefusals
