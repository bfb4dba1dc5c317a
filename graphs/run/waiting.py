"""The section runs of a run: which are under way, what each waits for, and how a standstill is noticed."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from quire.graphs.run.dependencies import Need, SectionKey, answer_to, settled
from quire.nodes.event_store.port import Envelope


class Waiter:
    """A waiting section run: what it still lacks, and the future that says whether it goes on or is suspended."""

    def __init__(self, key: SectionKey, missing: set[Need]) -> None:
        self.key = key
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

    def __init__(
        self, posted: Mapping[Need, Envelope], admit: Callable[[asyncio.Future[bool], SectionKey], None]
    ) -> None:
        self._posted = posted
        self._admit = admit
        self._open: set[SectionKey] = set()
        self._unstarted: set[SectionKey] = set()
        """Open section runs not sent in this process: a host has no place for them yet, or they were suspended."""
        self._suspended: set[SectionKey] = set()
        """Section runs that ended here because they wait for a person."""
        self._waiting: dict[SectionKey, Waiter] = {}
        self._for_person: set[SectionKey] = set()
        """Those of them that wait for a person."""
        self._waiting_on: dict[SectionKey, list[Waiter]] = defaultdict(list)
        self._looking: list[asyncio.Future[None]] = []

    def waiting(self) -> list[SectionKey]:
        """Give the section runs that wait."""
        return list(self._waiting)

    def expect(self, key: SectionKey, *, started: bool = False) -> None:
        """Note that a section run is open: its section's epoch is planned, and not closed.

        Args:
            key: which.
            started: somebody has it in hand already.

        """
        self._open.add(key)
        if not started:
            self._unstarted.add(key)

    @property
    def under_way(self) -> bool:
        """Whether a section run works or waits in this process."""
        return len(self._open) > len(self._unstarted) + len(self._suspended)

    async def stirred(self) -> None:
        """Wait until somebody calls ``stir``, or a section run ends."""
        looking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._looking.append(looking)
        await looking

    def stir(self) -> None:
        """Let those look again who look after section runs."""
        looking, self._looking = self._looking, []
        for each in looking:
            if not each.done():
                each.set_result(None)

    def start(self, key: SectionKey) -> None:
        """Note that a section run was sent, and works or waits in this process from here on.

        Section runs start in the order in which they are sent, each behind those it waits for. An open one that
        has not started although one that waits for it has is therefore not on its way: it is suspended.
        """
        self._unstarted.discard(key)
        self._suspended.discard(key)

    def leave(self, key: SectionKey) -> None:
        """Note that a section run has ended. One that is not closed is suspended, in whichever process it ended."""
        if key in self._open:
            self._suspended.add(key)
            self.check_progress()
        self.stir()

    def close(self, key: SectionKey) -> None:
        """Note that a section run's epoch is closed."""
        for keys in (self._open, self._unstarted, self._suspended):
            keys.discard(key)
        self.stir()

    async def until(self, key: SectionKey, missing: set[Need]) -> bool:
        """Wait until everything that is missing is posted.

        Gives ``False`` when the section run is suspended instead: all of them wait, and a person is among what is
        waited for. It then ends, and is sent again once somebody has answered. It also wakes when somebody calls
        ``wake``.

        Raises:
            RuntimeError: every section waits and nobody could be asked: a fault of the plan's check.

        """
        waiter = self._waiting[key] = Waiter(key, missing)
        for needed in {need[:2] for need in missing}:
            self._waiting_on[needed].append(waiter)
        if waiter.for_person:
            self._for_person.add(key)
        self.check_progress()
        try:
            return await waiter.opened
        finally:
            self._for_person.discard(key)
            if self._waiting.get(key) is waiter:
                del self._waiting[key]

    def wake(self, key: SectionKey, *, opened: bool) -> None:
        """Wake a waiting section run early, before its dependencies are met. No-op otherwise."""
        if (waiter := self._waiting.pop(key, None)) is not None:
            waiter.wake(opened=opened)

    def heard(self, need: Need) -> None:
        """Admit the section runs that waited for this and for nothing else any more."""
        key = (need.section, need.epoch)
        waiting = [w for w in self._waiting_on.pop(key, []) if self._waiting.get(w.key) is w]
        for waiter in waiting:  # who was woken early waits anew, as another
            waiter.missing = {n for n in waiter.missing if settled(n, self._posted) is None}
            if not waiter.missing:
                self._waiting.pop(waiter.key, None)
                self._admit(waiter.opened, waiter.key)
        still = [w for w in waiting if any(n[:2] == key for n in w.missing)]
        if still:
            self._waiting_on[key] = still

    def check_progress(self) -> None:
        """Let nobody wait for ever.

        When all section runs that have started wait, they are suspended if a person is among what is waited for, here
        or since before this process began, and fail if not. Where a host runs only some at a time, one that waits for
        a person, or for one that is suspended, gives up its place at once: those that have not started need it.
        """
        if self._waiting and self._unstarted:
            self._make_room()
        if self._waiting and len(self._open) - len(self._unstarted) - len(self._suspended) <= len(self._waiting):
            self._end_standstill()

    def _make_room(self) -> None:
        if not self._for_person and not self._suspended:
            return  # nobody is held up: this is asked at every event
        while leaving := [w for w in self._waiting.values() if self._is_held_up(w)]:
            self._suspend(leaving)

    def _is_held_up(self, waiter: Waiter) -> bool:
        return waiter.for_person or (bool(self._suspended) and any(n[:2] in self._suspended for n in waiter.missing))

    def _end_standstill(self) -> None:
        stuck = list(self._waiting.values())
        if self._unstarted or self._suspended or any(w.for_person for w in stuck):
            self._suspend(stuck)
            return
        self._waiting.clear()
        names = ", ".join(sorted(w.key[0] for w in stuck))
        for waiter in stuck:
            if not waiter.opened.done():
                waiter.opened.set_exception(RuntimeError(f"every open section waits for another: {names}"))

    def _suspend(self, waiters: Iterable[Waiter]) -> None:
        for waiter in list(waiters):
            self._suspended.add(waiter.key)
            self._waiting.pop(waiter.key, None)
            waiter.wake(opened=False)
        self.stir()
