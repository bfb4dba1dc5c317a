"""``invoke`` and ``stream`` without an event loop: from a script, from threads, from within a running loop."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypedDict

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.store.memory import InMemoryStore
from langgraph.types import Command
from model_server import Asked, ModelServer, marked_up
from toys import SOURCE, section, toy_brief

from quire.graphs.document.document_graph import build, graph
from quire.graphs.document.state import DocumentInput, DocumentOutput, DocumentState
from quire.graphs.studio import agents
from quire.nodes.faults import BadInput

BRIEF = toy_brief(section("height"), section("yards"))
SAID = "The height of a building shall not exceed 40 feet."


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_invoke_gives_what_ainvoke_gives() -> None:
    out = graph.invoke(BRIEF)

    assert asyncio.run(graph.ainvoke(BRIEF)) == out
    assert "40 feet" in out["markdown"]
    assert "graph" not in threads()


def test_stream_gives_events_as_they_happen() -> None:
    types = [event["type"] for _, event in graph.stream(BRIEF, stream_mode="custom", subgraphs=True)]

    assert ("DocumentRequested", "RunEnded") == (types[0], types[-1])


async def test_it_works_inside_a_running_loop_as_in_a_notebook() -> None:
    assert "done" == graph.invoke(BRIEF)["status"]


def test_several_threads_may_call_at_once(online: ModelServer) -> None:
    online.reply = reply
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: build().invoke(BRIEF), range(4)))

    assert ["done"] * 4 == [out["status"] for out in made]
    assert 1 == len({out["markdown"] for out in made})


def test_a_run_that_waits_goes_on_with_the_next_call() -> None:
    asking = build()
    asking.checkpointer, asking.store = InMemorySaver(), InMemoryStore()
    config: Any = {"configurable": {"thread_id": "1"}}
    asked = asking.invoke({**BRIEF, "options": {"approve": ["plan"]}}, config)
    out = asking.invoke(Command(resume={"plan": "approve"}), config)

    assert asked["__interrupt__"]
    assert "done" == out["status"]


def test_a_fault_is_raised_where_it_was_called() -> None:
    with pytest.raises(BadInput):
        graph.invoke({**BRIEF, "title": ""})


def test_whoever_stops_listening_ends_the_run() -> None:
    streaming = graph.stream(BRIEF, stream_mode="custom", subgraphs=True)
    next(streaming)
    streaming.close()

    assert "graph" not in threads()


class Outer(TypedDict, total=False):
    report: dict[str, Any]


def test_it_can_be_a_node_of_a_graph_that_is_invoked() -> None:
    outer = StateGraph(Outer)
    outer.add_node("report", lambda _: {"report": graph.invoke(BRIEF)})
    outer.add_edge(START, "report")
    outer.add_edge("report", END)

    assert "done" == outer.compile().invoke({})["report"]["status"]


def test_it_can_be_a_subgraph_of_a_graph_that_is_invoked_and_interrupted() -> None:
    outer = StateGraph(DocumentState, input_schema=DocumentInput, output_schema=DocumentOutput)
    outer.add_node("report", graph)
    outer.add_edge(START, "report")
    outer.add_edge("report", END)
    compiled = outer.compile(checkpointer=InMemorySaver(), store=InMemoryStore())
    config: Any = {"configurable": {"thread_id": "1"}}
    asked = compiled.invoke({**BRIEF, "options": {"approve": ["plan"]}}, config)
    out = compiled.invoke(Command(resume={"plan": "approve"}), config)

    assert asked["__interrupt__"]
    assert "40 feet" in out["markdown"]


def test_an_agent_alone_can_be_invoked() -> None:
    given = {"event": {"type": "SectionOpened"}, "section": section("height"), "sources": [SOURCE]}

    assert "SectionOpened" == agents["researcher"].invoke(given)["event"]["type"]
