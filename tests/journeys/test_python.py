"""The graph from Python: with and without a checkpointer and a store, streamed in every mode."""

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.store.memory import InMemoryStore
from toys import section, toy_brief

from quire.graphs.document.document_graph import build

BRIEF = toy_brief(section("height"), section("yards", "height"))
THREAD = {"configurable": {"thread_id": "t"}}


@pytest.mark.parametrize("checkpointer", [None, InMemorySaver()], ids=["no checkpoints", "checkpoints"])
@pytest.mark.parametrize("store", [None, InMemoryStore()], ids=["no store", "store"])
async def test_the_document_is_the_same_whatever_the_host_keeps(checkpointer: Any, store: Any) -> None:
    graph = build()
    graph.checkpointer, graph.store = checkpointer, store

    out = await graph.ainvoke(BRIEF, THREAD)

    assert {"document", "markdown", "status", "sections", "usage"} == out.keys()
    assert (await build().ainvoke(BRIEF))["markdown"] == out["markdown"]


async def test_updates_events_and_messages_are_streamed_with_their_place() -> None:
    modes, places = set(), set()

    stream = build().astream(BRIEF, stream_mode=["updates", "custom", "messages"], subgraphs=True)
    async for place, mode, _ in stream:
        modes.add(mode)
        places |= {name.partition(":")[0] for name in place}

    assert {"updates", "custom"} <= modes
    assert {"planner", "section", "writer", "reviewer", "arbiter", "editor", "publisher"} <= places


async def test_a_new_brief_on_an_old_thread_is_a_new_run() -> None:
    graph = build()
    graph.checkpointer = InMemorySaver()

    first = await graph.ainvoke(BRIEF, THREAD)
    second = await graph.ainvoke({**toy_brief(section("parking")), "title": "Another"}, THREAD)

    assert ["height", "yards"] == [s["id"] for s in first["sections"]]
    assert ("Another", ["parking"]) == (second["document"]["title"], [s["id"] for s in second["sections"]])


async def test_the_records_of_a_store_outlive_the_graph() -> None:
    graph, store = build(), InMemoryStore()
    graph.store = store

    await graph.ainvoke({**BRIEF, "id": "kept"})

    found = await store.asearch(("quire", "events", "kept"), limit=100)
    assert "RunEnded" == max(found, key=lambda item: item.value["n"]).value["type"]
