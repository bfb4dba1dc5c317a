"""Slots that all processes of a database share; within a process, whoever waits longest for the rest goes first."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from quire.nodes.event_store.leases import Leases
from quire.nodes.faults import RecordFault
from quire.nodes.model.turns import Turns, taken

ASKING: Final = 0.1
"""Seconds between two looks while somebody waits."""
RENEWING: Final = 2.0
"""Seconds between two signs of life while slots are held."""
_LEAVING: Final = 2.0
"""Seconds to give back what is held when nobody needs slots any more."""
_log = logging.getLogger("quire")


class SharedSlots:
    """A semaphore whose free slots are in the database.

    Args:
        leases: where they are shared.
        limit: slots of all processes together.

    """

    def __init__(self, leases: Leases, limit: int) -> None:
        self._leases = leases
        self._limit = limit
        self._holder = leases.holder()
        self._held = 0
        self._closed = False
        self._all_back = asyncio.Event()
        self._waiting = Turns()
        self._changed = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def held(self, priority: float = 0.0) -> AsyncIterator[None]:
        """Hold a slot.

        Raises:
            RecordFault: the database that shares them cannot be used.

        """
        await self._take(priority)
        try:
            yield
        finally:
            self._give()

    async def drained(self) -> None:
        """Hand out no slot any more, and wait until all are back."""
        self._closed = True
        while self._held:
            self._all_back.clear()
            await self._all_back.wait()

    async def close(self) -> None:
        """Let the others know at once that nothing is held here."""
        if self._keeping is not None:
            self._changed.set()
            await asyncio.wait({self._keeping}, timeout=_LEAVING)
            self._keeping.cancel()

    async def _take(self, priority: float) -> None:
        turn = self._waiting.join(priority)
        self._tell()
        await taken(turn, self._give)

    def _give(self) -> None:
        self._held -= 1
        if not self._held:
            self._all_back.set()
        self._tell()

    def _tell(self) -> None:
        """Have the database told what is held and wanted here."""
        self._changed.set()
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.get_running_loop().create_task(self._keep(), name="slots of the database")

    async def _keep(self) -> None:
        """Tell it at every change, and again and again, for as long as anything is held or wanted."""
        while True:
            self._changed.clear()
            held, wants = self._held, self._wanted()
            try:
                self._hand_out(await self._leases.slots(self._holder, held, wants, self._limit))
            except RecordFault as fault:
                self._refuse(fault)
            if not (held or wants or self._held or self._changed.is_set()):
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(ASKING if self._wanted() else RENEWING):
                    await self._changed.wait()

    def _wanted(self) -> int:
        return 0 if self._closed else len(self._waiting)

    def _hand_out(self, slots: int) -> None:
        for _ in range(slots):
            if not self._wanted():
                self._changed.set()  # whoever wanted it is gone: it goes back
                return
            self._held += 1
            self._waiting.call_next()

    def _refuse(self, fault: RecordFault) -> None:
        """Let nobody wait for what cannot come; calls under way go on."""
        _log.warning("slots cannot be shared: %s", fault)
        self._waiting.refuse(fault)
