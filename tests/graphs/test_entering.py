"""A subgraph begins at its first node, without a superstep for ``START``, and is in nothing else another one."""

from typing import Any

import pytest
from langgraph.graph import END, START, StateGraph

from quire.graphs.kernel.agent_state import AgentGraph, AgentInput, AgentOutput, AgentState
from quire.graphs.kernel.entering import at_first_node, input_of, run_subgraph

SENT = {"event": {"id": "e"}, "lane": {"run": "r"}, "said": ["is not for the agent"], "acts_as": "critic"}


async def work(state: AgentState) -> dict[str, Any]:
    """Say what was there at the beginning."""
    return {"said": [sorted(state)]}


async def emit(state: AgentState) -> dict[str, Any]:
    """Hand it on."""
    return {"log": state["said"]}


def chosen(_state: AgentState) -> str:
    """Choose where to begin."""
    return "work"


def two_steps(*, chooses: bool = False) -> AgentGraph:
    """Compile the two, as an agent's subgraph is."""
    graph = StateGraph(AgentState, input_schema=AgentInput, output_schema=AgentOutput)
    graph.add_node("work", work)
    graph.add_node("emit", emit)
    if chooses:
        graph.add_conditional_edges(START, chosen, ["work", "emit"])
    else:
        graph.add_edge(START, "work")
    graph.add_edge("work", "emit")
    graph.add_edge("emit", END)
    return graph.compile()


async def steps_of(graph: AgentGraph) -> list[int]:
    """Run it and give the numbers of the supersteps that its nodes had."""
    told = [told async for told in graph.astream(input_of(graph, SENT), stream_mode="debug")]
    return [t["step"] for t in told if t["type"] == "task"]


@pytest.mark.parametrize("graph", [two_steps(), two_steps(chooses=True)], ids=["always", "chooses"])
async def test_it_gives_what_langgraph_gives(graph: AgentGraph) -> None:
    known = ["acts_as", "event", "lane", "log"]

    assert await graph.ainvoke(SENT) == await run_subgraph(graph, SENT) == {"log": [known]}


async def test_one_that_always_begins_at_the_same_node_is_spared_a_superstep() -> None:
    graph = two_steps()

    assert [1, 2] == await steps_of(graph)
    assert [0, 1] == await steps_of(at_first_node(graph))


async def test_one_that_chooses_where_to_begin_still_goes_there() -> None:
    graph = at_first_node(two_steps(chooses=True))

    assert SENT is input_of(graph, SENT)
    assert [1, 2] == await steps_of(graph)
