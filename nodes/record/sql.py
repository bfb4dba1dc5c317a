"""The record in a SQL database: journal, ledger, blobs, and the rows of runs.

Whoever works on a run has taken it and writes with the token it was given then; in the transaction of every write the
token is compared with the row's, so that somebody from whom the run was taken writes nothing more. Events from outside
come without a token; they put a run that waits for a person back into the queue.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nodes.content import canonical
from nodes.faults import RecordFault
from nodes.record import idempotency, pruning, statements
from nodes.record.accounts import Accounts
from nodes.record.database import Connection
from nodes.record.idempotency import Claim, Standing
from nodes.record.leases import Leases
from nodes.record.memory import utc_now
from nodes.record.port import Attempt, CallKey, Event, Usage
from nodes.record.rows import Mark, RunRow
from nodes.record.schema import FORMAT
from nodes.record.sql_accounts import SqlAccounts
from nodes.record.sums import total
from nodes.record.writer_thread import WriterThread


class SqlRecord:
    """Journal, ledger, blobs and rows of runs.

    Args:
        thread: owns the connection.
        types: column types of the database.
        now: tells the time an event is journalled, RFC 3339 in UTC.

    """

    def __init__(self, thread: WriterThread, types: Mapping[str, str], now: Callable[[], str] = utc_now) -> None:
        self._thread = thread
        self._types = types
        self._now = now
        self.accounts: Accounts = SqlAccounts(thread)
        self.leases: Leases | None = None

    async def setup(self) -> None:
        """Make the tables, or check that they are ours.

        Raises:
            RecordFault: they were written by another version.

        """
        await self._thread.do(lambda db: statements.set_up(db, self._types))

    def close(self) -> None:
        """Finish pending writes and let the database go."""
        self._thread.close()

    async def begin(
        self, run: str, tenant: str, brief: Mapping[str, Any], door: Mapping[str, Any], *, served: bool = False
    ) -> bool:
        """Make the row of a new run; ``False`` when there is a run of this id already.

        Args:
            run: its id.
            tenant: whose it is.
            brief: what is asked.
            door: what its door wants remembered.
            served: the engine is to carry it on; its first leg is due.

        """
        text = json.dumps(dict(brief), ensure_ascii=False).encode()  # in the user's order: covers show facts in it
        digest, created = hashlib.sha256(text).hexdigest(), self._now()
        status, leg = ("queued", 1) if served else ("running", 0)
        row = (run, tenant, status, digest, canonical(dict(door)), created, FORMAT, int(served), leg)

        tried: list[bool] = []

        def work(db: Connection) -> bool:
            made = statements.insert_run(db, row) or (bool(tried) and statements.is_ours(db, run, digest, created))
            tried.append(True)
            if made:
                statements.keep(db, run, {digest: text})
            return made

        return await self._thread.do(work, run)

    async def row(self, run: str) -> RunRow | None:
        """Give a run's row.

        Raises:
            RecordFault: it is not as it was written.

        """
        return await self._thread.do(lambda db: statements.row(db, run))

    async def rows(self, tenant: str, after: str | None = None, limit: int | None = None) -> list[RunRow]:
        """Give a tenant's runs, the newest first: those behind ``after``, at most ``limit``."""
        return await self._thread.do(lambda db: statements.rows_of(db, tenant, after, limit))

    async def at_work(self, tenant: str) -> int:
        """Count a tenant's runs that are neither over nor waiting for a person."""
        return await self._thread.do(lambda db: statements.at_work(db, tenant))

    async def claim(self, wanted: Claim) -> Standing:
        """Claim an idempotency key, or say how it stands."""
        return await self._thread.do(lambda db: idempotency.claim(db, wanted, self._now()))

    async def settle(self, claimed: Claim, answer: str) -> None:
        """Keep the answer to the request that claimed a key."""
        await self._thread.do(lambda db: idempotency.settle(db, claimed, answer))

    async def release(self, claimed: Claim) -> None:
        """Give a key back under which nothing was begun."""
        await self._thread.do(lambda db: idempotency.release(db, claimed))

    async def served(self) -> list[RunRow]:
        """Give the runs that the engine has to carry on, the oldest first."""
        where = f"WHERE served = 1 AND {statements.OPEN} AND status <> 'waiting' ORDER BY created, id"
        return await self._thread.do(lambda db: statements.rows(db, where, ()))

    async def finished(self, before: str, after: RunRow | None = None, limit: int | None = None) -> list[RunRow]:
        """Give the runs of all tenants that were over before a time, the oldest first: those behind ``after``."""
        return await self._thread.do(lambda db: pruning.finished(db, before, after, limit))

    async def forget(self, runs: Sequence[str]) -> list[str]:
        """Remove runs that are over with all that belongs to them, and give their ids; others are left alone.

        What other runs use as well stays, and so does what the tenants have spent.
        """
        return await self._thread.do(lambda db: pruning.forget(db, runs))

    async def give_back(self) -> None:
        """Give free space back to the system, a little at a time, where the database does not do so itself."""
        while await self._thread.do(lambda db: db.give_back()):
            pass

    async def take(self, run: str) -> int | None:
        """Take a run to work on it, and give the token to write with. ``None`` if it is over, or there is none."""
        return await self._thread.do(lambda db: statements.take(db, run), run)

    async def marks(self, runs: Sequence[str]) -> dict[str, Mark]:
        """Give what whoever works on these runs has to know again and again."""
        return await self._thread.do(lambda db: statements.marks(db, runs))

    async def pause(self, run: str, token: int, outside: int) -> bool:
        """Let a run wait for a person, unless an event came from outside after the given one.

        Raises:
            RunTaken: somebody else has taken it.

        """
        return await self._thread.do(lambda db: statements.pause(db, run, token, outside), run)

    async def queue(self, run: str, *, after_leg: int) -> RunRow | None:
        """Have the engine carry on an open run with a new leg, unless somebody has made another one due.

        Gives the row as it is then.
        """

        def work(db: Connection) -> RunRow | None:
            statements.queue(db, run, after_leg)
            return statements.row(db, run)

        return await self._thread.do(work, run)

    async def append(
        self,
        run: str,
        events: list[Event],
        blobs: dict[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        /,
        *,
        token: int | None = None,
    ) -> list[Event]:
        """Write events, blobs and the run's new status in one transaction and number the events.

        Args:
            run: the run.
            events: in the order they are numbered in; one whose id is there comes back as it was first written.
            blobs: by digest.
            status: the run's new one.
            heard: the number of the last event from outside that whoever ends the run has taken up.
            token: of whoever works on the run; without it the events are from outside.

        Raises:
            RunTaken: somebody else has taken the run.
            RunOver: an event from outside came too late.
            ChangedMeanwhile: an event from outside came after what was heard; nothing is written.
            RecordFault: an id is there with other content, or a blob's digest is not its own.

        """
        now = self._now

        def work(db: Connection) -> list[Event]:
            held = statements.hold(db, run, token)
            statements.check_heard(db, run, heard)
            statements.keep(db, run, blobs or {})
            written = [statements.write(db, run, event, now) for event in events]
            if token is None and held and written:
                statements.note_outside(db, run, max(event["n"] for event in written))
            if status is not None:
                statements.mark(db, run, status, now())
            return written

        return await self._thread.do(work, run)

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Event]:
        """Give the run's events numbered above ``after``, in order."""
        return await self._thread.do(lambda db: statements.events(db, run, after, limit))

    async def put(self, run: str, blob: bytes) -> str:
        """Keep bytes for a run under their SHA-256 (hex)."""
        digest = hashlib.sha256(blob).hexdigest()
        await self._thread.do(lambda db: statements.keep(db, run, {digest: blob}))
        return digest

    async def get(self, digest: str) -> bytes:
        """Give the bytes kept under a digest."""
        query = "SELECT bytes FROM blobs WHERE digest = ?"
        row = await self._thread.do(lambda db: db.execute(query, (digest,)).fetchone())
        if row is None or hashlib.sha256(row[0]).hexdigest() != digest:
            raise RecordFault(f"the record does not hold {digest[:12]} as it was written")
        found: bytes = row[0]
        return found

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        call = canonical(list(key))
        return await self._thread.do(lambda db: statements.attempts(db, run, call))

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt, *, token: int | None = None) -> None:
        """Record how an attempt ended.

        Raises:
            RunTaken: somebody else has taken the run.

        """
        call = canonical(list(key))
        placed: list[int] = []

        def work(db: Connection) -> None:
            statements.hold(db, run, token)
            placed[:] = placed or [statements.next_position(db, run, call)]
            statements.place_attempt(db, run, call, placed[0], attempt)

        await self._thread.do(work, run)

    async def usage(self, run: str) -> Usage:
        """Sum what all recorded attempts of a run cost; ``usd`` is None if any has no price."""
        return total(attempt["usage"] for _, attempt in await self.ledger(run))

    async def calls(self, run: str) -> int:
        """Count the recorded attempts of a run."""
        return len(await self.ledger(run))

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all recorded attempts of a run, each with the call it was made for."""
        return await self._thread.do(lambda db: statements.ledger(db, run))
