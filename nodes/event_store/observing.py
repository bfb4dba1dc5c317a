"""What happens to runs, for whoever measures it: metrics, logs and traces hear of every event and every model call.

An observer hears of an event once, when it is first written; a run that is carried on again repeats nothing.
"""

import time
from collections.abc import Sequence
from typing import Any, Protocol, cast

from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Record


class Observer(Protocol):
    """Hears what happens. It must be quick, must not raise, and is shown more than it may pass on."""

    def happened(self, run: str, event: Envelope) -> None:
        """Hear of an event."""
        ...

    def attempted(self, run: str, key: CallKey, attempt: Attempt, seconds: float) -> None:
        """Hear how an attempt at a model call ended, and how long it took with its waits."""
        ...


class Observed:
    """A record whose writing is observed; everything else is as it was."""

    def __init__(self, record: Record, observers: Sequence[Observer]) -> None:
        self.record = record
        self._observers = observers
        self._before: int | None = None
        """Number of the last event that was there when the record was first read."""
        self._heard: set[int] = set()
        self._begun: dict[CallKey, float] = {}

    def __getattr__(self, name: str) -> Any:
        """Give everything else of the record."""
        return getattr(self.record, name)

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give the run's events; what is there already is news to nobody."""
        found = await self.record.events(run, after, limit)
        if self._before is None:
            self._before = max((event["n"] for event in found), default=0)
        return found

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        /,
    ) -> list[Envelope]:
        """Write, then let the observers know what is new."""
        written = await self.record.append(run, events, blobs, status, heard)
        for event in written:
            if event["n"] > (self._before or 0) and event["n"] not in self._heard:
                self._heard.add(event["n"])
                for observer in self._observers:
                    observer.happened(run, event)
        return written

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call; whoever asks is about to make it."""
        self._begun[key] = time.monotonic()
        return await self.record.attempts(run, key)

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record an attempt, then let the observers know."""
        await self.record.add_attempt(run, key, attempt)
        now = time.monotonic()
        seconds = now - self._begun.get(key, now)
        self._begun[key] = now
        for observer in self._observers:
            observer.attempted(run, key, attempt, seconds)


def observed(record: Record, observers: Sequence[Observer]) -> Record:
    """Let observers hear of what is written, if there are any."""
    return cast("Record", Observed(record, observers)) if observers else record


def bare(record: Record) -> Record:
    """Give the record that is observed, or the record itself where nobody observes it."""
    return record.record if isinstance(record, Observed) else record
