"""What the writer is to do this time, from its section run's journal."""

from collections.abc import Mapping
from typing import Any, cast

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved
from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.events import RequestUnanswered, is_a
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import facts_with, taken_by
from quire.graphs.run.section_inputs import inputs_of
from quire.nodes.author.changing import Changed, changed, changed_values
from quire.nodes.author.grounds import Ground
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import named, with_ids
from quire.nodes.evidence.content import Claim, SectionContent


def objections(blackboard: Blackboard, scope: Scope, event: Envelope) -> list[dict[str, Any]]:
    """Give what was objected to in the last draft, or what the editor had the section opened again for."""
    revision = _caused_by(blackboard, event, RevisionRequested.__name__)
    (opened,) = blackboard.events_of(scope["section"]["id"], scope["epoch"], SectionOpened)
    findings: list[dict[str, Any]] = (revision or opened)["data"]["findings"]
    return findings


def elsewhere(blackboard: Blackboard, scope: Scope) -> dict[str, str]:
    """Give what the other sections are for, by their titles, as it was planned when this one was opened.

    What is planned later does not count: a prompt that is made again after a crash is the same, and none is paid twice.
    """
    (opened,) = blackboard.events_of(scope["section"]["id"], scope["epoch"], SectionOpened)
    planned = [e for e in blackboard.of_type(SectionPlanned) if e["n"] < opened["n"]]
    others = [e["data"]["spec"] for e in sorted(planned, key=lambda e: e["data"]["position"])]
    return {
        str(spec["title"]): str(spec.get("purpose", ""))
        for spec in others
        if spec["id"] != scope["section"]["id"] and spec["kind"] != "template"
    }


def last_draft(blackboard: Blackboard, scope: Scope) -> SectionContent | None:
    """Give the section as it was last drafted in this epoch, or else as it stood before; its claims have names.

    Before the first draft of a version that is how the section stood in the version before.
    """
    section, epoch = scope["section"]["id"], scope["epoch"]
    before = [
        e
        for past in range(1, epoch)
        for e in blackboard.events_of(section, past)
        if is_a(e, SectionDrafted, SectionApproved)
    ]
    drafts = [*before, *blackboard.events_of(section, epoch, SectionDrafted)]
    written = [d for d in drafts if d["data"].get("model") or d["data"].get("models")]
    return with_ids(cast("SectionContent", written[-1]["data"]["content"])) if written else _stood(blackboard, section)


def _stood(blackboard: Blackboard, section: str) -> SectionContent | None:
    """Give the section as it stood in the version before, if a model wrote it."""
    before = blackboard.earlier["sections"].get(section) if blackboard.earlier else None
    approval = before.get("approval", {}) if before else {}
    return with_ids(cast("SectionContent", approval["content"])) if approval.get("models") else None


def changed_inputs(blackboard: Blackboard, scope: Scope) -> list[Changed]:
    """Give what has changed in the sections that this one builds on since it was last written."""
    section, epoch = scope["section"]["id"], scope["epoch"]
    written = [past for past in range(1, epoch) if blackboard.events_of(section, past, SectionDrafted)]
    if blackboard.events_of(section, epoch, SectionDrafted):
        return []
    if not written:
        return (
            changed(_read_before(blackboard, section), inputs_of(blackboard, section, epoch))
            if _stood(blackboard, section)
            else []
        )
    before, now = inputs_of(blackboard, section, written[-1]), inputs_of(blackboard, section, epoch)
    return changed(before, now)


def standing(
    blackboard: Blackboard, scope: Scope, last: SectionContent, grounds: Mapping[str, Ground], told: Mapping[str, Any]
) -> dict[str, Claim]:
    """Give the claims of the version before that stand until something else is seen: what they rest on is there still.

    None does where the section is told otherwise now: then it is written anew, with the old text before one's eyes.

    Args:
        blackboard: the run's.
        scope: the section's.
        last: the section as it stood, with the places at which its evidence stands now.
        grounds: what it may stand on.
        told: what the section is told now (``quire.graphs.versions.told.told_of``).

    """
    before = blackboard.earlier["sections"].get(scope["section"]["id"]) if blackboard.earlier else None
    if before is None or before["told"] != told:
        return {}
    there = {(e["source"], e["address"], e["quote"]) for ground in grounds.values() for e in ground.evidence}
    claims = {c["id"]: c for c in named(last) if c["basis"] != "unsupported"}
    return {
        name: made
        for name, made in claims.items()
        if all((e["source"], e["address"], e["quote"]) in there for e in made["evidence"])
    }


def is_first(blackboard: Blackboard, scope: Scope) -> bool:
    """Whether a section is drafted for the first time in a version that follows another."""
    section = scope["section"]["id"]
    return blackboard.earlier is not None and not any(
        blackboard.events_of(section, epoch, SectionDrafted) for epoch in range(1, scope["epoch"] + 1)
    )


def _read_before(blackboard: Blackboard, section: str) -> dict[str, SectionContent]:
    """Give what the section read of others in the version before."""
    sections = blackboard.earlier["sections"] if blackboard.earlier else {}
    read = sections[section]["inputs"] if section in sections else {}
    approvals = {name: sections[name].get("approval", {}) for name in read if name in sections}
    return {name: a["content"] for name, a in approvals.items() if "content" in a}


def changed_facts(blackboard: Blackboard, scope: Scope, facts: Mapping[str, Any]) -> list[Changed]:
    """Give the facts of the brief that are others since the section was last written.

    Args:
        blackboard: of the run.
        scope: the section run.
        facts: the brief's, as they were asked with.

    """
    section, epoch = scope["section"]["id"], scope["epoch"]
    events = [e for past in range(1, epoch + 1) for e in blackboard.events_of(section, past)]
    written = [e["n"] for e in events if is_a(e, SectionDrafted)]
    if not written:
        return []
    before = taken_by(e for e in events if e["n"] < written[-1])
    then, now = (facts_with(facts, [blackboard.events[c] for c in ids]) for ids in (before, taken_by(events)))
    return changed_values(then, now)


def begun(blackboard: Blackboard, event: Envelope) -> str:
    """Give the reply that asked for what was looked for meanwhile."""
    asked = _caused_by(blackboard, event, FactRequested.__name__)
    return str(asked["data"].get("begun", "")) if asked else ""


def has_asked(event: Envelope) -> bool:
    """Whether this is how a request ended. The writer asks once a round, and then makes do with what it has."""
    return is_a(event, RequestUnanswered) or event["data"].get("answers") is not None


def _caused_by(blackboard: Blackboard, event: Envelope, wanted: str) -> Envelope | None:
    """Follow the causes of an event, within its section run and round, to one of a type."""
    while event["type"] != wanted:
        if not is_a(event, EvidenceGathered, RequestUnanswered, FactRequested) or event["cause"] is None:
            return None
        event = blackboard.events[event["cause"]]
    return event
