"""The version that a new one is to follow, made of the journal of the run that wrote it. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from quire.graphs.agents.arbiter.events import SectionApproved, SectionSubmitted
from quire.graphs.agents.editor.events import DocumentApproved
from quire.graphs.agents.planner.events import PlanOutlined, SectionPlanned, SectionSkipped
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import AnswerGiven, DocumentRequested, FactChanged, SectionCancelled, is_a
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import facts_with
from quire.graphs.run.dependencies import CLOSING, inputs_read
from quire.graphs.run.differing import differing
from quire.graphs.run.earlier import Earlier, EarlierPlan, EarlierSection, Gathered
from quire.graphs.run.summary import sections_of
from quire.graphs.versions.told import told_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.left_out import BY_A_PERSON
from quire.nodes.evidence.refreshing import said_digest, saying


def earlier_version(blackboard: Blackboard) -> Earlier | None:
    """Give how a document stands, for a version that follows it; ``None``: nothing was asked yet."""
    asked = next((e["data"] for e in blackboard.of_type(DocumentRequested)), None)
    if asked is None:
        return None
    changed = [e for e in blackboard.outside if is_a(e, FactChanged)]
    left = [e["data"]["findings"] for e in blackboard.of_type(DocumentApproved)]
    return Earlier(
        asked=asked,
        facts=facts_with(asked["facts"], changed),
        differences=[dict(one) for one in differing(blackboard)],
        plan=_plan(blackboard, asked),
        sections=_sections(blackboard, asked),
        findings=left[-1] if left else [],
    )


def _plan(blackboard: Blackboard, asked: Mapping[str, Any]) -> EarlierPlan:
    plan = EarlierPlan(dropped=_dropped(blackboard), later=_later(blackboard), facts=_changed_facts(blackboard, asked))
    if outlined := blackboard.of_type(PlanOutlined):
        plan["outlined"] = outlined[-1]["data"]
    return plan


def _dropped(blackboard: Blackboard) -> list[str]:
    left_out = [e for e in blackboard.of_type(SectionSkipped) if e["data"]["reason"] == BY_A_PERSON]
    return [str(e["section"]) for e in [*left_out, *blackboard.of_type(SectionCancelled)]]


def _changed_facts(blackboard: Blackboard, asked: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    before = blackboard.earlier["plan"]["facts"] if blackboard.earlier else {}
    still = {name: one for name, one in before.items() if asked["facts"].get(name) == one["is"]}
    for change in (e["data"] for e in blackboard.outside if is_a(e, FactChanged)):
        name = change["name"]
        was = still[name]["was"] if name in still else asked["facts"].get(name)
        still[name] = {"was": was, "is": change["value"]}
    return still


def _later(blackboard: Blackboard) -> list[dict[str, Any]]:
    came = set(blackboard.growing.later) | {
        one["spec"]["id"] for one in (blackboard.earlier["plan"]["later"] if blackboard.earlier else ())
    }
    planned = [e for e in blackboard.of_type(SectionPlanned) if e["section"] in came]
    return [{"spec": e["data"]["spec"], "position": e["data"]["position"]} for e in planned]


def _sections(blackboard: Blackboard, asked: Mapping[str, Any]) -> dict[str, EarlierSection]:
    rounds = {s["id"]: s["rounds"] for s in sections_of(blackboard)}
    found: dict[str, EarlierSection] = {}
    for planned in blackboard.plan_now():
        section = str(planned["section"])
        if (closed := blackboard.last.get(section)) is None or closed["type"] not in CLOSING:
            continue
        found[section] = _section(blackboard, asked, planned, closed, rounds[section])
    return found


def _section(
    blackboard: Blackboard, asked: Mapping[str, Any], planned: Envelope, closed: Envelope, rounds: int
) -> EarlierSection:
    section, spec = str(planned["section"]), planned["data"]["spec"]
    events = [e for epoch in range(1, closed["epoch"] + 1) for e in blackboard.events_of(section, epoch)]
    opened = [e for e in events if is_a(e, SectionOpened)]
    earlier = blackboard.earlier["sections"].get(section) if blackboard.earlier else None
    before = None if opened else earlier
    read = inputs_read(events)
    made = EarlierSection(
        spec=spec,
        told=told_of(asked, spec),
        closed=closed["type"],
        by_person=_by_person(blackboard, events) or bool(before and before["by_person"]),
        inputs=read,
        builds_on={name: _said(blackboard, seen) for name, seen in read.items()},
        made_with=_made_with(events, earlier),
        gathered=_gathered(events) if opened else before["gathered"] if before else [],
    )
    if is_a(closed, SectionApproved):
        approval = {key: value for key, value in closed["data"].items() if key != "kept"}
        made["approval"] = {**approval, "rounds": rounds}
    return made


def _made_with(events: Sequence[Envelope], earlier: EarlierSection | None) -> dict[str, str]:
    """Give the models that were asked for a section as it stands; for edits none is."""
    drafts = [e["data"] for e in events if is_a(e, SectionDrafted) and not e["data"].get("edited")]
    known: dict[str, str] = drafts[-1].get("made_with", {}) if drafts else earlier["made_with"] if earlier else {}
    return known


def _said(blackboard: Blackboard, seen: Mapping[str, Any]) -> str:
    read = blackboard.events.get(str(seen.get("event")))
    return said_digest(read["data"]["content"]) if read and "content" in read["data"] else ""


def _gathered(events: Sequence[Envelope]) -> list[Gathered]:
    return [
        Gathered(
            queries=list(e["data"].get("queries", [])),
            answers=e["data"].get("answers") is not None,
            digest=saying(e["data"]["evidence"]),
        )
        for e in events
        if is_a(e, EvidenceGathered)
    ]


def _by_person(blackboard: Blackboard, events: Sequence[Envelope]) -> bool:
    """Whether a person approved a section."""
    asked = {e["id"] for e in events if is_a(e, SectionSubmitted)}
    answers = [a for asking, a in blackboard.answers.items() if asking in asked]
    return any(is_a(a, AnswerGiven) and a["data"]["decision"] == "approve" for a in answers)
