"""A record in memory: for notebooks, tests, and hosts that keep nothing."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from quire.nodes.event_store.accounts import Accounts
from quire.nodes.event_store.leases import Leases
from quire.nodes.event_store.memory_accounts import MemoryAccounts
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Usage
from quire.nodes.event_store.sums import total
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import RecordedOtherwise, RecordFault


def utc_now() -> str:
    """Give the time as RFC 3339 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class MemoryRecord:
    """Journal, ledger and blobs in dictionaries. Lost with the process.

    Args:
        now: tells the time an event is journalled, RFC 3339 in UTC.

    """

    def __init__(self, now: Callable[[], str] = utc_now) -> None:
        self._now = now
        self.accounts: Accounts = MemoryAccounts()
        self.leases: Leases | None = None
        self._journal: dict[str, dict[str, Envelope]] = {}
        self._ledger: dict[str, dict[CallKey, list[Attempt]]] = {}
        self._blobs: dict[str, bytes] = {}

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        _status: str | None = None,
        _heard: int | None = None,
        /,
    ) -> list[Envelope]:
        """Write events and blobs, all or none, and give the events their numbers.

        Raises:
            RecordFault: an event's id is there with other content, or a blob's digest is not its own.

        """
        journal = self._journal.setdefault(run, {})
        for event in events:
            _same_or_new(journal.get(event["id"]), event)
        for digest, blob in (blobs or {}).items():
            if hashlib.sha256(blob).hexdigest() != digest:
                raise RecordFault(f"a blob does not have the digest {digest}")
        for event in events:
            if event["id"] not in journal:
                journal[event["id"]] = {**event, "n": len(journal) + 1, "at": self._now()}
        self._blobs |= blobs or {}
        return [journal[event["id"]].copy() for event in events]

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give the run's events numbered above ``after``, in order."""
        later = list(self._journal.get(run, {}).values())[after:]
        return [event.copy() for event in later[:limit]]

    async def put(self, run: str, blob: bytes) -> str:
        """Keep bytes and give their SHA-256 (hex)."""
        del run
        digest = hashlib.sha256(blob).hexdigest()
        self._blobs[digest] = blob
        return digest

    async def get(self, digest: str) -> bytes:
        """Give the bytes kept under a digest.

        Raises:
            RecordFault: nothing is kept under it.

        """
        if digest not in self._blobs:
            raise RecordFault(f"nothing is kept under {digest}")
        return self._blobs[digest]

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        return [attempt.copy() for attempt in self._ledger.get(run, {}).get(key, [])]

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record how an attempt ended."""
        self._ledger.setdefault(run, {}).setdefault(key, []).append(attempt.copy())

    async def usage(self, run: str) -> Usage:
        """Sum what all recorded attempts of a run cost; ``usd`` is None if any has no price."""
        return total(attempt["usage"] for attempt in self._attempts_of(run))

    async def calls(self, run: str) -> int:
        """Count the recorded attempts of a run."""
        return len(self._attempts_of(run))

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all recorded attempts of a run, each with the call it was made for."""
        calls = self._ledger.get(run, {}).items()
        return [(key, attempt.copy()) for key, attempts in calls for attempt in attempts]

    def _attempts_of(self, run: str) -> list[Attempt]:
        return [attempt for attempts in self._ledger.get(run, {}).values() for attempt in attempts]


def _same_or_new(known: Envelope | None, event: Envelope) -> None:
    if known and canonical({**event, "n": 0, "at": ""}) != canonical({**known, "n": 0, "at": ""}):
        raise RecordedOtherwise(f"event {event['id']} is there with other content")
