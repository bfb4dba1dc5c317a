"""Graphs as LangServe sees them: nothing of a client's config reaches them, and their events are streamed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias, cast

from langchain_core.runnables import Runnable, RunnableConfig
from langgraph.types import StreamMode
from pydantic import BaseModel

from quire.graphs.kernel.agent_state import AgentGraph
from quire.nodes.event_store.port import Envelope
from quire.server.presentation.event_line import line_of

Check: TypeAlias = Callable[[dict[str, Any]], object]


class Served(Runnable[dict[str, Any], Any]):
    """A graph that is run in memory, for as long as the call lasts.

    LangServe calls ``astream`` with defaults; without the modes chosen here, events of subgraphs would be dropped.
    Every chunk has a ``content`` for reading, which is what LangServe's playground shows.

    Args:
        inner: the graph.
        check: says what is wrong with an input, before anything is streamed; raises ``BadInput``.

    """

    def __init__(self, inner: AgentGraph, check: Check) -> None:
        self.inner = inner
        self.name = inner.name
        self.check = check

    def invoke(self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any) -> Any:  # noqa: A002 - the name that Runnable gives it
        """Refuse: the graphs are asynchronous."""
        raise NotImplementedError("use ainvoke: the agents are asynchronous")

    async def ainvoke(self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any) -> Any:  # noqa: A002 - the name that Runnable gives it
        """Run the graph to its end."""
        asked = plain(input)
        await asyncio.to_thread(self.check, asked)
        return await self.inner.ainvoke(asked, without_client_settings(config))

    async def astream(
        self,
        input: dict[str, Any],  # noqa: A002 - the name that Runnable gives it
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> AsyncIterator[Any]:
        """Stream events as they happen, then what came of it."""
        asked, own, last = plain(input), without_client_settings(config), None
        modes: list[StreamMode] = ["custom", "updates"]
        async for place, mode, chunk in self.inner.astream(asked, own, stream_mode=modes, subgraphs=True):
            if mode == "custom":
                yield told(cast("Envelope", chunk))
            elif not place:
                last = chunk
        yield {"result": last, "content": ""}

    def get_input_schema(self, config: RunnableConfig | None = None) -> type[BaseModel]:
        """Give what the graph takes."""
        return self.inner.get_input_schema(config)

    def get_output_schema(self, config: RunnableConfig | None = None) -> type[BaseModel]:
        """Give what the graph gives."""
        return self.inner.get_output_schema(config)

    def get_graph(self, config: RunnableConfig | None = None, **more: Any) -> Any:
        """Draw the graph."""
        return self.inner.get_graph(config, **more)

    @property
    def InputType(self) -> Any:  # noqa: N802 - Runnable's name
        """Type of the input."""
        return self.inner.InputType

    @property
    def OutputType(self) -> Any:  # noqa: N802 - Runnable's name
        """Type of the output."""
        return self.inner.OutputType


def told(event: Envelope) -> dict[str, Any]:
    """Make the chunk that tells of an event."""
    return {"event": event, "content": f"{line_of(event)}\n"}


def plain(given: Any) -> dict[str, Any]:
    """Take the input as plain JSON, without an id: a run's id is made here."""
    asked = given.model_dump(exclude_unset=True) if isinstance(given, BaseModel) else dict(given)
    return {k: v for k, v in asked.items() if k != "id" and v is not None}


def without_client_settings(config: RunnableConfig | None) -> RunnableConfig:
    """Keep what LangServe listens by, and drop everything that a client could have set."""
    given = config or {}
    own = RunnableConfig(callbacks=given.get("callbacks"), recursion_limit=10_000)
    if "run_id" in given:
        own["run_id"] = given["run_id"]
    return own
