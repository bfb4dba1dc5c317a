"""``invoke`` and ``stream`` for callers without an event loop, and for those inside of one, as in a notebook.

The agents are asynchronous. Each call runs the graph on an event loop and a thread of its own, and ends with them.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextvars import copy_context
from queue import SimpleQueue
from typing import Any, TypeVar

from langgraph.graph.state import CompiledStateGraph

from quire.graphs.kernel.agent_state import AgentGraph
from quire.graphs.run.connections import connections

Chunk = TypeVar("Chunk")


class SynchronousToo(CompiledStateGraph[Any, Any, Any, Any]):
    """A graph of asynchronous nodes that can be streamed, and so invoked, synchronously too."""

    def stream(self, *given: Any, **named: Any) -> Iterator[Any]:
        """Stream as ``astream`` does."""
        return in_own_loop(lambda: self.astream(*given, **named), lambda: connections().close())


def synchronous_too(graph: AgentGraph) -> AgentGraph:
    """Copy a graph into one that has both ways."""
    return SynchronousToo(**{name: value for name, value in vars(graph).items() if name != "__orig_class__"})


def in_own_loop(make: Callable[[], AsyncIterator[Chunk]], leave: Callable[[], Awaitable[None]]) -> Iterator[Chunk]:
    """Give what an asynchronous iterator gives, from an event loop on a thread of its own.

    Args:
        make: makes the iterator, on that loop.
        leave: awaited on the loop before it ends.

    """
    came: SimpleQueue[tuple[Chunk] | BaseException | None] = SimpleQueue()
    loop, task = asyncio.new_event_loop(), list[asyncio.Task[None]]()

    async def pump() -> None:
        try:
            async for chunk in make():
                came.put((chunk,))
        except BaseException as raised:
            came.put(raised)
            if not isinstance(raised, Exception):
                raise
        finally:
            await leave()
            came.put(None)

    def work() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:

            async def begun() -> None:
                task.append(asyncio.ensure_future(pump()))
                await asyncio.gather(*task, return_exceptions=True)

            runner.run(begun())

    thread = threading.Thread(target=copy_context().run, args=(work,), name="graph", daemon=True)
    thread.start()
    try:
        while (chunk := came.get()) is not None:
            if isinstance(chunk, BaseException):
                raise chunk
            yield chunk[0]
    finally:
        if thread.is_alive() and task:
            loop.call_soon_threadsafe(task[0].cancel)
        thread.join()
