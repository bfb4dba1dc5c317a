"""Whoever listens hears of every node; where nobody does, a node sees and does the same."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig
from langgraph.config import get_config
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, Send
from typing_extensions import TypedDict

from quire.graphs.kernel.agent_state import AgentGraph
from quire.graphs.kernel.tracing import traced_if_heard

MOOD: ContextVar[str] = ContextVar("MOOD", default="calm")


class State(TypedDict, total=False):
    """What the two nodes know."""

    seen: list[str]
    mood: str
    place: Mapping[str, Any]


class Ear(AsyncCallbackHandler):
    """Keeps what it hears of runs."""

    def __init__(self) -> None:
        self.heard: list[tuple[str | None, str]] = []

    async def on_chain_start(self, _serialized: Any, _inputs: Any, **more: Any) -> None:
        """Keep the name of a run, and of the node that it is in."""
        self.heard.append((more["name"], more["metadata"].get("langgraph_node", "")))

    async def on_chat_model_start(self, _serialized: Any, _messages: Any, **more: Any) -> None:
        """Keep the name of a call, and of the node that it is in."""
        self.heard.append((more["name"], more["metadata"].get("langgraph_node", "")))


async def first(state: State) -> Command[Any]:
    """Change what only this node should see, and go where an edge does not lead."""
    MOOD.set("angry")
    return Command(update={"seen": ["first"], "mood": state.get("mood", "")}, goto=[Send("second", {"seen": ["sent"]})])


async def second(state: State) -> State:
    """Say what is to be seen here."""
    found: RunnableConfig = get_config()
    return {"seen": state["seen"], "mood": MOOD.get(), "place": {"node": found["metadata"]["langgraph_node"]}}


def graph_of(*, quiet: bool) -> AgentGraph:
    """Compile the two nodes."""
    graph: StateGraph[Any] = StateGraph(State)
    graph.add_node("first", first, destinations=("second",))
    graph.add_node("second", second)
    graph.add_edge(START, "first")
    graph.add_edge("second", END)
    compiled = graph.compile()
    return traced_if_heard(compiled) if quiet else compiled


@pytest.mark.parametrize("quiet", [False, True], ids=["as LangGraph does", "if heard"])
async def test_a_node_sees_and_does_the_same(quiet: bool) -> None:  # noqa: FBT001 - a case
    graph = graph_of(quiet=quiet)

    assert {"seen": ["sent"], "mood": "calm", "place": {"node": "second"}} == await graph.ainvoke({})
    assert {"first", "second"} < set(graph.get_graph().nodes)


async def test_whoever_listens_hears_of_every_node() -> None:
    plain, quiet = Ear(), Ear()
    await graph_of(quiet=False).ainvoke({}, {"callbacks": [plain]})
    await graph_of(quiet=True).ainvoke({}, {"callbacks": [quiet]})

    assert {("first", "first"), ("second", "second")} < set(quiet.heard)
    assert plain.heard == quiet.heard


async def test_whoever_streams_events_sees_every_node() -> None:
    names = {e["name"] async for e in graph_of(quiet=True).astream_events({}, version="v2")}

    assert {"first", "second"} < names


async def test_a_models_own_handler_hears_in_which_node_it_is_asked() -> None:
    ear = Ear()
    model = GenericFakeChatModel(messages=iter([AIMessage("yes")]), callbacks=[ear])

    async def ask(_state: State) -> State:
        return {"seen": [str((await model.ainvoke("well?")).content)]}

    graph: StateGraph[Any] = StateGraph(State)
    graph.add_node("ask", ask)
    graph.add_edge(START, "ask")

    await traced_if_heard(graph.compile()).ainvoke({})
    assert [(None, "ask")] == ear.heard  # the call has no name: the node's is not its own


async def test_what_a_node_raises_ends_the_graph() -> None:
    async def fail(_state: State) -> State:
        raise ZeroDivisionError

    graph: StateGraph[Any] = StateGraph(State)
    graph.add_node("fail", fail)
    graph.add_edge(START, "fail")

    with pytest.raises(ZeroDivisionError):
        await traced_if_heard(graph.compile()).ainvoke({})
