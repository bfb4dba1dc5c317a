"""The blackboard: a run's journal as its sections see it while they run.

Posting writes the event store first and only then wakes what waits. How things stand follows from the events alone
(``journal``), so a blackboard can be filled again from the record at any time.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from quire.graphs.agents.planner.events import SectionPlanned, SectionSkipped
from quire.graphs.events import RunCancelled, SectionCancelled, is_a
from quire.graphs.run.admission import SectionAdmission
from quire.graphs.run.changes import OUTSIDE
from quire.graphs.run.dependencies import CLOSED, CLOSING, Need, SectionKey, settled
from quire.graphs.run.earlier import Earlier, read_earlier
from quire.graphs.run.growing import decision_on
from quire.graphs.run.growth import GROWING, origin_of
from quire.graphs.run.journal import OPENING, Journal
from quire.graphs.run.waiting import Waiting
from quire.nodes.event_store.finishing import finished
from quire.nodes.event_store.port import Envelope, Record

ENDING = CLOSING - {SectionSkipped.__name__}
"""What may close an epoch that is being worked on."""


class Blackboard(Journal):
    """The journal of a live run: agents post to it, and what waits for a post is woken."""

    def __init__(self, run: str, record: Record) -> None:
        super().__init__()
        self.run = run
        self.record = record
        self.at_work: dict[SectionKey, set[asyncio.Task[object]]] = defaultdict(set)
        """By section run: the tasks that work in it, so that a cancelled section stops at once."""
        self.admission = SectionAdmission()
        """Admits section runs by priority."""
        self.inbox_lock = asyncio.Lock()
        """Held by whoever posts from outside, and while changes are taken up or the run's end is journalled."""
        self.considered = 0
        """Up to which event from outside it was decided what they change. With a later one the run may not end."""
        self.takes_up: Callable[[Envelope], bool] = lambda _event: False
        """Whether somebody takes up a section that came, while others are still written."""
        self.earlier: Earlier | None = None
        """The version that the document follows, once what was asked is read from the record."""
        self._closing: dict[SectionKey, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._read = 0
        """Number of the last event that was read from the record: of those up to it none is missing."""
        self.waiting = Waiting(self.posted, self._admit)
        """Which section runs are under way, and what each waits for."""

    async def fill(self) -> list[Envelope]:
        """Read what the record holds of this run that was not read yet: at first all, then what others wrote.

        What this blackboard has posted itself is read again, and known already.
        """
        found = await self.record.events(self.run, self._read)
        self._read = found[-1]["n"] if found else self._read
        self.earlier = self.earlier or await read_earlier(self.record, found)
        self._note(found)
        return found

    async def post(
        self,
        events: Sequence[Envelope],
        blobs: Mapping[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        tell: Callable[[Envelope], None] = lambda _event: None,
    ) -> list[Envelope]:
        """Write events to the event store, then wake what waited for them and tell of them.

        An event that was posted before comes back as it was first written. Of two that would close the same epoch,
        the first holds: whoever posts the other is given the first. What is being written is known here even if
        whoever posts is cancelled meanwhile: a process that takes the run up will know it too.
        """
        posted = await finished(self._post(events, tell, blobs or {}, status, heard))
        if any(e["type"] in ENDING for e in posted):
            await self.admission.step_aside()  # for those that it released: their sections have yet to be written
        return posted

    async def _post(self, events: Sequence[Envelope], tell: Callable[[Envelope], None], *more: Any) -> list[Envelope]:
        posted = self._known(events)
        if posted is None:
            posted = await self._write(events, *more)
        for event in posted:
            tell(event)
        return posted

    def _known(self, events: Sequence[Envelope]) -> list[Envelope] | None:
        """Give events as they were posted before, if all of them were."""
        known = [self.events.get(e["id"]) for e in events]
        if all(old is not None and old["data"] == e["data"] for old, e in zip(known, events, strict=True)):
            return [old for old in known if old is not None]
        return None

    async def _write(self, events: Sequence[Envelope], *more: Any) -> list[Envelope]:
        closing = next((e for e in events if e["type"] in ENDING), None)
        if closing is None:
            return await self._append(events, *more)
        key = (str(closing["section"]), closing["epoch"])
        async with self._closing[key]:
            closed = self.closed(key)
            if closed and closed["id"] != closing["id"]:
                return [closed]
            return await self._append(events, *more)

    async def _append(
        self, events: Sequence[Envelope], blobs: Mapping[str, bytes], status: str | None, heard: int | None
    ) -> list[Envelope]:
        written = await self.record.append(self.run, list(events), dict(blobs), status, heard)
        self._note(written)
        return written

    async def wait(self, key: SectionKey, needs: Iterable[Need]) -> bool:
        """Wait until everything needed is posted; see :meth:`Waiting.until`. It is ``False`` in a cancelled run too.

        Raises:
            RuntimeError: every section waits and nobody could be asked: a fault of the plan's check.

        """
        self.waiting.start(key)
        missing = {n for n in needs if settled(n, self.posted) is None}
        if not missing:
            return True
        return self.cancelled is None and await self.waiting.until(key, missing)

    def _admit(self, opened: asyncio.Future[bool], key: SectionKey) -> None:
        self.admission.admit(opened, self.priority(key[0]))

    def _note(self, events: Iterable[Envelope]) -> None:
        for event in events:
            met = self.take(event)
            if met is not None:
                self._act_on(event, met)
        self.waiting.check_progress()

    def _act_on(self, event: Envelope, met: Sequence[Need]) -> None:
        """Wake and stop whom a new event concerns."""
        if event["type"] in OUTSIDE:
            self._wake_for(event)
        elif is_a(event, RunCancelled):
            for key in [*self.at_work, *self.waiting.waiting()]:
                self._stop(key)
        if event["type"] in OPENING:
            key = (str(event["section"]), event["epoch"])
            self.waiting.expect(key, started=is_a(event, SectionPlanned) and self._is_taken_up(event))
        elif event["type"] in GROWING:
            self.waiting.expect(decision_on(event), started=self.takes_up(event))
            self.waiting.stir()
        for need in met:
            if need.event == CLOSED:
                self.waiting.close(need[:2])
            self.waiting.heard(need)
        if is_a(event, SectionCancelled):
            self._stop((str(event["section"]), event["epoch"]))

    def _is_taken_up(self, planned: Envelope) -> bool:
        """Whether a section that was planned came later, and somebody has it in hand."""
        about = origin_of(planned, self.events) if self.growing.came else None
        return about is not None and self.takes_up(about)

    def _wake_for(self, change: Envelope) -> None:
        """Wake who may have to take up a change."""
        for key in [w for w in self.waiting.waiting() if change["section"] in {None, w[0]}]:
            self.waiting.wake(key, opened=True)

    def _stop(self, key: SectionKey) -> None:
        """Stop what works in a section run, and wake it: it finds the section closed, or the run over."""
        for task in self.at_work[key]:
            task.cancel()
        self.waiting.wake(key, opened=self.cancelled is None)
