"""What the writer is to do this time, from its section run's journal."""

from typing import Any, cast

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.events import RequestUnanswered, is_a
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.section_inputs import inputs_of
from quire.nodes.author.changing import Changed, changed
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import with_ids
from quire.nodes.evidence.content import SectionContent


def objections(blackboard: Blackboard, scope: Scope, event: Envelope) -> list[dict[str, Any]]:
    """Give what was objected to in the last draft, or what the editor had the section opened again for."""
    revision = _caused_by(blackboard, event, RevisionRequested.__name__)
    (opened,) = blackboard.events_of(scope["section"]["id"], scope["epoch"], SectionOpened)
    findings: list[dict[str, Any]] = (revision or opened)["data"]["findings"]
    return findings


def last_draft(blackboard: Blackboard, scope: Scope) -> SectionContent | None:
    """Give the section as it was last drafted in this epoch, or else as it stood before; its claims have names."""
    section, epoch = scope["section"]["id"], scope["epoch"]
    before = [
        e
        for past in range(1, epoch)
        for e in blackboard.events_of(section, past)
        if is_a(e, SectionDrafted, SectionApproved)
    ]
    drafts = [*before, *blackboard.events_of(section, epoch, SectionDrafted)]
    written = [d for d in drafts if d["data"].get("model") or d["data"].get("models")]
    return with_ids(cast("SectionContent", written[-1]["data"]["content"])) if written else None


def changed_inputs(blackboard: Blackboard, scope: Scope) -> list[Changed]:
    """Give what has changed in the sections that this one builds on since it was last written."""
    section, epoch = scope["section"]["id"], scope["epoch"]
    written = [past for past in range(1, epoch) if blackboard.events_of(section, past, SectionDrafted)]
    if not written or blackboard.events_of(section, epoch, SectionDrafted):
        return []
    before, now = inputs_of(blackboard, section, written[-1]), inputs_of(blackboard, section, epoch)
    return changed(before, now)


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
