"""Lets the lanes of a document begin one behind another, instead of all at once.

All lanes are sent in one superstep and share one event loop. Side by side, every one of them would take its first
steps at the pace of all, and the longest path would begin as late as the shortest. Behind a turnstile the first lane,
which others build on, is under way before the last has begun; the work is the same.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LaneKey = tuple[str, int]


class Turnstile:
    """Admits one lane at a time. A lane is through as soon as it waits for anything, or posts, or is over."""

    def __init__(self) -> None:
        self._inside: LaneKey | None = None
        self._queue: deque[tuple[LaneKey, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def beginning(self, lane: LaneKey) -> AsyncIterator[None]:
        """Wait for the lane's turn; it ends with ``through``, or else when the lane is over."""
        if self._inside is None:
            self._inside = lane
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._queue.append((lane, turn))
            try:
                await turn
            except asyncio.CancelledError:
                self.through(lane)
                raise
        try:
            yield
        finally:
            self.through(lane)

    def through(self, lane: LaneKey) -> None:
        """Let the next lane in, if this one was inside."""
        if self._inside != lane:
            return
        self._inside = None
        while self._queue and self._inside is None:
            following, turn = self._queue.popleft()
            if not turn.done():
                self._inside = following
                turn.set_result(None)
