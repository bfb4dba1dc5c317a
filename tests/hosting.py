"""A host's process: ``python tests/hosting.py PLACE own|nested none|store DIE_AT GIVEN``.

It hands the graph, or a graph of its own in which ours is a node, a brief or an answer, over checkpoints and perhaps a
store, in a folder's SQLite files or in the Postgres database that a URL names, and prints what came of it. It dies at
an event of the type ``DIE_AT``, if that is not empty.
"""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

THREAD = {"configurable": {"thread_id": "t"}}


def hosted(
    place: Path | str, given: object, *, nested: bool = False, kept: bool = False, die_at: str = ""
) -> dict[str, Any]:
    """Begin such a process, and give what it printed.

    Args:
        place: where it keeps its checkpoints: a folder, or the URL of a Postgres database.
        given: a brief, the id of a question to approve, or None to go on.
        nested: the graph is a node of another one.
        kept: there is a store beside the checkpoints.
        die_at: the type of event at which it dies.

    """
    arguments = [str(place), "nested" if nested else "own", "store" if kept else "none", die_at, json.dumps(given)]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("QUIRE_", "OPENAI_", "LANGSMITH_"))}
    ran = subprocess.run(
        [sys.executable, __file__, *arguments], capture_output=True, text=True, timeout=120, env=env, check=False
    )
    assert ran.returncode == 0, ran.stderr
    printed: dict[str, Any] = json.loads(ran.stdout or "{}")
    return printed


async def _main(place: str, own: str, kept: str, die_at: str, given: Any) -> None:
    from langgraph.types import Command  # noqa: PLC0415 - only the process needs it

    async with AsyncExitStack() as stack:
        saver, store = await _kept_at(place, stack, stored=kept == "store")
        graph = _graph(nested=own == "nested", saver=saver, store=store)
        entry = Command(resume={given: "approve"}) if isinstance(given, str) else given
        out: dict[str, Any] = {}
        try:
            async for _, mode, shown in graph.astream(entry, THREAD, stream_mode=["custom", "values"], subgraphs=True):
                if mode == "custom" and shown["type"] == die_at:
                    os._exit(0)
                out = shown if mode == "values" and not _ else out
        except Exception as fault:  # noqa: BLE001 - told to whoever began the process
            out = {"fault": f"{type(fault).__name__}: {fault}"}
        asked = [q["id"] for i in out.get("__interrupt__", ()) for q in i.value["questions"]]
        sys.stdout.write(json.dumps({"asked": asked, **{k: out.get(k) for k in ("fault", "status", "markdown")}}))


async def _kept_at(place: str, stack: AsyncExitStack, *, stored: bool) -> tuple[Any, Any]:
    """Open checkpoints, and a store if it is wanted."""
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver  # noqa: PLC0415 - only the process needs it
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver  # noqa: PLC0415 - only the process needs it
    from langgraph.store.postgres.aio import AsyncPostgresStore  # noqa: PLC0415 - only the process needs it
    from langgraph.store.sqlite.aio import AsyncSqliteStore  # noqa: PLC0415 - only the process needs it

    there: tuple[Any, Any, str, str] = (
        (AsyncPostgresSaver, AsyncPostgresStore, place, place)
        if place.startswith("postgresql:")
        else (AsyncSqliteSaver, AsyncSqliteStore, f"{place}/checkpoints.db", f"{place}/store.db")
    )
    saver = await stack.enter_async_context(there[0].from_conn_string(there[2]))
    store = await stack.enter_async_context(there[1].from_conn_string(there[3])) if stored else None
    for each in filter(None, (saver, store)):
        await each.setup()
    return saver, store


def _graph(*, nested: bool, saver: Any, store: Any) -> Any:
    from langgraph.graph import START, StateGraph  # noqa: PLC0415 - only the process needs it
    from typing_extensions import TypedDict  # noqa: PLC0415 - only the process needs it

    from quire.graphs.document.document_graph import build  # noqa: PLC0415 - only the process needs it

    if not nested:
        graph = build()
        graph.checkpointer, graph.store = saver, store
        return graph
    fields = {"blueprint": dict, "title": str, "facts": dict, "sources": list, "options": dict}
    state = TypedDict("state", {**fields, "markdown": str, "status": str}, total=False)  # type: ignore[misc] # made here
    parent = StateGraph(state)
    parent.add_node("report", build())
    parent.add_edge(START, "report")
    return parent.compile(checkpointer=saver, store=store)


if __name__ == "__main__":
    place, own, kept, die_at, given = sys.argv[1:]
    asyncio.run(_main(place, own, kept, die_at, json.loads(given)))
