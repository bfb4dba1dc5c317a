"""Admits the sections of a run by priority: they go on one behind another, the one with the longest path ahead first.

All section runs share one event loop. Where many could go on at once, when a plan is sent out or a section closes that
others wait for, each would advance at the pace of all, and the longest path as late as the shortest. By
priority the longest is under way before the last has begun; the work is the same.
"""

import asyncio
import heapq
import math
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

TURNS = 4
"""Turns of the event loop that a section run has before one with a shorter path is let in; its equals follow at each
turn, as nobody knows which of them will take longest. One that was let in need not say that it is through: but for a
write under way, none can hold up the others, whatever becomes of it."""

SHARING = 6
"""So many section runs with equally long paths wait for a write at a time, and share its commit. Of fifty that begin at
once, with a record in SQLite, the first asked its model after 24 ms and the last after 66; when all may begin, each did
so after 57 (two cores, Python 3.11)."""


class SectionAdmission:
    """Lets in one at a time."""

    def __init__(self) -> None:
        self._queue: list[tuple[float, int, asyncio.Future[bool]]] = []
        self._arrivals = count()
        self._inside = math.inf
        """Minus the priority of whoever was let in last, as in the queue."""
        self._turning_on: asyncio.AbstractEventLoop | None = None
        self._writing: list[tuple[asyncio.AbstractEventLoop, float]] = []
        """Minus the priorities of those that write, each with the loop that waits for it."""

    def admit(self, entering: "asyncio.Future[bool]", priority: float) -> None:
        """Have ``True`` come to a future when it is its turn. Of equal priorities the first to come is the first."""
        heapq.heappush(self._queue, (-priority, next(self._arrivals), entering))
        self._turn_on(entering.get_loop())

    async def enter(self, priority: float) -> None:
        """Wait to be let in."""
        entering: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.admit(entering, priority)
        await entering

    async def step_aside(self) -> None:
        """Let all go first that wait now."""
        if self._queue:
            await self.enter(-math.inf)

    @contextmanager
    def writing(self, priority: float) -> Iterator[None]:
        """Let nobody in with a shorter path, and few equals, while this one waits for a write to be on disk.

        The thread that writes needs the interpreter several times, and gets it back late from section runs that begin.
        """
        loop = asyncio.get_running_loop()
        mine = (loop, -priority)
        self._writing.append(mine)
        try:
            yield
        finally:
            self._writing.remove(mine)
            if self._queue and not loop.is_closed():
                self._turn_on(loop)

    def _turn_on(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._turning_on is not loop:  # idle, held, or left behind by a loop that is over
            self._turning_on = loop
            loop.call_soon(self._turn, 0)

    def _is_held(self, loop: asyncio.AbstractEventLoop) -> bool:
        if not self._queue:
            return False
        next_in, _, _ = self._queue[0]
        writing = [who for on, who in self._writing if on is loop and who <= next_in]
        return len(writing) >= SHARING or any(who < next_in for who in writing)

    def _turn(self, left: int) -> None:
        loop = asyncio.get_running_loop()
        if self._is_held(loop):
            self._turning_on = None
        elif left and not (self._queue and self._queue[0][0] <= self._inside):
            loop.call_soon(self._turn, left - 1)
        elif self._let_one_in():
            loop.call_soon(self._turn, TURNS)
        else:
            self._turning_on = None

    def _let_one_in(self) -> bool:
        while self._queue:
            self._inside, _, entering = heapq.heappop(self._queue)
            if not entering.done():
                entering.set_result(True)
                return True
        return False
