"""The graphs as LangGraph Studio is shown them: the same builders, with their whole state as output.

The Studio server streams a graph's output channels: compiled with a narrow output, updates of most nodes would read
as nothing (langgraph-api 0.16). An agent tried alone is handed an event, a section and sources, and works in a run
that lasts as long as it does.
"""

import uuid
from typing import Any, NotRequired

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from graphs.blueprint import SectionSpec
from graphs.brief_sources import bytes_of
from graphs.contract import Agent, AgentGraph, AgentState, Lane, Update, envelope, say
from graphs.document import build
from graphs.events import DocumentRequested
from graphs.registry import discover
from graphs.run import run_of
from nodes.record.port import Event


class Trial(TypedDict):
    """What an agent is tried with."""

    event: NotRequired[dict[str, Any]]
    """``{"type": "SectionDrafted", "data": {…}}``; by default the first that the agent handles, without data."""
    section: NotRequired[dict[str, Any]]
    """``{"id": …, "title": …, "instructions": …}``."""
    facts: NotRequired[dict[str, Any]]
    sources: NotRequired[list[dict[str, str]]]
    """``{name, text}`` or ``{name, base64}``."""


class TrialState(AgentState):
    """The agent's own state beside what it is tried with."""

    section: NotRequired[dict[str, Any]]
    facts: NotRequired[dict[str, Any]]
    sources: NotRequired[list[dict[str, str]]]


def alone(agent: Agent) -> AgentGraph:
    """Compile an agent so that it can be tried without a document."""

    async def prepare(state: TrialState) -> Update:
        section = SectionSpec.model_validate({"id": "trial", "title": "Trial", **state.get("section", {})})
        spec, run = section.model_dump(mode="json"), await run_of(uuid.uuid4().hex)
        sources = [{"name": s["name"], "hash": await run.record.put(bytes_of(s))} for s in state.get("sources", [])]
        blueprint = {"name": "trial", "title": "Trial", "facts": {}, "agents": [], "rules": [], "sections": [spec]}
        facts, options = state.get("facts", {}), {"max_rounds": 2}
        requested = DocumentRequested(title="Trial", blueprint=blueprint, facts=facts, sources=sources, options=options)
        (first,) = await run.post([envelope(say(requested), "document", None, 0, lane=Lane(run=run.id))])
        lane = Lane(run=run.id, section=spec, epoch=1) if agent.scope == "section" else Lane(run=run.id)
        event = _event(agent, state, first, lane)
        return {"event": event, "joined": [event], "lane": lane, "said": []}

    graph = StateGraph(TrialState, input_schema=Trial)
    graph.add_node("prepare", prepare)
    graph.add_node(agent.name, agent.compiled)
    graph.add_edge(START, "prepare")
    graph.add_edge("prepare", agent.name)
    graph.add_edge(agent.name, END)
    return graph.compile(name=agent.name)


def _event(agent: Agent, state: TrialState, first: Event, lane: Lane) -> Event:
    """Give the event to try the agent with."""
    given: dict[str, Any] = dict(state.get("event") or {})
    kind = given.get("type", min(agent.handled_types))
    return envelope({"type": kind, "data": given.get("data", {})}, "trial", first, 0, lane=lane)


_AGENTS = {agent.name: agent for agent in discover()}
_LANE = [a for a in _AGENTS.values() if a.scope == "section"]

document = build(whole_state=True)
section = _AGENTS["section"].composed(_LANE).compiled
planner, editor, publisher = (alone(_AGENTS[name]) for name in ("planner", "editor", "publisher"))
researcher, writer, reviewer = (alone(_AGENTS[name]) for name in ("researcher", "writer", "reviewer"))
compliance, arbiter = (alone(_AGENTS[name]) for name in ("compliance", "arbiter"))
