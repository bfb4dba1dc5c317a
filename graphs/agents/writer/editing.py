"""Persons' words in what the writer drafts: put in, and put back, by code."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved
from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import SectionEdited, is_a
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import only_edits
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import SectionContent
from quire.nodes.evidence.faced import faced
from quire.nodes.evidence.persons import Edit, edit_of, edited, kept
from quire.nodes.evidence.refreshing import found_again
from quire.nodes.sources.passage import Reading


def text_before(blackboard: Blackboard, scope: Scope) -> SectionContent | None:
    """Give the section as it was last drafted or stood, whoever wrote it: in this version, or in the one before."""
    return cast("SectionContent | None", said_before(blackboard, scope).get("content"))


def written_by(blackboard: Blackboard, scope: Scope) -> str | None:
    """Give the model that wrote the section as it was last drafted or stood, or the models that wrote its parts."""
    data = said_before(blackboard, scope)
    return data.get("model") or ", ".join(data.get("models", [])) or None


def stood_before(blackboard: Blackboard, scope: Scope) -> bool:
    """Whether that text was approved, so that all but persons' edits of it was judged. A draft under way was not."""
    said = _drafts_and_approvals(blackboard, scope)
    return not said or is_a(said[-1], SectionApproved) or bool(said[-1]["data"].get("edited"))


def said_before(blackboard: Blackboard, scope: Scope) -> Mapping[str, Any]:
    """Give the data of the draft or the approval with which that text was there."""
    if said := _drafts_and_approvals(blackboard, scope):
        return said[-1]["data"]
    before = blackboard.earlier["sections"].get(scope["section"]["id"]) if blackboard.earlier else None
    return before.get("approval", {}) if before else {}


def _drafts_and_approvals(blackboard: Blackboard, scope: Scope) -> list[Envelope]:
    events = [e for n in range(1, scope["epoch"] + 1) for e in blackboard.events_of(scope["section"]["id"], n)]
    return [e for e in events if is_a(e, SectionDrafted, SectionApproved)]


def edits_of(blackboard: Blackboard, scope: Scope) -> list[Edit]:
    """Give the edits that the section has taken up, in order."""
    taken = (blackboard.events[change] for change in blackboard.taken.get(scope["section"]["id"], []))
    return [edit_of(change["data"]) for change in taken if is_a(change, SectionEdited)]


def with_persons(
    blackboard: Blackboard, scope: Scope, draft: SectionContent, readings: tuple[Reading, ...]
) -> SectionContent:
    """Give a draft with every word that persons have put into the section, and without what they took out."""
    before = text_before(blackboard, scope)
    stood = found_again(before, readings) if before else None
    return faced(edited(kept(draft, stood), edits_of(blackboard, scope), stood), readings)


def is_only_edited(blackboard: Blackboard, event: Envelope) -> bool:
    """Whether a draft is to be the text that stands, with persons' edits, and no word else.

    It is not, where something else was wanted since that text was drafted and no draft has come of it yet.
    """
    has_edits = False
    for cause in _causes(blackboard, event):
        if is_a(cause, SectionOpened):
            return bool(cause["data"].get("edited"))
        if is_a(cause, SectionDrafted, RevisionRequested):
            return has_edits and is_a(cause, SectionDrafted)
        if is_a(cause, ChangesTaken):
            has_edits = only_edits([blackboard.events[change] for change in cause["data"]["changes"]])
            if not has_edits:
                return False
    return False


def _causes(blackboard: Blackboard, event: Envelope) -> Iterator[Envelope]:
    """Give an event and what led to it, within its section run."""
    found: Envelope | None = event
    while found is not None and found["section"] == event["section"]:
        yield found
        found = blackboard.events.get(found["cause"] or "")
