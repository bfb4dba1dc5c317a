"""An agent's subgraph from its steps, and the last of them: it posts what was said as events."""

import hashlib
from collections.abc import Mapping

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
    """Compile an agent from steps that follow one another; the last step emits what they said.

    Node names are the steps' own. Agents with branches wire a ``StateGraph`` themselves and end it with
    ``emitting``.
    """
    graph = StateGraph(state, input_schema=AgentInput, output_schema=AgentOutput)
    names = [step.__name__ for step in steps]
    for step in (*steps, emitting(name, emits)):
        graph.add_node(step.__name__, step)
    for before, after in zip([START, *names, "emit"], [*names, "emit", END], strict=True):
        graph.add_edge(before, after)
    return graph.compile(name=name)


def emitting(name: str, emits: tuple[type[Event], ...]) -> Step:
    """Make the last step of an agent: what was said becomes events, posted before anyone reacts.

    Raises:
        TypeError: the agent said something it does not declare.
        TurnsSpent: it asked or handed over again and again.

    """
    declared = {name: event for base in emits for name, event in types_below(base).items()}

    async def emit(state: AgentState) -> Update:
        events, scope, said_by = [], state["scope"], state.get("agent_name", name)
        for position, draft in enumerate(state["outgoing"]):
            if draft["type"] not in declared:
                raise TypeError(f"agent {name!r} said {draft['type']}, which it does not declare in emits")
            kind = declared[draft["type"]]
            event = envelope(draft, said_by, state["event"], position, scope=scope, opens_round=kind.opens_round)
            events.append(_addressed(event, kind, state["event"]))
        kept = [draft["keep"].encode() for draft in state["outgoing"] if "keep" in draft]
        run = await run_of(scope["run"])
        if any("to" in e or "asks" in e for e in events):
            bound_turns(run.blackboard.events, state["event"], said_by)
        return {"log": await run.post(events, {hashlib.sha256(blob).hexdigest(): blob for blob in kept})}

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
