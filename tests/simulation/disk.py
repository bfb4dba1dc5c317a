"""A record with the habits of a database: writes take time, are done in order, and outlive whoever ordered them.

Between the commit and the moment its writer hears of it, a process may die or a task may be cancelled: the event is
written all the same.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from quire.nodes.event_store.kept import Kept
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Usage
from simulation.clock import VirtualLoop
from simulation.draws import Draws


class Disk:
    """What outlives a process: the record's content."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.content = MemoryRecord(loop.utc)

    def journal(self, run: str) -> list[Envelope]:
        """Give what is written of a run."""
        return list(self.content._journal.get(run, {}).values())  # noqa: SLF001 - looked at between two turns

    def replied(self, run: str) -> set[CallKey]:
        """Give the calls whose replies are recorded."""
        return set(self.content._ledger.get(run, {}))  # noqa: SLF001 - looked at between two turns


class Connection:
    """A process's way to the disk: a record. When the process dies, nothing more gets through.

    Args:
        disk: what it leads to.
        slowness: seconds that a write may take at most; 0: none at all.
        draws: decide how long each takes.

    """

    def __init__(self, disk: Disk, slowness: float, draws: Draws) -> None:
        self._disk = disk
        self._slowness = slowness
        self._draws = draws
        self._orders = 0
        self._free_at = 0.0
        self._heard_at = 0.0
        self._cut = False
        self.on_written: Callable[[list[Envelope]], None] = lambda _events: None
        self.early: list[str] = []
        """What somebody did because of an event that was not written yet."""

    def cut(self) -> None:
        """Let nothing more through: the process is dead."""
        self._cut = True

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        /,
    ) -> list[Envelope]:
        """Write events and blobs."""
        if not self._cut:
            self._hold_to_order(run, events)
        known = len(self._disk.journal(run))

        async def write() -> list[Envelope]:
            nonlocal known
            known = len(self._disk.journal(run))
            written = await self._disk.content.append(run, events, blobs, status, heard)
            self.on_written([e for e in written if e["n"] > known])
            return written

        return await self._do(write)

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give events."""
        return await self._do(lambda: self._disk.content.events(run, after, limit))

    async def put(self, run: str, blob: bytes) -> str:
        """Keep bytes."""
        return await self._do(lambda: self._disk.content.put(run, blob))

    async def get(self, digest: str) -> bytes:
        """Give bytes."""
        return await self._do(lambda: self._disk.content.get(digest))

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give attempts."""
        return await self._do(lambda: self._disk.content.attempts(run, key))

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record an attempt."""
        await self._do(lambda: self._disk.content.add_attempt(run, key, attempt))

    @property
    def kept(self) -> Kept:
        """Give what outlives runs."""
        return self._disk.content.kept

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all attempts of a run."""
        return await self._disk.content.ledger(run)

    async def usage(self, run: str) -> Usage:
        """Sum what was spent."""
        return await self._disk.content.usage(run)

    async def calls(self, run: str) -> int:
        """Count attempts."""
        return await self._disk.content.calls(run)

    def _hold_to_order(self, run: str, events: list[Envelope]) -> None:
        """Note whose cause, or what else it acts on, is only on its way: a process that dies now has not seen it."""
        written = {e["id"] for e in [*self._disk.journal(run), *events]}
        for event in events:
            acts_on = [event["cause"], *(seen["event"] for seen in event["data"].get("inputs", {}).values())]
            self.early += [
                f"{event['id']} acts on {i} too early" for i in acts_on if i is not None and i not in written
            ]

    async def _do(self, work: Callable[[], Any]) -> Any:
        """Have something done in its turn; who ordered it hears of it a little later."""
        if self._cut:
            await asyncio.get_running_loop().create_future()  # a dead process hears nothing
        if not self._slowness:
            return await work()
        loop, self._orders = asyncio.get_running_loop(), self._orders + 1
        heard: asyncio.Future[Any] = loop.create_future()
        took = self._draws.between(0.0001, self._slowness, "write", self._orders)
        later = self._draws.between(0.0001, self._slowness, "heard", self._orders)
        self._free_at = max(loop.time(), self._free_at) + took
        self._heard_at = max(self._free_at, self._heard_at) + later
        loop.call_at(self._free_at, self._commit, work, heard, self._heard_at)
        return await heard

    def _commit(self, work: Callable[[], Any], heard: "asyncio.Future[Any]", at: float) -> None:
        if self._cut:
            return
        outcome = _run_through(work)
        asyncio.get_running_loop().call_at(at, self._tell, heard, outcome)

    def _tell(self, heard: "asyncio.Future[Any]", outcome: Any) -> None:
        if self._cut or heard.done():
            return
        if isinstance(outcome, Exception):
            heard.set_exception(outcome)
        else:
            heard.set_result(outcome)


def _run_through(work: Callable[[], Any]) -> Any:
    """Do work of the memory record, which never waits; give its result or its fault."""
    doing = work()
    try:
        doing.send(None)
    except StopIteration as done:
        return done.value
    except Exception as fault:  # noqa: BLE001 - handed to whoever ordered the work
        return fault
    raise RuntimeError("a record in memory does not wait")
