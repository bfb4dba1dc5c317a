"""The record as whoever has taken a run sees it: all it writes carries the token."""

import asyncio

from quire.nodes.event_store.port import Attempt, CallKey, Envelope
from quire.nodes.event_store.sql import SqlRecord


class HeldRecord:
    """A record with the token of one run.

    Args:
        record: where everything is kept.
        token: what taking the run gave.

    """

    def __init__(self, record: SqlRecord, token: int) -> None:
        self._record = record
        self.token = token
        self.accounts = record.accounts
        self.kept = record.kept
        self.leases = record.leases
        self.put = record.put
        self.get = record.get
        self.usage = record.usage
        self.calls = record.calls
        self.ledger = record.ledger
        self._asked: asyncio.Task[set[CallKey]] | None = None
        """Calls that have attempts. Nobody else adds any while the token holds, so the database is read once."""

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give the run's events numbered above ``after``, in order.

        The caller is about to ask for calls, and would wait longer for the database once section runs are under way.
        """
        await self._calls_asked(run)
        return await self._record.events(run, after, limit)

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        return await self._record.attempts(run, key) if key in await self._calls_asked(run) else []

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        /,
    ) -> list[Envelope]:
        """Write events, blobs and the run's new status.

        Raises:
            RunTaken: somebody else has taken the run.
            ChangedMeanwhile: something came from outside after what was heard.

        """
        return await self._record.append(run, events, blobs, status, heard, token=self.token)

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record how an attempt ended.

        Raises:
            RunTaken: somebody else has taken the run.

        """
        await self._record.add_attempt(run, key, attempt, token=self.token)
        (await self._calls_asked(run)).add(key)

    async def _calls_asked(self, run: str) -> set[CallKey]:
        if self._asked is None:
            self._asked = asyncio.ensure_future(self._read_calls(run))
        return self._asked.result() if self._asked.done() else await asyncio.shield(self._asked)

    async def _read_calls(self, run: str) -> set[CallKey]:
        return {key for key, _ in await self._record.ledger(run)}
