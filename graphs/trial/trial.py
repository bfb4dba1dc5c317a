"""An agent tried alone: handed an event, a section and sources, in a run that lasts as long as it does.

What must have happened before the event is journalled first, so that an agent finds what it would find in a document.
"""

import uuid
from typing import Any, NotRequired

from langgraph.graph import END, START, StateGraph

from quire.graphs.dispatch.synchronous import synchronous_too
from quire.graphs.events import DocumentRequested
from quire.graphs.intake.brief_input import SourceInput
from quire.graphs.intake.brief_sources import bytes_of, handle_of
from quire.graphs.kernel.agent_state import AgentGraph, AgentState, Outgoing, Scope, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.run import Run, begin_run
from quire.graphs.trial.trial_input import BEFORE, Trial, Tried, least, tried
from quire.nodes.event_store.port import Envelope


class TrialState(AgentState):
    """The agent's own state beside what it is tried with."""

    section: NotRequired[dict[str, Any]]
    facts: NotRequired[dict[str, Any]]
    sources: NotRequired[list[SourceInput]]


def alone(agent: Agent) -> AgentGraph:
    """Compile an agent so that it can be tried without a document."""

    async def prepare(state: TrialState) -> Update:
        given = tried(agent, {name: part for name, part in state.items() if name in Trial.__annotations__})
        run = await begin_run(uuid.uuid4().hex)
        event = await _woken(run, given)
        scope = Scope(run=run.id)
        if agent.scope == "section":
            scope |= Scope(run=run.id, section=given.section.model_dump(mode="json"), epoch=1)
        return {"event": event, "joined": [event], "scope": scope, "outgoing": []}

    graph = StateGraph(TrialState, input_schema=Trial)
    graph.add_node("prepare", prepare)
    graph.add_node(agent.name, agent.compiled)
    graph.add_edge(START, "prepare")
    graph.add_edge("prepare", agent.name)
    graph.add_edge(agent.name, END)
    return synchronous_too(graph.compile(name=agent.name))


async def _woken(run: Run, given: Tried) -> Envelope:
    """Journal what comes before the event that wakes the agent, and the event itself."""
    first = cause = await _requested(run, given)
    if given.event == first["type"]:
        return first
    order = list(BEFORE)
    chain = order[: order.index(given.event)] if given.event in order else []
    happened = [*((name, least(name, given.section)) for name in chain), (given.event, given.data)]
    for name, data in happened:
        draft = Outgoing(type=name, data=dict(data))
        if not name.startswith("Document"):
            draft["section"] = given.section.id
        (cause,) = await run.post([envelope(draft, "trial", cause, 0, scope=Scope(run=run.id))])
    return cause


async def _requested(run: Run, given: Tried) -> Envelope:
    sections = [given.section.model_dump(mode="json")]
    told: dict[str, Any] = {
        "blueprint": {"name": "trial", "title": "Trial", "facts": {}, "agents": [], "rules": [], "sections": sections},
        "facts": dict(given.facts),
        "sources": [handle_of(s, await run.record.put(run.id, bytes_of(s))) for s in given.sources],
    }
    withholds = any("withheld" in reading for reading in (await run.library.read(told)).readings)
    asked = DocumentRequested(title="Trial", options={"max_rounds": 2}, withholds=withholds, **told)
    (first,) = await run.post([envelope(emit(asked), "document", None, 0, scope=Scope(run=run.id))])
    return first
