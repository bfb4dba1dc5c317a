"""How what an agent says becomes events: drafts, their envelope, and the step that posts them."""

import hashlib
from collections.abc import Mapping

from quire.graphs.events import Event, types_below
from quire.graphs.kernel.agent_state import AgentState, Draft, Lane, Step, Update
from quire.graphs.run.run import run_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import TurnsSpent


def say(
    event: Event,
    *,
    section: str | None = None,
    epoch: int = 1,
    to: str | None = None,
    reason: str | None = None,
    keep: str | None = None,
) -> Draft:
    """Put an event into the form in which a step hands it to the end of its subgraph.

    Args:
        event: what happened.
        section: what it is about; without it, what its agent works on: its section, or the document.
        epoch: of that section.
        to: the one agent that is to hear it. What an agent says to a request is meant for the asker anyway.
        reason: why it is handed to that agent, for who reads the trail.
        keep: text that the record keeps under its SHA-256, in the same transaction as the event.

    """
    draft = Draft(type=type(event).__name__, data=event.model_dump(mode="json"))
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
    trail = hashlib.sha256(cause.encode()).hexdigest()[:8]
    return f"{section or 'document'}/{epoch}.{round_}/{agent}.{position}@{trail}"


def envelope(
    draft: Draft, agent: str, cause: Envelope | None, position: int, *, lane: Lane, opens_round: bool = False
) -> Envelope:
    """Put the envelope around what an agent says. The journal adds number and time."""
    own = lane["section"]["id"] if "section" in lane else None
    section, epoch = draft.get("section", own), draft.get("epoch", lane.get("epoch", 1))
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


def emitting(name: str, emits: tuple[type[Event], ...]) -> Step:
    """Make the last step of an agent: what was said becomes events, posted before anyone reacts.

    Raises:
        TypeError: the agent said something it does not declare.
        TurnsSpent: it asked or handed over again and again.

    """
    declared = {name: event for base in emits for name, event in types_below(base).items()}

    async def emit(state: AgentState) -> Update:
        events, lane, said_by = [], state["lane"], state.get("acts_as", name)
        for position, draft in enumerate(state["said"]):
            if draft["type"] not in declared:
                raise TypeError(f"agent {name!r} said {draft['type']}, which it does not declare in emits")
            kind = declared[draft["type"]]
            event = envelope(draft, said_by, state["event"], position, lane=lane, opens_round=kind.opens_round)
            events.append(_addressed(event, kind, state["event"]))
        kept = [draft["keep"].encode() for draft in state["said"] if "keep" in draft]
        run = await run_of(lane["run"])
        if any("to" in e or "asks" in e for e in events):
            bound_turns(run.board.events, state["event"], said_by)
        return {"log": await run.post(events, {hashlib.sha256(blob).hexdigest(): blob for blob in kept})}

    return emit


def _addressed(event: Envelope, kind: type[Event], cause: Envelope) -> Envelope:
    """Mark a request; address what follows from one to the asker, unless it is addressed or nobody reacts to it."""
    if kind.asks:
        return {**event, "asks": True}
    return event if "to" in event or kind.terminal or "asks" not in cause else {**event, "to": cause["agent"]}


MOST_TURNS = 8
"""How often an agent may ask or hand over in one chain of causes, within a round."""


def bound_turns(events: Mapping[str, Envelope], cause: Envelope | None, agent: str) -> None:
    """Let no two agents hand over, or ask, back and forth for ever.

    Raises:
        TurnsSpent: the agent has had its turns among the causes of what it is about to say.

    """
    turns, round_ = 0, cause["round"] if cause else 0
    while cause is not None and cause["round"] == round_:
        turns += cause["agent"] == agent and ("to" in cause or "asks" in cause)
        cause = events.get(cause["cause"] or "")
    if turns >= MOST_TURNS:
        raise TurnsSpent(f"it asked or handed over {turns} times, and it led to nothing else")
