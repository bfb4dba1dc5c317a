"""An agent tried alone: handed an event, a section and sources, in a run that lasts as long as it does.

What must have happened before the event is journalled first, so that an agent finds what it would find in a document.
"""

import uuid
from collections.abc import Mapping
from typing import Annotated, Any, NotRequired

from langgraph.graph import END, START, StateGraph
from pydantic import Field
from typing_extensions import TypedDict

from graphs.blueprint import SectionSpec
from graphs.brief_sources import bytes_of
from graphs.contract import Agent, AgentGraph, AgentState, Draft, Lane, Update, envelope, say
from graphs.events import DocumentRequested
from graphs.run import Run, run_of
from nodes.content import digest_of
from nodes.faults import BadInput
from nodes.located import Located
from nodes.record.port import Event
from nodes.shaped import shaped

_CONTENT: dict[str, Any] = {"blocks": [], "values": {}, "open_questions": []}
_EMPTY = digest_of(_CONTENT)
BEFORE: Mapping[str, Mapping[str, Any]] = {
    "SectionPlanned": {"position": 0, "priority": 1},
    "SectionOpened": {"inputs": {}, "findings": [], "changes": [], "spec": None},
    "EvidenceGathered": {"evidence": [], "answers": None},
    "SectionDrafted": {"content": _CONTENT, "digest": _EMPTY, "words": 0, "model": None},
    "SectionReviewed": {"blocks": False, "findings": [], "grade": 5},
    "SectionApproved": {
        "content": _CONTENT, "digest": _EMPTY, "words": 0, "rounds": 1, "findings": [], "missing": {}, "models": [],
    },
    "DocumentApproved": {"findings": []},
}  # fmt: skip
"""What happens to a section, in order, with the least that each event says."""


class TrialEvent(TypedDict):
    """An event, or as much of it as matters."""

    type: str
    data: NotRequired[dict[str, Any]]


class Trial(TypedDict):
    """What an agent is tried with. All of it may be left out."""

    event: NotRequired[
        Annotated[
            TrialEvent,
            Field(description="What wakes the agent: its type, and of its data what matters. By default the first."),
        ]
    ]
    section: NotRequired[
        Annotated[
            dict[str, Any],
            Field(
                description="The section that it works on: id, title, instructions, words, rules …",
                examples=[{"id": "height", "title": "Height", "instructions": "Say how high a building may be."}],
            ),
        ]
    ]
    facts: NotRequired[Annotated[dict[str, Any], Field(description="Facts of the brief.")]]
    sources: NotRequired[
        Annotated[
            list[dict[str, str]],
            Field(
                description="What it may quote: {name, text} or {name, base64}.",
                examples=[[{"name": "code.md", "text": "The height of a building shall not exceed 40 feet."}]],
            ),
        ]
    ]


class TrialState(AgentState):
    """The agent's own state beside what it is tried with."""

    section: NotRequired[dict[str, Any]]
    facts: NotRequired[dict[str, Any]]
    sources: NotRequired[list[dict[str, str]]]


def alone(agent: Agent) -> AgentGraph:
    """Compile an agent so that it can be tried without a document."""

    async def prepare(state: TrialState) -> Update:
        section = shaped(SectionSpec, Located({"id": "trial", "title": "Trial", **state.get("section", {})}))
        spec, run = section.model_dump(mode="json"), await run_of(uuid.uuid4().hex)
        sources = [
            {"name": s["name"], "hash": await run.record.put(run.id, bytes_of(s))} for s in state.get("sources", [])
        ]
        first = await _requested(run, spec, state.get("facts", {}), sources)
        event = await _woken_by(run, agent, state.get("event"), first, spec)
        lane = Lane(run=run.id, section=spec, epoch=1) if agent.scope == "section" else Lane(run=run.id)
        return {"event": event, "joined": [event], "lane": lane, "said": []}

    graph = StateGraph(TrialState, input_schema=Trial)
    graph.add_node("prepare", prepare)
    graph.add_node(agent.name, agent.compiled)
    graph.add_edge(START, "prepare")
    graph.add_edge("prepare", agent.name)
    graph.add_edge(agent.name, END)
    return graph.compile(name=agent.name)


async def _requested(run: Run, spec: dict[str, Any], facts: dict[str, Any], sources: list[dict[str, str]]) -> Event:
    blueprint = {"name": "trial", "title": "Trial", "facts": {}, "agents": [], "rules": [], "sections": [spec]}
    asked = DocumentRequested(
        title="Trial", blueprint=blueprint, facts=facts, sources=sources, options={"max_rounds": 2}
    )
    (first,) = await run.post([envelope(say(asked), "document", None, 0, lane=Lane(run=run.id))])
    return first


async def _woken_by(run: Run, agent: Agent, given: TrialEvent | Any, first: Event, spec: dict[str, Any]) -> Event:
    """Journal what comes before the event that wakes the agent, and the event itself.

    Raises:
        BadInput: the agent handles no such event.

    """
    known = [name for name in BEFORE if name in agent.handled_types]
    wanted = dict(given or {"type": first["type"] if first["type"] in agent.handled_types else known[0]})
    kind = wanted["type"]
    if kind not in agent.handled_types:
        handled = ", ".join(sorted(agent.handled_types))
        raise BadInput(f"{agent.name} does not handle {kind!r}", field="event.type", hint=f"it handles {handled}")
    if kind == first["type"]:
        return first
    order = list(BEFORE)
    chain = order[: order.index(kind)] if kind in order else []
    cause = first
    for name in [*chain, kind]:
        least = {**BEFORE.get(name, {}), **({"spec": spec} if name == "SectionPlanned" else {})}
        data = {**least, **(wanted.get("data") or {})} if name == kind else least
        draft = Draft(type=name, data=data)
        if not name.startswith("Document"):
            draft["section"] = spec["id"]
        (cause,) = await run.post([envelope(draft, "trial", cause, 0, lane=Lane(run=run.id))])
    return cause
