"""A record in memory: for notebooks, tests, and hosts that keep nothing."""

import asyncio
import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

from quire.nodes.event_store.accounts import Accounts
from quire.nodes.event_store.kept import Kept, MemoryKept
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
        self.kept: Kept = MemoryKept()
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

    async def packed(self, run: str) -> str:
        """Pack all that is kept of a run into text, from which another record can take it up (``unpack``)."""
        calls = [[list(key), attempts] for key, attempts in self._ledger.get(run, {}).items()]
        blobs = {digest: base64.b64encode(blob).decode() for digest, blob in self._blobs.items()}
        kept = {"events": list(self._journal.get(run, {}).values()), "calls": calls, "blobs": blobs}
        return await asyncio.to_thread(_squeezed, json.dumps(kept, separators=(",", ":")))

    def unpack(self, run: str, packed: str) -> None:
        """Take up what another record packed.

        Raises:
            RecordFault: it is damaged.

        """
        try:
            kept = json.loads(zlib.decompress(base64.b64decode(packed, validate=True)))
            journal: dict[str, Envelope] = {event["id"]: event for event in kept["events"]}
            ledger: dict[CallKey, list[Attempt]] = {CallKey(*key): attempts for key, attempts in kept["calls"]}
            blobs = {digest: base64.b64decode(blob) for digest, blob in kept["blobs"].items()}
        except (ValueError, TypeError, KeyError, zlib.error) as damage:
            raise RecordFault(f"what the checkpoint holds of run {run!r} is damaged") from damage
        self._journal[run], self._ledger[run] = journal, ledger
        self._blobs |= blobs

    def _attempts_of(self, run: str) -> list[Attempt]:
        return [attempt for attempts in self._ledger.get(run, {}).values() for attempt in attempts]


def _squeezed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _same_or_new(known: Envelope | None, event: Envelope) -> None:
    if known and canonical({**event, "n": 0, "at": ""}) != canonical({**known, "n": 0, "at": ""}):
        raise RecordedOtherwise(f"event {event['id']} is there with other content")
