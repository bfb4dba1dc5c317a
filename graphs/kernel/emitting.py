"""How what an agent says becomes events: drafts, and their envelope. Pure."""

import hashlib

from quire.graphs.events import Event
from quire.graphs.kernel.agent_state import Outgoing, Scope
from quire.nodes.event_store.port import Envelope


def emit(
    event: Event,
    *,
    section: str | None = None,
    epoch: int = 1,
    to: str | None = None,
    reason: str | None = None,
    keep: str | None = None,
) -> Outgoing:
    """Put an event into the form in which a step hands it to the end of its subgraph.

    Args:
        event: what happened.
        section: what it is about; without it, what its agent works on: its section, or the document.
        epoch: of that section.
        to: the one agent that is to hear it. What an agent says to a request is meant for the asker anyway.
        reason: why it is handed to that agent, for who reads the journal.
        keep: text that the record keeps under its SHA-256, in the same transaction as the event.

    """
    draft = Outgoing(type=type(event).__name__, data=event.model_dump(mode="json"))
    if section is not None:
        draft["section"], draft["epoch"] = section, epoch
    if to is not None:
        draft["to"] = to
    if reason is not None:
        draft["reason"] = reason
    if keep is not None:
        draft["keep"] = keep
    return draft


def event_id(section: str | None, epoch: int, round_: int, agent: str, cause: str, position: int) -> str:
    """Derive an event's id from what it is about and what caused it, never from the order of calls.

    A step that runs again after a crash gives the same event the same id.
    """
    of_cause = hashlib.sha256(cause.encode()).hexdigest()[:8]
    return f"{section or 'document'}/{epoch}.{round_}/{agent}.{position}@{of_cause}"


def envelope(
    draft: Outgoing, agent: str, cause: Envelope | None, position: int, *, scope: Scope, opens_round: bool = False
) -> Envelope:
    """Put the envelope around what an agent says. The journal adds number and time."""
    own = scope["section"]["id"] if "section" in scope else None
    section, epoch = draft.get("section", own), draft.get("epoch", scope.get("epoch", 1))
    same = cause is not None and (section, epoch) == (cause["section"], cause["epoch"])
    round_ = cause["round"] + int(opens_round) if cause and same else 0
    why = cause["id"] if cause else None
    event = Envelope(
        n=0,
        id=event_id(section, epoch, round_, agent, why or "", position),
        type=draft["type"],
        at="",
        section=section,
        epoch=epoch,
        round=round_,
        agent=agent,
        cause=why,
        data=draft["data"],
    )
    if "to" in draft:
        event["to"] = draft["to"]
    if "reason" in draft:
        event["reason"] = draft["reason"]
    return event
