"""What the writer is to do this time, from its section run's journal."""

from typing import Any, cast

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.events import RequestUnanswered, is_a
from quire.graphs.kernel.agent_state import Lane
from quire.graphs.run.blackboard import Board
from quire.graphs.run.section_inputs import inputs_of
from quire.nodes.author.changing import Changed, changed
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import with_ids
from quire.nodes.evidence.content import SectionContent


def objections(board: Board, lane: Lane, event: Envelope) -> list[dict[str, Any]]:
    """Give what was objected to in the last draft, or what the editor had the section opened again for."""
    revision = _caused_by(board, event, RevisionRequested.__name__)
    (opened,) = board.of_lane(lane["section"]["id"], lane["epoch"], SectionOpened)
    findings: list[dict[str, Any]] = (revision or opened)["data"]["findings"]
    return findings


def last_draft(board: Board, lane: Lane) -> SectionContent | None:
    """Give the section as it was last drafted in this epoch, or else as it stood before; its claims have names."""
    section, epoch = lane["section"]["id"], lane["epoch"]
    before = [
        e for past in range(1, epoch) for e in board.lane(section, past) if is_a(e, SectionDrafted, SectionApproved)
    ]
    drafts = [*before, *board.of_lane(section, epoch, SectionDrafted)]
    written = [d for d in drafts if d["data"].get("model") or d["data"].get("models")]
    return with_ids(cast("SectionContent", written[-1]["data"]["content"])) if written else None


def changed_inputs(board: Board, lane: Lane) -> list[Changed]:
    """Give what has changed in the sections that this one builds on since it was last written."""
    section, epoch = lane["section"]["id"], lane["epoch"]
    written = [past for past in range(1, epoch) if board.of_lane(section, past, SectionDrafted)]
    if not written or board.of_lane(section, epoch, SectionDrafted):
        return []
    before, now = inputs_of(board, section, written[-1]), inputs_of(board, section, epoch)
    return changed(before, now)


def begun(board: Board, event: Envelope) -> str:
    """Give the reply that asked for what was looked for meanwhile."""
    asked = _caused_by(board, event, FactRequested.__name__)
    return str(asked["data"].get("begun", "")) if asked else ""


def has_asked(event: Envelope) -> bool:
    """Whether this is how a request ended. The writer asks once a round, and then makes do with what it has."""
    return is_a(event, RequestUnanswered) or event["data"].get("answers") is not None


def _caused_by(board: Board, event: Envelope, wanted: str) -> Envelope | None:
    """Follow the causes of an event, within its section run and round, to one of a type."""
    while event["type"] != wanted:
        if not is_a(event, EvidenceGathered, RequestUnanswered, FactRequested) or event["cause"] is None:
            return None
        event = board.events[event["cause"]]
    return event
