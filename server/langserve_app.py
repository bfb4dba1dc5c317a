"""LangServe's routes, on an application of their own that is mounted under ``/langserve``.

``add_routes`` registers a start-up hook, which an application with a lifespan cannot merge; hence the mount.
"""

import dataclasses
from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
from fastapi import FastAPI
from langchain_core.runnables import Runnable, RunnableConfig
from langgraph.types import Send, StreamMode
from langserve import add_routes
from langserve.serialization import WellKnownLCSerializer
from pydantic import BaseModel

from graphs import studio
from graphs.contract import AgentGraph
from graphs.document import graph
from graphs.registry import discover


class Serializer(WellKnownLCSerializer):
    """LangServe's serializer, but total: a stream must not die of a type it does not know.

    Its own falls over the first ``Send`` that a traced conditional edge gives (langserve 0.3.3: ``super()`` in a
    function of the module).
    """

    def dumps(self, obj: Any) -> bytes:
        """Write anything as JSON."""
        return orjson.dumps(obj, default=_plain, option=orjson.OPT_NON_STR_KEYS)


class Served(Runnable[dict[str, Any], Any]):
    """A graph as LangServe sees it: nothing of a client's config reaches it, and its events are streamed.

    LangServe calls ``astream`` with defaults; without the modes chosen here, events of subgraphs would be dropped.
    """

    def __init__(self, inner: AgentGraph) -> None:
        self.inner = inner
        self.name = inner.name

    def invoke(self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any) -> Any:  # noqa: A002 - Runnable's name
        """Refuse: the graphs are asynchronous."""
        raise NotImplementedError("use ainvoke: the agents are asynchronous")

    async def ainvoke(self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any) -> Any:  # noqa: A002
        """Run the graph to its end."""
        return await self.inner.ainvoke(_own(input), _without_client_settings(config))

    async def astream(
        self,
        input: dict[str, Any],  # noqa: A002
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> AsyncIterator[Any]:
        """Stream events as they happen, then what came of it."""
        asked, own, last = _own(input), _without_client_settings(config), None
        modes: list[StreamMode] = ["custom", "updates"]
        async for place, mode, chunk in self.inner.astream(asked, own, stream_mode=modes, subgraphs=True):
            if mode == "custom":
                yield {"event": chunk}
            elif not place:
                last = chunk
        yield {"result": last}

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


def langserve_app() -> FastAPI:
    """Build the application with the document's routes and those of every agent."""
    app = FastAPI(title="Quire over LangServe")
    add_routes(app, Served(graph), path="/document", serializer=Serializer())
    for agent in discover():
        add_routes(app, Served(getattr(studio, agent.name)), path=f"/agents/{agent.name}", serializer=Serializer())
    return app


def _own(given: Any) -> dict[str, Any]:
    """Take the input as plain JSON, without an id: a run's id is made here."""
    asked = given.model_dump(exclude_unset=True) if isinstance(given, BaseModel) else dict(given)
    return {k: v for k, v in asked.items() if k != "id"}


def _without_client_settings(config: RunnableConfig | None) -> RunnableConfig:
    """Keep what LangServe listens by, and drop everything that a client could have set."""
    given = config or {}
    own = RunnableConfig(callbacks=given.get("callbacks"), recursion_limit=10_000)
    if "run_id" in given:
        own["run_id"] = given["run_id"]
    return own


def _plain(value: Any) -> Any:
    """Put what is not JSON into JSON. An exception keeps its name only: its text may hold what it should not."""
    for kind, shown in _SHOWN.items():
        if isinstance(value, kind):
            return shown(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return f"<{type(value).__module__}.{type(value).__qualname__}>"


_SHOWN: dict[type[Any], Callable[[Any], Any]] = {
    BaseModel: lambda model: model.model_dump(),
    Send: lambda send: {"node": send.node, "arg": send.arg},
    set: lambda items: sorted(items, key=str),
    frozenset: lambda items: sorted(items, key=str),
    bytes: lambda raw: raw.decode("utf-8", "replace"),
    BaseException: lambda fault: {"error": type(fault).__name__},
}
