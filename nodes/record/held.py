"""The record as whoever has taken a run sees it: all it writes carries the token."""

from nodes.record.port import Attempt, CallKey, Event
from nodes.record.sql import SqlRecord


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
        self.events = record.events
        self.put = record.put
        self.get = record.get
        self.attempts = record.attempts
        self.usage = record.usage
        self.calls = record.calls
        self.ledger = record.ledger

    async def append(
        self, run: str, events: list[Event], blobs: dict[str, bytes] | None = None, status: str | None = None, /
    ) -> list[Event]:
        """Write events, blobs and the run's new status.

        Raises:
            RunTaken: somebody else has taken the run.

        """
        return await self._record.append(run, events, blobs, status, token=self.token)

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record how an attempt ended.

        Raises:
            RunTaken: somebody else has taken the run.

        """
        await self._record.add_attempt(run, key, attempt, token=self.token)
