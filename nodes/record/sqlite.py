"""The record in SQLite, for one machine."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from typing_extensions import TypedDict

from nodes.content import canonical
from nodes.faults import RecordFault
from nodes.record import idempotency
from nodes.record.accounts import Accounts
from nodes.record.idempotency import Claim, Standing
from nodes.record.memory import utc_now
from nodes.record.port import Attempt, CallKey, Event, Usage
from nodes.record.schema import TABLES, VERSION
from nodes.record.sql_accounts import SqlAccounts
from nodes.record.sums import total
from nodes.record.writer_thread import WriterThread

FINAL = frozenset({"done", "partial", "failed", "cancelled"})
_AT_WORK = "status NOT IN ('done', 'partial', 'failed', 'cancelled', 'waiting')"


class RunRow(TypedDict):
    """A run as its row has it: the authority on whether it is over."""

    id: str
    tenant: str
    status: str
    brief: str
    """Digest of the brief's JSON, which is kept as a blob."""
    door: dict[str, Any]
    """What the door that began it wants remembered: where the results go, in which formats."""
    created: str
    finished: str | None


class SqliteRecord:
    """Journal, ledger, blobs and rows of runs in one SQLite file."""

    def __init__(self, path: Path, now: Callable[[], str] = utc_now) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = WriterThread(path)
        self._now = now
        self.accounts: Accounts = SqlAccounts(self._writer)
        self._ready = False

    async def setup(self) -> None:
        """Make the tables, or check that they are ours.

        Raises:
            RecordFault: the file was written by another version.

        """
        await self._writer.do(_set_up)

    def close(self) -> None:
        """Finish pending writes and let the file go."""
        self._writer.close()

    async def begin(self, run: str, tenant: str, brief: Mapping[str, Any], door: Mapping[str, Any]) -> bool:
        """Make the row of a new run; ``False`` when there is a run of this id already."""
        text = json.dumps(dict(brief), ensure_ascii=False).encode()  # in the user's order: covers show facts in it
        digest = hashlib.sha256(text).hexdigest()

        def work(db: sqlite3.Connection) -> bool:
            _keep(db, {digest: text})
            row = (run, tenant, "running", digest, canonical(dict(door)), self._now())
            made = db.execute(
                "INSERT OR IGNORE INTO runs (id, tenant, status, brief, door, created) VALUES (?, ?, ?, ?, ?, ?)", row
            )
            return made.rowcount == 1

        return await self._writer.do(work)

    async def row(self, run: str) -> RunRow | None:
        """Give a run's row."""
        rows = await self._writer.do(lambda db: _rows(db, "WHERE id = ?", (run,)))
        return rows[0] if rows else None

    async def rows(self, tenant: str, after: str | None = None, limit: int = -1) -> list[RunRow]:
        """Give a tenant's runs, the newest first: those behind ``after``, at most ``limit``."""
        behind = "(created, id) < (SELECT created, id FROM runs WHERE tenant = ?1 AND id = ?2)"
        where = f"WHERE tenant = ?1 AND (?2 IS NULL OR {behind}) ORDER BY created DESC, id DESC LIMIT ?3"
        return await self._writer.do(lambda db: _rows(db, where, (tenant, after, limit)))

    async def unfinished(self) -> list[str]:
        """Give the ids of all runs that are neither over nor waiting for a person, the oldest first."""
        return [
            row["id"] for row in await self._writer.do(lambda db: _rows(db, f"WHERE {_AT_WORK} ORDER BY created", ()))
        ]

    async def at_work(self, tenant: str) -> int:
        """Count a tenant's runs that are neither over nor waiting for a person."""
        query = f"SELECT COUNT(*) FROM runs WHERE tenant = ? AND {_AT_WORK}"  # noqa: S608 - a constant
        (count,) = await self._writer.do(lambda db: db.execute(query, (tenant,)).fetchone())
        return int(count)

    async def claim(self, wanted: Claim) -> Standing:
        """Claim an idempotency key, or say how it stands."""
        return await self._writer.do(lambda db: idempotency.claim(db, wanted, self._now()))

    async def settle(self, claimed: Claim, answer: str) -> None:
        """Keep the answer to the request that claimed a key."""
        await self._writer.do(lambda db: idempotency.settle(db, claimed, answer))

    async def release(self, claimed: Claim) -> None:
        """Give a key back under which nothing was begun."""
        await self._writer.do(lambda db: idempotency.release(db, claimed))

    async def set_status(self, run: str, status: str) -> None:
        """Change a run's status, unless it is over."""
        await self._writer.do(lambda db: _mark(db, run, status, self._now()))

    async def append(
        self, run: str, events: list[Event], blobs: dict[str, bytes] | None = None, status: str | None = None, /
    ) -> list[Event]:
        """Write events, blobs and the run's new status in one transaction and number the events."""

        def work(db: sqlite3.Connection) -> list[Event]:
            _keep(db, blobs or {})
            written = [_write(db, run, event, self._now) for event in events]
            if status is not None:
                _mark(db, run, status, self._now())
            return written

        return await self._writer.do(work)

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Event]:
        """Give the run's events numbered above ``after``, in order."""
        query = "SELECT body FROM events WHERE run = ? AND n > ? ORDER BY n LIMIT ?"
        most = -1 if limit is None else limit
        rows = await self._writer.do(lambda db: db.execute(query, (run, after, most)).fetchall())
        return [json.loads(body) for (body,) in rows]

    async def put(self, blob: bytes) -> str:
        """Keep bytes under their SHA-256 (hex)."""
        digest = hashlib.sha256(blob).hexdigest()
        await self._writer.do(lambda db: _keep(db, {digest: blob}))
        return digest

    async def get(self, digest: str) -> bytes:
        """Give the bytes kept under a digest."""
        query = "SELECT bytes FROM blobs WHERE digest = ?"
        row = await self._writer.do(lambda db: db.execute(query, (digest,)).fetchone())
        if row is None or hashlib.sha256(row[0]).hexdigest() != digest:
            raise RecordFault(f"the record does not hold {digest[:12]} as it was written")
        found: bytes = row[0]
        return found

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        query = "SELECT body FROM attempts WHERE run = ? AND call = ? ORDER BY position"
        rows = await self._writer.do(lambda db: db.execute(query, (run, canonical(list(key)))).fetchall())
        return [json.loads(body) for (body,) in rows]

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record how an attempt ended."""
        query = """INSERT INTO attempts (run, call, position, body)
            SELECT ?1, ?2, COUNT(*), ?3 FROM attempts WHERE run = ?1 AND call = ?2"""
        values = (run, canonical(list(key)), json.dumps(attempt, ensure_ascii=False))
        await self._writer.do(lambda db: db.execute(query, values))

    async def usage(self, run: str) -> Usage:
        """Sum what all recorded attempts of a run cost; ``usd`` is None if any has no price."""
        return total(attempt["usage"] for attempt in await self._all_attempts(run))

    async def calls(self, run: str) -> int:
        """Count the recorded attempts of a run."""
        return len(await self._all_attempts(run))

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all recorded attempts of a run, each with the call it was made for."""
        query = "SELECT call, body FROM attempts WHERE run = ? ORDER BY call, position"
        rows = await self._writer.do(lambda db: db.execute(query, (run,)).fetchall())
        return [(CallKey(*json.loads(call)), json.loads(body)) for call, body in rows]

    async def _all_attempts(self, run: str) -> list[Attempt]:
        query = "SELECT body FROM attempts WHERE run = ? ORDER BY call, position"
        rows = await self._writer.do(lambda db: db.execute(query, (run,)).fetchall())
        return [json.loads(body) for (body,) in rows]


def _set_up(db: sqlite3.Connection) -> None:
    for table in TABLES:
        db.execute(table)
    versions = [v for (v,) in db.execute("SELECT version FROM quire")]
    if not versions:
        db.execute("INSERT INTO quire (version) VALUES (?)", (VERSION,))
    elif versions != [VERSION]:
        raise RecordFault(f"the record is of version {versions[-1]}, this program writes version {VERSION}")


def _write(db: sqlite3.Connection, run: str, event: Event, now: Callable[[], str]) -> Event:
    known = db.execute("SELECT body FROM events WHERE run = ? AND id = ?", (run, event["id"])).fetchone()
    if known is not None:
        return _same(json.loads(known[0]), event)
    (last,) = db.execute("SELECT COALESCE(MAX(n), 0) FROM events WHERE run = ?", (run,)).fetchone()
    numbered: Event = {**event, "n": last + 1, "at": now()}
    body = json.dumps(numbered, ensure_ascii=False)
    db.execute("INSERT INTO events (run, n, id, body) VALUES (?, ?, ?, ?)", (run, last + 1, event["id"], body))
    return numbered


def _same(known: Event, event: Event) -> Event:
    """Give the event as it was first written; other content under its id ends the run."""
    if canonical({**known, "n": 0, "at": ""}) != canonical({**event, "n": 0, "at": ""}):
        raise RecordFault(f"event {event['id']} is recorded with other content")
    return known


def _keep(db: sqlite3.Connection, blobs: Mapping[str, bytes]) -> None:
    db.executemany("INSERT OR IGNORE INTO blobs (digest, bytes) VALUES (?, ?)", list(blobs.items()))


def _mark(db: sqlite3.Connection, run: str, status: str, now: str) -> None:
    finished = now if status in FINAL else None
    open_ones = "status NOT IN ('done', 'partial', 'failed', 'cancelled')"
    db.execute(f"UPDATE runs SET status = ?, finished = ? WHERE id = ? AND {open_ones}", (status, finished, run))  # noqa: S608 - a constant


def _rows(db: sqlite3.Connection, where: str, values: Sequence[str | int | None]) -> list[RunRow]:
    query = f"SELECT id, tenant, status, brief, door, created, finished FROM runs {where}"  # noqa: S608 - our own words
    return [
        RunRow(id=i, tenant=t, status=s, brief=b, door=json.loads(d), created=c, finished=f)
        for i, t, s, b, d, c, f in db.execute(query, tuple(values))
    ]
