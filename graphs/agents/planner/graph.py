"""The planner: survey and compare the sources, outline sections where that is open, lay them out, check the plan."""

import asyncio
import re
from collections.abc import Collection, Sequence
from typing import NotRequired

from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.agents.planner.comparing import compared, conflicts
from quire.graphs.agents.planner.deciding import added, decision, proposed_in
from quire.graphs.agents.planner.events import (
    ConflictFound,
    PlanOutlined,
    PlanProposed,
    PlanRejected,
    RecordsRequested,
    SectionConsidered,
    SectionDeclined,
    SectionPlanned,
    SectionSkipped,
    SourcesCompared,
    SourcesSurveyed,
)
from quire.graphs.agents.planner.planning import changed, planned
from quire.graphs.agents.planner.priorities import priorities
from quire.graphs.agents.planner.surveying import Survey, surveyed
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import AnswerGiven, DocumentRequested, SectionAdded, is_a
from quire.graphs.intake.blueprint import Blueprint, SectionSpec, topological, when_holds
from quire.graphs.intake.ordering import cycle
from quire.graphs.kernel.agent_state import AgentState, Outgoing, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.differing import settles
from quire.graphs.run.extraction import record_types_of, to_be_read
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import known_records_of
from quire.graphs.versions.planned_before import plan_before, sections_before
from quire.nodes.differences.differing import Difference, differences
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.left_out import BY_A_PERSON, NEEDS_MODEL, NOT_APPLICABLE
from quire.nodes.records.conflicting import beside, record_differences, roles_of
from quire.nodes.records.gathering import gathered
from quire.nodes.render.dated import date_of
from quire.nodes.sources.passage import Reading
from quire.nodes.survey.survey import by_source, survey


class State(AgentState):
    """The planner's state."""

    outlined: NotRequired[Outgoing]
    """What was planned with a model in this step."""
    drafts: NotRequired[list[Outgoing]]
    surveyed: NotRequired[Survey]
    compared: NotRequired[list[Difference]]
    """Where the sources differ."""
    extracting: NotRequired[list[str]]
    """Types of records that are read before anything is planned."""
    waits: NotRequired[bool]
    """Nothing is planned before persons have said which of the values hold that differ."""


async def read_sources(state: State) -> Update:
    """Read every source once, before anything is paid for, so that one that cannot be read is known now."""
    run, event = await run_of(state["scope"]["run"]), state["event"]
    if is_a(event, SectionAdded) or proposed_in(run, event):
        return {"waits": False}
    readings = await run.readings()
    types = to_be_read(run.request, readings) if is_a(event, DocumentRequested) else []
    if types and await models_for(run, "extractor"):
        return {"waits": True, "extracting": types}
    if is_a(event, DocumentRequested, RecordsExtracted):
        found = await asyncio.to_thread(_differences, run, readings)
        waits = bool(conflicts(found, run.request["options"], run.words))
        sources = survey(readings, date_of(run.request["facts"]))
        return {"surveyed": Survey(sources=sources, model=None, reason=""), "compared": found, "waits": waits}
    return {"waits": _is_about_conflicts(event, run.blackboard) and not settles(event, run.blackboard)}


async def survey_sources(state: State) -> Update:
    """Have a model say what the sources are, where it is to plan from them; else what code found stands."""
    run = await run_of(state["scope"]["run"])
    models = await models_for(run, "planner")
    if models is None or "surveyed" not in state or not _is_open(run):
        return {}
    return {"surveyed": await surveyed(run, state, models, await run.readings(), state["surveyed"]["sources"])}


def _differences(run: Run, readings: Sequence[Reading]) -> list[Difference]:
    """Find where the sources differ, and where records of one thing do."""
    today, types = date_of(run.request["facts"]), record_types_of(run.request["blueprint"])
    if not types:
        return differences(readings, today=today)
    records = gathered(types, readings, known_records_of(run))["records"]
    of_records = record_differences(records, types, by_source(survey(readings, today)))
    return beside(differences(readings, roles_of(records), today), of_records)


async def outline(state: State) -> Update:
    """Have a model plan the sections where the blueprint leaves that open, or change the plan as a person asks."""
    run, event = await run_of(state["scope"]["run"]), state["event"]
    models = await models_for(run, "planner")
    before = plan_before(run.blackboard.earlier, run.request) if _begins(event, run.blackboard) else None
    if before and not before.note and not state["waits"]:
        return {"outlined": emit(before.outlined)}
    if models is None or state["waits"]:
        return {}
    if before:
        specs = [SectionSpec.model_validate(s) for s in before.outlined.sections]
        return {"outlined": emit(await changed(run, state, models, specs, before.note))}
    if _begins(event, run.blackboard):
        known = state["surveyed"]["sources"] if "surveyed" in state else None
        return {"outlined": emit(await planned(run, state, models, known))} if _is_open(run) else {}
    if _sends_back(event, run.blackboard):
        sections = _sections(run, state)
        return {"outlined": emit(await changed(run, state, models, sections, event["data"]["note"]))}
    return {}


async def lay_out(state: State) -> Update:
    """Plan the sections that apply, each behind those it waits for; skip those whose ``when`` does not hold.

    Without a model, what takes one is skipped as well: no quotation says what nobody has weighed.

    Sent in this order, section runs cannot lock each other out even where a host runs one task at a time.
    """
    run, event = await run_of(state["scope"]["run"]), state["event"]
    if state["waits"]:
        return {"drafts": []}
    if is_a(event, SectionAdded):
        return {"drafts": [added(run, event)]}
    if proposed := proposed_in(run, event):
        return {"drafts": [await decision(run, state, proposed)]}
    kept = _sections(run, state)
    dropped = [s for s in _blueprint(run).standing if s.id not in {k.id for k in kept}]
    sections = [*kept, *dropped]
    if cycle(sections):
        return {"drafts": []}
    left_out = {s.id for s in dropped}
    left_out |= set(run.blackboard.earlier["plan"]["dropped"]) if run.blackboard.earlier else set()
    left_out |= set() if _sends_back(event, run.blackboard) else _left_out(event, [s.id for s in sections])
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
    run, event = await run_of(state["scope"]["run"]), state["event"]
    if is_a(event, SectionAdded) or proposed_in(run, event):
        return {"outgoing": state["drafts"]}
    if "extracting" in state:
        return {"outgoing": [emit(RecordsRequested(types=state["extracting"]))]}
    begins = _begins(event, run.blackboard)
    ring = cycle(_blueprint(run).sections)
    if ring:
        return {"outgoing": [emit(PlanRejected(reason="sections wait for each other: " + " -> ".join(ring)))]}
    if is_a(event, AnswerGiven) and event["data"]["decision"] == "reject" and not begins and not state["waits"]:
        return {"outgoing": [emit(PlanRejected(reason=f"a person rejected the plan: {event['data']['note']}"))]}
    told = [state["outlined"]] if "outlined" in state else []
    asks = begins and "plan" in run.request["options"].get("approve", [])
    plan = state["drafts"]
    if not state["waits"] and (asks or _sends_back(event, run.blackboard)):
        plan = [emit(_proposal(plan, revisable=await models_for(run, "planner") is not None))]
    return {"outgoing": [*told, *plan, *_of_sources(run, state)]}  # last: what else is said is known by its place


def _of_sources(run: Run, state: State) -> list[Outgoing]:
    """Say what the sources are, and where they differ: once, when the document is asked for."""
    if "compared" not in state:
        return []
    known = state["surveyed"]
    sources = [dict(each) for each in known["sources"]]
    told = emit(SourcesSurveyed(sources=sources, model=known["model"], reason=known["reason"]))
    return [told, *map(emit, compared(state["compared"], run.request["options"], run.words))]


def _begins(event: Envelope, blackboard: Blackboard) -> bool:
    """Whether planning begins: a document is asked for, its records are read, or its last conflict is settled."""
    return is_a(event, DocumentRequested, RecordsExtracted) or _is_about_conflicts(event, blackboard)


def _is_about_conflicts(event: Envelope, blackboard: Blackboard) -> bool:
    return is_a(event, AnswerGiven) and is_a(blackboard.events[event["cause"] or ""], ConflictFound)


def _is_open(run: Run) -> bool:
    """Whether the blueprint leaves the sections to a model."""
    return bool(run.request["blueprint"].get("plan") == "open")


def _blueprint(run: Run) -> Blueprint:
    return Blueprint.model_validate(run.request["blueprint"])


def _sections(run: Run, state: State) -> list[SectionSpec]:
    """Give the sections as they were last planned: just now, before, or by the blueprint."""
    outlines = [*(e["data"] for e in run.blackboard.of_type(PlanOutlined))]
    outlines += [state["outlined"]["data"]] if "outlined" in state else []
    found = [SectionSpec.model_validate(s) for s in outlines[-1]["sections"]] if outlines else _blueprint(run).sections
    return sections_before(run.blackboard.earlier, found)


def _sends_back(event: Envelope, blackboard: Blackboard) -> bool:
    """Whether a person sends a plan back to be changed. A plan of an older release never was."""
    if not is_a(event, AnswerGiven) or event["data"]["decision"] != "revise" or _is_about_conflicts(event, blackboard):
        return False
    return bool(blackboard.events[event["cause"] or ""]["data"].get("revisable"))


def _proposal(drafts: Sequence[Outgoing], *, revisable: bool) -> PlanProposed:
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


def _plan(section: SectionSpec, position: int, ahead: int) -> Outgoing:
    planned = SectionPlanned(spec=section.model_dump(mode="json"), position=position, priority=ahead)
    return emit(planned, section=section.id, epoch=1)


def _why_not(section: SectionSpec, left_out: Collection[str], run: Run, *, offline: bool) -> str:
    """Say why a section is not written, if it is not."""
    if section.id in left_out:
        return BY_A_PERSON
    if not when_holds(section, run.request["facts"]):
        return NOT_APPLICABLE
    return NEEDS_MODEL if section.needs_model and offline else ""


def _skip(section: SectionSpec, position: int, reason: str) -> Outgoing:
    return emit(SectionSkipped(title=section.title, position=position, reason=reason), section=section.id, epoch=1)


EMITS = (
    RecordsRequested,
    SourcesSurveyed,
    SourcesCompared,
    ConflictFound,
    SectionPlanned,
    SectionSkipped,
    PlanOutlined,
    PlanProposed,
    PlanRejected,
    SectionConsidered,
    SectionDeclined,
)
graph = subgraph("planner", EMITS, read_sources, survey_sources, outline, lay_out, check_plan, state=State)
