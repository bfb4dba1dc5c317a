"""Bounds how many calls are under way at once; who waits longest for the rest of the document goes first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from quire.nodes.model.turns import Turns, taken


class CallSlots(Protocol):
    """What bounds the calls under way."""

    def held(self, priority: float = 0.0) -> AbstractAsyncContextManager[None]:
        """Hold a slot."""
        ...

    async def drained(self) -> None:
        """Hand out no slot any more, and wait until all are back."""
        ...

    async def close(self) -> None:
        """Leave nothing behind."""
        ...


class Slots:
    """A semaphore whose waiters are served by priority, the highest first, then in the order they came."""

    def __init__(self, limit: int) -> None:
        self._limit = self._free = limit
        self._closed = False
        self._all_back = asyncio.Event()
        self._waiting = Turns()

    @asynccontextmanager
    async def held(self, priority: float = 0.0) -> AsyncIterator[None]:
        """Hold a slot."""
        await self._take(priority)
        try:
            yield
        finally:
            self._give()

    async def drained(self) -> None:
        """Hand out no slot any more, and wait until all are back."""
        self._closed = True
        while self._free < self._limit:
            self._all_back.clear()
            await self._all_back.wait()

    async def close(self) -> None:
        """Do nothing: slots in memory go with it."""

    async def _take(self, priority: float) -> None:
        if self._free and not self._closed:
            self._free -= 1
        else:
            await taken(self._waiting.join(priority), self._give)

    def _give(self) -> None:
        """Hand the slot to the next waiter who is still there, or keep it free."""
        if not self._closed and self._waiting.call_next():
            return
        self._free += 1
        if self._free == self._limit:
            self._all_back.set()
