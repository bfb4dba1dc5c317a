"""Has the nodes of a graph traced only where a callback handler hears of it.

LangGraph opens and closes a LangChain run around each node, and derives its callbacks anew for each of the node's
writers: a fifth of what an agent's step costs (langgraph 1.2.22, langchain-core 1.7), and all of it for handlers: a
tracer, ``astream_events``, a stream of messages. With a handler there, and only then, it is done as LangGraph does it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextvars import copy_context
from typing import Any

from langchain_core.callbacks import BaseCallbackManager
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import var_child_runnable_config

from quire.graphs.kernel.agent_state import AgentGraph


def traced_if_heard(graph: AgentGraph) -> AgentGraph:
    """Copy a graph into one whose nodes are traced only where a handler hears of it."""
    return graph.copy(update={"nodes": {name: _quiet(node) for name, node in graph.nodes.items()}})


def is_heard(config: RunnableConfig) -> bool:
    """Whether a callback handler is told of what runs under a config."""
    callbacks = config.get("callbacks")
    if not isinstance(callbacks, BaseCallbackManager):
        return True  # the environment may still bring one
    return bool(callbacks.handlers or callbacks.inheritable_handlers)


class TracedIfHeard(Runnable[Any, Any]):
    """A node: what it does, and the writers that put what came of it into the channels."""

    def __init__(
        self, traced: Runnable[Any, Any], does: Runnable[Any, Any], writers: Sequence[Runnable[Any, Any]]
    ) -> None:
        self.traced = traced
        self.does = does
        self.writers = writers

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002 - the name that Runnable gives it
        """Run the node as LangGraph does."""
        return self.traced.invoke(input, config, **kwargs)

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002 - the name that Runnable gives it
        """Run the node, in a task and a context of its own as under LangGraph."""
        if config is None or is_heard(config):
            return await self.traced.ainvoke(input, config, **kwargs)
        inside = config.copy()
        inside.pop("run_name", None)  # it is the node's, not that of what runs inside
        context = copy_context()
        context.run(var_child_runnable_config.set, inside)
        came = await asyncio.create_task(self.does.ainvoke(input, inside, **kwargs), context=context)
        for writer in self.writers:
            await writer.ainvoke(came, inside)
        return came

    async def astream(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> AsyncIterator[Any]:  # noqa: A002 - the name that Runnable gives it
        """Stream the node as LangGraph does, which asks for it where a handler wants to see chunks."""
        async for chunk in self.traced.astream(input, config, **kwargs):
            yield chunk


def _quiet(node: Any) -> Any:
    """Copy a node of LangGraph's; one that only writes, as ``START`` does, stays as it is."""
    if node.node is None or node.node in node.flat_writers or isinstance(node.node, TracedIfHeard):
        return node
    quiet = node.copy({})
    quiet.node = TracedIfHeard(node.node, node.bound, node.flat_writers)
    return quiet
