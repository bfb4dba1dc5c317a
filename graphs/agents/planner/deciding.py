"""Deciding on a section that came while others were written: what the planner says to it."""

import json

from quire.graphs.agents.planner.events import (
    PlanOutlined,
    SectionConsidered,
    SectionDeclined,
    SectionPlanned,
    SectionSkipped,
)
from quire.graphs.agents.planner.places import Plan, place_of_added, place_of_proposed
from quire.graphs.agents.planner.priorities import words_of
from quire.graphs.agents.planner.proposals import Proposal, declined, spec_of
from quire.graphs.agents.planner.weighing import UNWEIGHED, as_worded, weighed
from quire.graphs.events import AnswerGiven, SectionAdded, SectionProposed, is_a
from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.intake.blueprint_models import MAX_SECTIONS
from quire.graphs.kernel.agent_state import AgentState, Outgoing
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.growth import QUESTION, origin_of
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope


def proposed_in(run: Run, event: Envelope) -> Envelope | None:
    """Give the proposal that an event is about, if it is about one: itself, or a person's answer."""
    about = event if is_a(event, SectionProposed) else origin_of(event, run.blackboard.events)
    return about if about is not None and is_a(about, SectionProposed) else None


async def decision(run: Run, state: AgentState, proposed: Envelope) -> Outgoing:
    """Say what becomes of a proposed section: it is written, it is not, or a person is asked."""
    event = state["event"]
    if is_a(event, AnswerGiven):
        asked = run.blackboard.events[event["cause"] or ""]["data"]["spec"]
        if event["data"]["decision"] == "approve":
            return _written(run, proposed, SectionSpec.model_validate(asked))
        note = event["data"]["note"]
        return _declined(proposed, f"a person declined it{f': {note}' if note else ''}")
    proposal, unweighed = _proposal(run, proposed), ""
    if reason := declined(proposal):
        return _declined(proposed, reason)
    if models := await models_for(run, "planner"):
        said = await weighed(run, state, models, proposal)
        if not said["accept"]:
            return _declined(proposed, said["reason"])
        unweighed = said["reason"] if said["reason"].startswith(UNWEIGHED) else ""
        worded = proposal._replace(said=as_worded(proposed["data"], said))
        proposal = proposal if declined(worded) else worded
    spec = spec_of(proposal)
    if "plan" in run.request["options"].get("approve", []):
        text = f"May one section more be written, “{spec.title}”? {proposed['data']['why']}"
        return emit(SectionConsidered(question=f"{QUESTION}{spec.id}", text=text, spec=spec.model_dump(mode="json")))
    return _written(run, proposed, spec, unweighed)


def added(run: Run, event: Envelope) -> Outgoing:
    """Plan a section that was added from outside."""
    number = run.blackboard.of_type(SectionAdded).index(event)
    last = MAX_SECTIONS if run.blackboard.of_type(PlanOutlined) else len(run.request["blueprint"]["sections"])
    place = place_of_added(_plan(run), number, last)
    return _planned(run, SectionSpec.model_validate(event["data"]["spec"]), place)


def _proposal(run: Run, proposed: Envelope) -> Proposal:
    blackboard, said = run.blackboard, proposed["data"]
    accepted = [e for e in blackboard.of_type(SectionPlanned) if proposed_in(run, e)]
    others = blackboard.growing.undecided.keys() - {proposed["id"]}  # one that is answered is not planned yet
    asked = [e["data"]["spec"] for e in blackboard.of_type(SectionConsidered) if e["cause"] in others]
    known = [run.request["title"], json.dumps(run.request["facts"], ensure_ascii=False)]
    known += [str(e["quote"]) for e in said["evidence"] if e.get("quote")]
    added_too = [e for e in blackboard.of_type(SectionAdded) if e["id"] in blackboard.growing.undecided]
    return Proposal(said, _plan(run), asked, len(accepted), added_too, known)


def _plan(run: Run) -> Plan:
    return Plan(run.blackboard.plan(), run.blackboard.of_type(SectionSkipped), run.blackboard.growing.later)


def _written(run: Run, proposed: Envelope, spec: SectionSpec, reason: str = "") -> Outgoing:
    return _planned(run, spec, place_of_proposed(_plan(run), proposed["section"], proposed["data"]["behind"]), reason)


def _planned(run: Run, spec: SectionSpec, place: float, reason: str = "") -> Outgoing:
    """Plan a section, with the revisions that it waits for now; who gathers what others say is on its path."""
    blackboard = run.blackboard
    behind = [
        blackboard.priority(str(e["section"]))
        for e in blackboard.plan()
        if blackboard.growing.gathers(str(e["section"]))
    ]
    need = {needed: blackboard.epochs.get(needed, 1) for needed in spec.needs}
    ahead = words_of(spec) + max(behind, default=0)
    planned = SectionPlanned(
        spec=spec.model_dump(mode="json"), position=place, priority=ahead, need=need, reason=reason
    )
    return emit(planned, section=spec.id, epoch=1)


def _declined(proposed: Envelope, reason: str) -> Outgoing:
    return emit(SectionDeclined(title=proposed["data"]["title"], reason=reason))
