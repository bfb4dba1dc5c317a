"""Who waits for a slot: the highest priority goes first, then whoever came first."""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count


class Turns:
    """A queue of waiters by priority. One that is gone by its turn is passed over."""

    def __init__(self) -> None:
        self._queue: list[tuple[float, int, asyncio.Future[None]]] = []
        self._arrivals = count()

    def __len__(self) -> int:
        """Count those who still wait."""
        self._queue = [each for each in self._queue if not each[2].done()]
        heapq.heapify(self._queue)
        return len(self._queue)

    def join(self, priority: float) -> "asyncio.Future[None]":
        """Queue up; what is given is done when it is one's turn."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (-priority, next(self._arrivals), turn))
        return turn

    def call_next(self) -> bool:
        """Let the next one go, if anybody waits."""
        while self._queue:
            turn = heapq.heappop(self._queue)[2]
            if not turn.done():
                turn.set_result(None)
                return True
        return False

    def refuse(self, fault: Exception) -> None:
        """Have everybody who waits raise a fault."""
        for _, _, turn in self._queue:
            if not turn.done():
                turn.set_exception(fault)


async def taken(turn: "asyncio.Future[None]", give_back: Callable[[], None]) -> None:
    """Wait for a turn, and give back what came with it in the moment in which the waiter was cancelled."""
    try:
        await turn
    except asyncio.CancelledError:
        if not turn.cancelled():
            give_back()
        raise
