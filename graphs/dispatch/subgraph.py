"""An agent's subgraph from its steps, of which the last also posts what is to be emitted."""

import hashlib
from collections.abc import Mapping
from functools import wraps

from langgraph.graph import END, START, StateGraph

from quire.graphs.events import Event, types_below
from quire.graphs.kernel.agent_state import AgentGraph, AgentInput, AgentOutput, AgentState, Step, Update
from quire.graphs.kernel.emitting import envelope
from quire.graphs.run.run import run_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import TurnsSpent


def subgraph(
    name: str,
    emits: tuple[type[Event], ...],
    *steps: Step,
    state: type[AgentState] = AgentState,
) -> AgentGraph:
    """Compile an agent from steps that follow one another; with the last, what they want emitted is.

    Node names are the steps' own. Agents with branches wire a ``StateGraph`` themselves, whose last step is made by
    ``emitting``.
    """
    graph = StateGraph(state, input_schema=AgentInput, output_schema=AgentOutput)
    names = [step.__name__ for step in steps]
    for step in (*steps[:-1], emitting(name, emits, steps[-1])):
        graph.add_node(step.__name__, step)
    for before, after in zip([START, *names], [*names, END], strict=True):
        graph.add_edge(before, after)
    return graph.compile(name=name)


def emitting(name: str, emits: tuple[type[Event], ...], step: Step) -> Step:
    """Make the last step of an agent: what is outgoing after it becomes events, posted before anyone reacts.

    A step of its own would cost every agent one more superstep of LangGraph's.

    Args:
        name: the agent's.
        emits: what it declares.
        step: what it does before.

    Raises:
        TypeError: the agent said something it does not declare.
        TurnsSpent: it asked or handed over again and again.

    """
    declared = {name: event for base in emits for name, event in types_below(base).items()}

    @wraps(step)  # LangGraph reads what a node takes from its annotations
    async def emit(state: AgentState) -> Update:
        update = await step(state)
        events, scope, said_by = [], state["scope"], state.get("agent_name", name)
        outgoing = {**state, **update}["outgoing"]
        for position, draft in enumerate(outgoing):
            if draft["type"] not in declared:
                raise TypeError(f"agent {name!r} said {draft['type']}, which it does not declare in emits")
            kind = declared[draft["type"]]
            event = envelope(draft, said_by, state["event"], position, scope=scope, opens_round=kind.opens_round)
            events.append(_addressed(event, kind, state["event"]))
        kept = [draft["keep"].encode() for draft in outgoing if "keep" in draft]
        run = await run_of(scope["run"])
        if any("to" in e or "asks" in e for e in events):
            bound_turns(run.blackboard.events, state["event"], said_by)
        posted = await run.post(events, {hashlib.sha256(blob).hexdigest(): blob for blob in kept})
        return {**update, "log": posted}

    return emit


def _addressed(event: Envelope, kind: type[Event], cause: Envelope) -> Envelope:
    """Mark a request; address what follows from one to the asker, unless it is addressed or nobody reacts to it."""
    if kind.asks:
        return {**event, "asks": True}
    return event if "to" in event or kind.terminal or "asks" not in cause else {**event, "to": cause["agent"]}


MOST_TURNS = 8
"""How often an agent may ask or hand over in one chain of causes, within a round."""


def bound_turns(events: Mapping[str, Envelope], cause: Envelope | None, agent: str) -> None:
    """Let no two agents hand over, or ask, back and forth for ever.

    Raises:
        TurnsSpent: the agent has had its turns among the causes of what it is about to say.

    """
    turns, round_ = 0, cause["round"] if cause else 0
    while cause is not None and cause["round"] == round_:
        turns += cause["agent"] == agent and ("to" in cause or "asks" in cause)
        cause = events.get(cause["cause"] or "")
    if turns >= MOST_TURNS:
        raise TurnsSpent(f"it asked or handed over {turns} times, and it led to nothing else")
