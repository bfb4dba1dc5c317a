"""Begins a subgraph at its first node.

LangGraph gives ``START`` a superstep of its own, in which the input is only copied into the channels: a sixth of what a
subgraph of two steps costs (langgraph 1.2.22). A subgraph that always begins at the same node takes its input straight
into the channels instead, with the one that wakes this node. It is a copy that does so, with nodes that are traced only
where somebody hears of it: the original is what is drawn.
"""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from langgraph.graph import START

from quire.graphs.kernel.agent_state import AgentGraph, Update
from quire.graphs.kernel.tracing import traced_if_heard

_COPIES: WeakKeyDictionary[AgentGraph, AgentGraph] = WeakKeyDictionary()


async def run_subgraph(graph: AgentGraph, state: Mapping[str, Any]) -> Update:
    """Run a subgraph inside a node and give its output."""
    begun = _COPIES.get(graph) or _COPIES.setdefault(graph, at_first_node(graph))
    update: Update = {}
    # As ``ainvoke`` does, which asks for every node's update as well.
    async for values in begun.astream(input_of(begun, state), stream_mode="values", output_keys=begun.output_channels):
        update = values
    return update


def at_first_node(graph: AgentGraph) -> AgentGraph:
    """Copy a subgraph into one that takes what ``input_of`` makes; one that chooses where to begin still goes there."""
    quiet = traced_if_heard(graph)
    firsts = [node for start, node in graph.builder.edges if start == START]
    if len(firsts) != 1 or graph.builder.branches.get(START):
        return quiet
    wakes = graph.nodes[firsts[0]].triggers
    if len(wakes) != 1:
        return quiet
    keys = graph.builder.schemas[graph.builder.input_schema]
    return quiet.copy(update={"input_channels": [*keys, *wakes]})


def input_of(graph: AgentGraph, state: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a state as the subgraph takes it."""
    if isinstance(graph.input_channels, str):
        return state
    *keys, wakes = graph.input_channels
    return {key: state[key] for key in keys if key in state} | {wakes: None}
