"""What the writer is to do this time, from its section run's journal."""

from typing import Any, cast

from quire.graphs.agents.arbiter.events import RevisionRequested
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.events import RequestUnanswered, is_a
from quire.graphs.kernel.agent_state import Lane
from quire.graphs.run.blackboard import Board
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
    """Give the section as it was last drafted, in this epoch or the one before; its claims have names."""
    section = lane["section"]["id"]
    drafts = [d for epoch in (lane["epoch"] - 1, lane["epoch"]) for d in board.of_lane(section, epoch, SectionDrafted)]
    written = [d for d in drafts if d["data"]["model"] is not None]
    return with_ids(cast("SectionContent", written[-1]["data"]["content"])) if written else None


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
