"""The section runs of a run: which are under way, what each waits for, and how a standstill is noticed."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from quire.graphs.run.dependencies import Need, answer_to, settled
from quire.nodes.event_store.port import Envelope

LaneKey = tuple[str, int]
"""A section run: a section and its epoch, the revision."""


class Waiter:
    """A waiting section run: what it still lacks, and the future that says whether it goes on or is suspended."""

    def __init__(self, lane: LaneKey, missing: set[Need]) -> None:
        self.lane = lane
        self.missing = missing
        self.for_person = any(n.event.startswith(answer_to("")) for n in missing)
        self.opened: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def wake(self, *, opened: bool) -> None:
        """Wake it: it goes on, or is suspended."""
        if not self.opened.done():
            self.opened.set_result(opened)


class Waiting:
    """The section runs of a run, by what they are doing.

    Args:
        posted: what the blackboard holds as posted; it grows.
        admit: lets a section run go on that has all it waited for, by priority.

    """

    def __init__(self, posted: Mapping[Need, Envelope], admit: Callable[[asyncio.Future[bool], LaneKey], None]) -> None:
        self._posted = posted
        self._admit = admit
        self._open: set[LaneKey] = set()
        self._unstarted: set[LaneKey] = set()
        """Open lanes that this process has not sent: a host has no place for them yet, or they parked before."""
        self._parked: set[LaneKey] = set()
        """Lanes that ended here because they wait for a person."""
        self._waiting: dict[LaneKey, Waiter] = {}
        self._for_person: set[LaneKey] = set()
        """Those of them that wait for a person."""
        self._waiting_on: dict[LaneKey, list[Waiter]] = defaultdict(list)
        self._looking: list[asyncio.Future[None]] = []

    def lanes(self) -> list[LaneKey]:
        """Give the lanes that wait."""
        return list(self._waiting)

    def expect(self, lane: LaneKey, *, started: bool = False) -> None:
        """Note that a lane is open: its section's epoch is planned, and not closed.

        Args:
            lane: which.
            started: somebody has it in hand already.

        """
        self._open.add(lane)
        if not started:
            self._unstarted.add(lane)

    @property
    def under_way(self) -> bool:
        """Whether a lane works or waits in this process."""
        return len(self._open) > len(self._unstarted) + len(self._parked)

    async def stirred(self) -> None:
        """Wait until somebody calls ``stir``, or a lane ends."""
        looking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._looking.append(looking)
        await looking

    def stir(self) -> None:
        """Let those look again who look after lanes."""
        looking, self._looking = self._looking, []
        for each in looking:
            if not each.done():
                each.set_result(None)

    def start(self, lane: LaneKey) -> None:
        """Note that a lane was sent, and works or waits in this process from here on.

        Lanes start in the order in which they are sent, each behind those it waits for. An open lane that has not
        started although one that waits for it has is therefore not on its way: it is parked.
        """
        self._unstarted.discard(lane)
        self._parked.discard(lane)

    def leave(self, lane: LaneKey) -> None:
        """Note that a lane has ended. One that is not closed is parked, even if it was before this process began."""
        if lane in self._open:
            self._parked.add(lane)
            self.check_progress()
        self.stir()

    def close(self, lane: LaneKey) -> None:
        """Note that a lane's epoch is closed."""
        for lanes in (self._open, self._unstarted, self._parked):
            lanes.discard(lane)
        self.stir()

    async def until(self, lane: LaneKey, missing: set[Need]) -> bool:
        """Wait until everything that is missing is posted.

        Gives ``False`` when the section run is suspended instead: all of them wait, and a person is among what is
        waited for. It then ends, and is sent again once somebody has answered. It also wakes when somebody calls
        ``wake``.

        Raises:
            RuntimeError: every section waits and nobody could be asked: a fault of the plan's check.

        """
        waiter = self._waiting[lane] = Waiter(lane, missing)
        for lane_needed in {need[:2] for need in missing}:
            self._waiting_on[lane_needed].append(waiter)
        if waiter.for_person:
            self._for_person.add(lane)
        self.check_progress()
        try:
            return await waiter.opened
        finally:
            self._for_person.discard(lane)
            if self._waiting.get(lane) is waiter:
                del self._waiting[lane]

    def wake(self, lane: LaneKey, *, opened: bool) -> None:
        """Wake a waiting section run early, before its dependencies are met. No-op otherwise."""
        if (waiter := self._waiting.pop(lane, None)) is not None:
            waiter.wake(opened=opened)

    def heard(self, need: Need) -> None:
        """Admit the section runs that waited for this and for nothing else any more."""
        lane = (need.section, need.epoch)
        waiting = [w for w in self._waiting_on.pop(lane, []) if self._waiting.get(w.lane) is w]
        for waiter in waiting:  # who was woken early waits anew, as another
            waiter.missing = {n for n in waiter.missing if settled(n, self._posted) is None}
            if not waiter.missing:
                self._waiting.pop(waiter.lane, None)
                self._admit(waiter.opened, waiter.lane)
        still = [w for w in waiting if any(n[:2] == lane for n in w.missing)]
        if still:
            self._waiting_on[lane] = still

    def check_progress(self) -> None:
        """Let nobody wait for ever.

        When all section runs that have started wait, they are suspended if a person is among what is waited for, here
        or since before this process began, and fail if not. Where a host runs only some at a time, one that waits for
        a person, or for one that is suspended, gives up its place at once: those that have not started need it.
        """
        if self._waiting and self._unstarted:
            self._make_room()
        if self._waiting and len(self._open) - len(self._unstarted) - len(self._parked) <= len(self._waiting):
            self._end_standstill()

    def _make_room(self) -> None:
        if not self._for_person and not self._parked:
            return  # nobody is held up: this is asked at every event
        while leaving := [w for w in self._waiting.values() if self._is_held_up(w)]:
            self._park(leaving)

    def _is_held_up(self, waiter: Waiter) -> bool:
        return waiter.for_person or (bool(self._parked) and any(n[:2] in self._parked for n in waiter.missing))

    def _end_standstill(self) -> None:
        stuck = list(self._waiting.values())
        if self._unstarted or self._parked or any(w.for_person for w in stuck):
            self._park(stuck)
            return
        self._waiting.clear()
        names = ", ".join(sorted(w.lane[0] for w in stuck))
        for waiter in stuck:
            if not waiter.opened.done():
                waiter.opened.set_exception(RuntimeError(f"every open section waits for another: {names}"))

    def _park(self, waiters: Iterable[Waiter]) -> None:
        for waiter in list(waiters):
            self._parked.add(waiter.lane)
            self._waiting.pop(waiter.lane, None)
            waiter.wake(opened=False)
        self.stir()
