"""The record in a host's key-value store: where someone else's server runs the graph, as LangGraph's does."""

import asyncio
import base64
import hashlib
from collections import defaultdict
from typing import Any, Protocol

from quire.nodes.event_store.accounts import Accounts
from quire.nodes.event_store.kept import Kept, StoreKept
from quire.nodes.event_store.leases import Leases
from quire.nodes.event_store.memory import utc_now
from quire.nodes.event_store.memory_accounts import MemoryAccounts
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Usage
from quire.nodes.event_store.sums import total
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import RecordedOtherwise, RecordFault

PAGE = 500


class Item(Protocol):
    """What a store gives back."""

    value: dict[str, Any]
    key: str


class Store(Protocol):
    """The part of LangGraph's ``BaseStore`` that a record needs."""

    async def aget(self, namespace: tuple[str, ...], key: str, /) -> Any:
        """Give an item or None."""
        ...

    async def aput(self, namespace: tuple[str, ...], key: str, value: dict[str, Any], /) -> None:
        """Keep a value."""
        ...

    async def asearch(self, namespace_prefix: tuple[str, ...], /, *, limit: int, offset: int) -> Any:
        """Give the items below a namespace, a page at a time."""
        ...


class StoreRecord:
    """Journal, ledger and blobs in a store. It is as durable as its host keeps the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.accounts: Accounts = MemoryAccounts()
        """A store cannot set aside on two accounts at once: what may be spent is kept in memory."""
        self.kept: Kept = StoreKept(store)
        self.leases: Leases | None = None
        self._journals: dict[str, dict[str, Envelope]] = {}
        self._turn: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        _status: str | None = None,
        _heard: int | None = None,
        /,
    ) -> list[Envelope]:
        """Write blobs, then events, each once by its id. A store has no transactions: an event comes last."""
        async with self._turn[run]:
            journal = await self._journal(run)
            for event in events:
                known = journal.get(event["id"])
                if known and canonical({**known, "n": 0, "at": ""}) != canonical({**event, "n": 0, "at": ""}):
                    raise RecordedOtherwise(f"event {event['id']} is recorded with other content")
            for blob in (blobs or {}).values():
                await self.put(run, blob)
            for event in events:
                if event["id"] not in journal:
                    numbered: Envelope = {**event, "n": len(journal) + 1, "at": utc_now()}
                    await self._store.aput(("quire", "events", run), f"{numbered['n']:08}", dict(numbered))
                    journal[event["id"]] = numbered
            return [journal[e["id"]] for e in events]

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give the run's events numbered above ``after``, in order."""
        later = list((await self._journal(run)).values())[after:]
        return later[:limit]

    async def put(self, run: str, blob: bytes) -> str:
        """Keep bytes and give their SHA-256 (hex)."""
        del run
        digest = hashlib.sha256(blob).hexdigest()
        await self._store.aput(("quire", "blobs"), digest, {"base64": base64.b64encode(blob).decode()})
        return digest

    async def get(self, digest: str) -> bytes:
        """Give the bytes kept under a digest."""
        item = await self._store.aget(("quire", "blobs"), digest)
        if item is None:
            raise RecordFault(f"the store does not hold {digest[:12]}")
        return base64.b64decode(item.value["base64"])

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        item = await self._store.aget(("quire", "attempts", run), _name(key))
        found: list[Attempt] = item.value["attempts"] if item else []
        return found

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record how an attempt ended."""
        made = [*await self.attempts(run, key), attempt]
        await self._store.aput(("quire", "attempts", run), _name(key), {"call": list(key), "attempts": made})

    async def usage(self, run: str) -> Usage:
        """Sum what all recorded attempts of a run cost."""
        return total(a["usage"] for a in await self._all_attempts(run))

    async def calls(self, run: str) -> int:
        """Count the recorded attempts of a run."""
        return len(await self._all_attempts(run))

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all recorded attempts of a run, each with the call it was made for."""
        kept = await self._all(("quire", "attempts", run))
        return [(CallKey(*item["call"]), attempt) for item in kept for attempt in item["attempts"]]

    async def _journal(self, run: str) -> dict[str, Envelope]:
        if run not in self._journals:
            found = await self._all(("quire", "events", run))
            ordered: list[Envelope] = sorted(found, key=lambda e: e["n"])
            self._journals[run] = {e["id"]: e for e in ordered}
        return self._journals[run]

    async def _all_attempts(self, run: str) -> list[Attempt]:
        return [a for kept in await self._all(("quire", "attempts", run)) for a in kept["attempts"]]

    async def _all(self, namespace: tuple[str, ...]) -> list[Any]:
        found: list[Any] = []
        while page := await self._store.asearch(namespace, limit=PAGE, offset=len(found)):
            found += [item.value for item in page]
        return found


def _name(key: CallKey) -> str:
    return hashlib.sha256(canonical(list(key)).encode()).hexdigest()
