"""A run that is put aside while the model endpoint is out of order: what is journalled, and when it is tried again.

It holds nothing meanwhile: no place among the runs at work, no call, no connection. Each further try is one attempt at
one call; as long as the outage lasts, the pauses between them grow.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from quire.graphs.events import Event, RunResumed, RunSuspended, is_a
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.changes import OUTSIDERS
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import SUSPENDED
from quire.nodes.faults import ChangedMeanwhile, EndpointOut

FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 900.0
"""Seconds. Within the longest, all runs go on after the end of an outage."""


async def suspend(run: Run, out: EndpointOut, tell: Callable[[Envelope], None] = lambda _event: None) -> bool:
    """Journal that a run is put aside, and that it waits; false if something from outside has to be taken up first.

    Args:
        run: nobody works on it any more.
        out: why.
        tell: is told the event.

    """
    blackboard = run.blackboard
    if blackboard.cancelled is not None:
        return False
    before = blackboard.of_type(RunSuspended)
    pause = _pause(before[-1] if before else None, out.seconds)
    said = RunSuspended(reason=str(out), out_for=round(out.seconds, 3), pause=pause)
    event = envelope(emit(said), "document", None, 0, scope=Scope(run=run.id))
    event["id"] = f"{SUSPENDED}{len(before) + 1}"
    try:
        await blackboard.post([event], status="waiting", heard=blackboard.heard, tell=tell)
    except ChangedMeanwhile:
        await blackboard.fill()
        return False
    return True


def _pause(before: Envelope | None, seconds: float) -> float:
    """Give the seconds until the next try: longer each time within an outage, and short again in a new one."""
    if before is None or seconds <= before["data"]["out_for"]:
        return FIRST_PAUSE
    return float(min(LONGEST_PAUSE, 2 * before["data"]["pause"]))


def suspension(journal: Journal) -> Envelope | None:
    """Give the event with which a run was put aside, if it has not gone on since."""
    return _put_aside(journal, besides=())


def due(suspended: Envelope) -> datetime:
    """Give the time at which a run that was put aside is tried again."""
    return _time(suspended["at"]) + timedelta(seconds=suspended["data"]["pause"])


def seconds_until_due(suspended: Envelope, now: str) -> float:
    """Give the seconds until then; 0 if it is past."""
    return max(0.0, (due(suspended) - _time(now)).total_seconds())


def out_for(journal: Journal, now: str) -> float | None:
    """Give the seconds for which the endpoint has been out of order, as far as a run knows that is put aside."""
    suspended = _put_aside(journal, besides=(RunResumed,))
    if suspended is None:
        return None
    since = (_time(now) - _time(suspended["at"])).total_seconds()
    return float(suspended["data"]["out_for"]) + max(0.0, since)


def _put_aside(journal: Journal, besides: tuple[type[Event], ...]) -> Envelope | None:
    """Give the event with which a run was put aside, if nothing happened in it since but what is left out."""
    since = (e for e in reversed(journal.events.values()) if e["agent"] not in OUTSIDERS and not is_a(e, *besides))
    last = next(since, None)
    return last if last is not None and is_a(last, RunSuspended) else None


def _time(at: str) -> datetime:
    return datetime.fromisoformat(at)
