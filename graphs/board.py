"""The board: a run's record as its lanes see it while they run.

Whoever posts here writes the record first and only then wakes the gates. Everything the board knows follows
from the events it has seen, so it can be filled again from the record at any time.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphs.gates import CLOSED, Need, settled
from nodes.record.port import Event, Record

CLOSING = frozenset({"SectionApproved", "SectionFailed", "SectionSkipped", "SectionCancelled"})
OPENING = frozenset({"SectionPlanned", "SectionReopened"})
LaneKey = tuple[str, int]


class Waiter:
    """A gate that waits: what it still misses, and the future that opens it."""

    def __init__(self, lane: LaneKey, missing: set[Need]) -> None:
        self.lane = lane
        self.missing = missing
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Board:
    """Who has posted what in one run."""

    def __init__(self, run: str, record: Record) -> None:
        self.run = run
        self.record = record
        self.posted: dict[Need, Event] = {}
        self.events: dict[str, Event] = {}
        self.said: dict[tuple[str, str], list[Event]] = defaultdict(list)
        """By agent and cause: what the agent made of it. A resumed run follows this instead of asking again."""
        self.priorities: dict[str, int] = {}
        """By section: how long the longest path is that starts with it."""
        self.last: dict[str, Event] = {}
        """By section: the event that closed its newest closed epoch."""
        self.opened: dict[str, Event] = {}
        """By section: the event with which its gate last opened."""
        self._by_lane: dict[LaneKey, list[Event]] = defaultdict(list)
        self._open: set[LaneKey] = set()
        self._waiting: dict[LaneKey, Waiter] = {}
        self._waiting_on: dict[LaneKey, list[Waiter]] = defaultdict(list)

    async def fill(self) -> None:
        """Read what the record holds of this run."""
        self._note(await self.record.events(self.run))

    def of_lane(self, section: str, epoch: int, event_type: str) -> list[Event]:
        """Give a lane's events of one type, in order."""
        return [e for e in self._by_lane[section, epoch] if e["type"] == event_type]

    async def post(
        self, events: Sequence[Event], blobs: Mapping[str, bytes] | None = None, status: str | None = None
    ) -> list[Event]:
        """Write events to the record, then wake the gates that waited for them.

        An event that was posted before comes back as it was first written.
        """
        if not events:
            return []
        known = [self.events.get(e["id"]) for e in events]
        if all(old is not None and old["data"] == e["data"] for old, e in zip(known, events, strict=True)):
            return [old for old in known if old is not None]
        written = await self.record.append(self.run, list(events), dict(blobs or {}), status)
        self._note(written)
        return written

    async def wait(self, lane: LaneKey, needs: Iterable[Need]) -> None:
        """Wait until everything needed is posted.

        Raises:
            RuntimeError: every open lane waits, so that nothing can ever be posted: a fault of the plan's check.

        """
        missing = {n for n in needs if settled(n, self.posted) is None}
        if not missing:
            return
        waiter = self._waiting[lane] = Waiter(lane, missing)
        for lane_needed in {need[:2] for need in missing}:
            self._waiting_on[lane_needed].append(waiter)
        self._check_progress()
        try:
            await waiter.opened
        finally:
            self._waiting.pop(lane, None)

    def _note(self, events: Iterable[Event]) -> None:
        for event in events:
            if event["id"] in self.events:
                continue
            self.events[event["id"]] = event
            if event["cause"] is not None:
                self.said[event["agent"], event["cause"]].append(event)
            section = event["section"]
            if section is None:
                continue
            lane = (section, event["epoch"])
            self._by_lane[lane].append(event)
            self._posted(Need(section, event["epoch"], event["type"]), event)
            if event["type"] == "SectionOpened":
                self.opened[section] = event
            elif event["type"] in OPENING:
                self.priorities[section] = event["data"]["priority"]
                self._open.add(lane)
            elif event["type"] in CLOSING:
                self._open.discard(lane)
                self.last[section] = event
                self._posted(Need(section, event["epoch"], CLOSED), event)
        self._check_progress()

    def _posted(self, need: Need, event: Event) -> None:
        self.posted.setdefault(need, event)
        waiting = self._waiting_on.pop((need.section, need.epoch), [])
        for waiter in waiting:
            waiter.missing = {n for n in waiter.missing if settled(n, self.posted) is None}
            if not waiter.missing and not waiter.opened.done():
                self._waiting.pop(waiter.lane, None)
                waiter.opened.set_result(None)
        still = [w for w in waiting if any(n[:2] == need[:2] for n in w.missing)]
        if still:
            self._waiting_on[need.section, need.epoch] = still

    def _check_progress(self) -> None:
        """Fail the waiting gates when all open lanes wait: better an error than a run that never ends."""
        if self._waiting and self._open <= self._waiting.keys():
            stuck = ", ".join(sorted(section for section, _ in self._waiting))
            for waiter in self._waiting.values():
                if not waiter.opened.done():
                    waiter.opened.set_exception(RuntimeError(f"every open section waits for another: {stuck}"))
