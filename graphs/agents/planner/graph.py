"""The planner: read and survey the sources, outline the sections where that is open, lay them out, check the plan."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NotRequired

from quire.graphs.agents.planner.events import (
    PlanOutlined,
    PlanProposed,
    PlanRejected,
    SectionPlanned,
    SectionSkipped,
    SourcesSurveyed,
)
from quire.graphs.agents.planner.planning import changed, planned
from quire.graphs.events import AnswerGiven, DocumentRequested, SectionAdded, is_a
from quire.graphs.intake.blueprint import Blueprint, SectionSpec, topological, when_holds
from quire.graphs.intake.blueprint_models import MAX_SECTIONS
from quire.graphs.intake.ordering import cycle
from quire.graphs.kernel.agent_state import AgentState, Draft, Update
from quire.graphs.kernel.contract import subgraph
from quire.graphs.kernel.emitting import say
from quire.graphs.run.blackboard import Board
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import Run, run_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.left_out import BY_A_PERSON, NEEDS_MODEL, NOT_APPLICABLE
from quire.nodes.survey.survey import survey

USUAL_WORDS = 300
"""Of a section that nobody gave a length, for the order in which calls queue."""


class State(AgentState):
    """The planner's state."""

    outlined: NotRequired[Draft]
    """What was planned with a model in this step."""
    drafts: NotRequired[list[Draft]]
    surveyed: NotRequired[list[dict[str, Any]]]


async def read_sources(state: State) -> Update:
    """Read every source once, before anything is paid for, so that one that cannot be read is known now."""
    run = await run_of(state["lane"]["run"])
    return {"surveyed": [dict(each) for each in survey(await run.readings())]}


async def outline(state: State) -> Update:
    """Have a model plan the sections where the blueprint leaves that open, or change the plan as a person asks."""
    run, event = await run_of(state["lane"]["run"]), state["event"]
    models = await models_for(run, "planner")
    if models is None:
        return {}
    if is_a(event, DocumentRequested):
        is_open = event["data"]["blueprint"].get("plan") == "open"
        return {"outlined": say(await planned(run, state, models))} if is_open else {}
    if _sends_back(event, run.board):
        sections = _sections(run, state)
        return {"outlined": say(await changed(run, state, models, sections, event["data"]["note"]))}
    return {}


async def lay_out(state: State) -> Update:
    """Plan the sections that apply, each behind those it waits for; skip those whose ``when`` does not hold.

    Without a model, what takes one is skipped as well: no quotation says what nobody has weighed.

    Sent in this order, section runs cannot lock each other out even where a host runs one task at a time.
    """
    run, event = await run_of(state["lane"]["run"]), state["event"]
    if is_a(event, SectionAdded):
        added = SectionSpec.model_validate(event["data"]["spec"])
        need = {needed: run.board.epochs.get(needed, 1) for needed in added.needs}
        return {"drafts": [_plan(added, _place_of(event, run), 1, need)]}
    kept = _sections(run, state)
    dropped = [s for s in _blueprint(run).standing if s.id not in {k.id for k in kept}]
    sections = [*kept, *dropped]
    if cycle(sections):
        return {"drafts": []}
    left_out = {s.id for s in dropped}
    left_out |= set() if _sends_back(event, run.board) else _left_out(event, [s.id for s in sections])
    place, ahead = {s.id: i for i, s in enumerate(sections)}, priorities(sections)
    offline = await models_for(run, "writer") is None
    skipped = {s.id: _why_not(s, left_out, run, offline=offline) for s in sections}
    ordered = sorted(topological(sections), key=lambda s: not skipped[s.id])
    return {
        "drafts": [
            _skip(s, place[s.id], why) if (why := skipped[s.id]) else _plan(s, place[s.id], ahead[s.id])
            for s in ordered
        ]
    }


async def check_plan(state: State) -> Update:
    """Send the plan on, show it to a person first if the brief asks for that, or reject it."""
    run, event = await run_of(state["lane"]["run"]), state["event"]
    ring = cycle(_blueprint(run).sections)
    if ring:
        return {"said": [say(PlanRejected(reason="sections wait for each other: " + " -> ".join(ring)))]}
    if is_a(event, AnswerGiven) and event["data"]["decision"] == "reject":
        return {"said": [say(PlanRejected(reason=f"a person rejected the plan: {event['data']['note']}"))]}
    surveyed = [say(SourcesSurveyed(sources=state["surveyed"]))] if is_a(event, DocumentRequested) else []
    told = [state["outlined"]] if "outlined" in state else []
    asks = is_a(event, DocumentRequested) and "plan" in run.request["options"].get("approve", [])
    if asks or _sends_back(event, run.board):
        revisable = await models_for(run, "planner") is not None
        return {"said": [*told, say(_proposal(state["drafts"], revisable=revisable)), *surveyed]}
    return {"said": [*told, *state["drafts"], *surveyed]}  # last: what else is said is known by its place


def _blueprint(run: Run) -> Blueprint:
    return Blueprint.model_validate(run.request["blueprint"])


def _sections(run: Run, state: State) -> list[SectionSpec]:
    """Give the sections as they were last planned: just now, before, or by the blueprint."""
    outlines = [*(e["data"] for e in run.board.of_type(PlanOutlined))]
    outlines += [state["outlined"]["data"]] if "outlined" in state else []
    return [SectionSpec.model_validate(s) for s in outlines[-1]["sections"]] if outlines else _blueprint(run).sections


def _sends_back(event: Envelope, board: Board) -> bool:
    """Whether a person sends a plan back to be changed. A plan of an older release never was."""
    if not is_a(event, AnswerGiven) or event["data"]["decision"] != "revise":
        return False
    return bool(board.events[event["cause"] or ""]["data"].get("revisable"))


def _place_of(added: Envelope, run: Run) -> int:
    """Give a section that was added its place: behind those that are planned, in the order of addition."""
    blueprint = run.request["blueprint"]
    planned_at_most = MAX_SECTIONS if run.board.of_type(PlanOutlined) else len(blueprint["sections"])
    return planned_at_most + run.board.of_type(SectionAdded).index(added)


def _proposal(drafts: Sequence[Draft], *, revisable: bool) -> PlanProposed:
    specs = [d["data"]["spec"] for d in drafts if is_a(d, SectionPlanned)]
    text = "May these sections be written? To leave some out, approve and drop them by their ids."
    shown = [{k: spec[k] for k in _SHOWN if k in spec} for spec in specs]
    return PlanProposed(question="plan", text=text, sections=shown, revisable=revisable)


_SHOWN = ("id", "title", "after", "purpose", "questions")
"""What a person is shown of a planned section."""


def _left_out(event: Envelope, sections: Sequence[str]) -> set[str]:
    """Read which sections a person has left out of the plan.

    Older releases took the words of the note to a plan that was sent back for ids, and went on. A run that was answered
    so goes on as it was; nobody is asked so any more.
    """
    if not is_a(event, AnswerGiven):
        return set()
    if event["data"]["decision"] == "revise":
        return set(sections) & set(re.findall(r"[a-z0-9-]+", event["data"]["note"]))
    return set(event["data"].get("drop", ()))


def priorities(sections: Sequence[SectionSpec]) -> dict[str, int]:
    """Count for each section the words that models write on the longest path that starts with it.

    A call takes about as long as its reply. What is filled in or computed asks no model.
    """
    own = {s.id: _words(s) for s in sections}
    ahead = dict(own)
    for section in reversed(topological(sections)):
        for needed in section.needs:
            ahead[needed] = max(ahead[needed], own[needed] + ahead[section.id])
    return ahead


def _words(section: SectionSpec) -> int:
    return (section.words or USUAL_WORDS) if section.kind == "prose" else 1


def _plan(section: SectionSpec, position: int, ahead: int, need: Mapping[str, int] = MappingProxyType({})) -> Draft:
    spec = section.model_dump(mode="json")
    planned = SectionPlanned(spec=spec, position=position, priority=ahead, need=dict(need))
    return say(planned, section=section.id, epoch=1)


def _why_not(section: SectionSpec, left_out: Collection[str], run: Run, *, offline: bool) -> str:
    """Say why a section is not written, if it is not."""
    if section.id in left_out:
        return BY_A_PERSON
    if not when_holds(section, run.request["facts"]):
        return NOT_APPLICABLE
    return NEEDS_MODEL if section.needs_model and offline else ""


def _skip(section: SectionSpec, position: int, reason: str) -> Draft:
    return say(SectionSkipped(title=section.title, position=position, reason=reason), section=section.id, epoch=1)


EMITS = (SourcesSurveyed, SectionPlanned, SectionSkipped, PlanOutlined, PlanProposed, PlanRejected)
graph = subgraph("planner", EMITS, read_sources, outline, lay_out, check_plan, state=State)
