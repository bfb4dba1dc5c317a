"""The rows of runs in a SQL database: begun, taken, queued, paused, removed; and the keys they were begun under."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quire.nodes.event_store import idempotency, pruning, row_statements, statements
from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.idempotency import Claim, Standing
from quire.nodes.event_store.rows import Mark, RunRow
from quire.nodes.event_store.schema import FORMAT
from quire.nodes.event_store.writer_thread import WriterThread
from quire.nodes.evidence.content import canonical


class SqlRows:
    """Rows of runs.

    Args:
        thread: owns the connection.
        now: tells the time, RFC 3339 in UTC.

    """

    def __init__(self, thread: WriterThread, now: Callable[[], str]) -> None:
        self._thread = thread
        self._now = now

    async def begin(
        self, run: str, tenant: str, brief: Mapping[str, Any], remembered: Mapping[str, Any], *, served: bool = False
    ) -> bool:
        """Make the row of a new run; ``False`` when there is a run of this id already.

        Args:
            run: its id.
            tenant: whose it is.
            brief: what is asked.
            remembered: what its interface wants kept with the run.
            served: the engine is to carry it on; its first attempt is due.

        """
        text = json.dumps(dict(brief), ensure_ascii=False).encode()  # in the user's order: covers show facts in it
        digest, created = hashlib.sha256(text).hexdigest(), self._now()
        status, attempt = ("queued", 1) if served else ("running", 0)
        row = (run, tenant, status, digest, canonical(dict(remembered)), created, FORMAT, int(served), attempt)

        tried: list[bool] = []

        def work(db: Connection) -> bool:
            made = row_statements.insert_run(db, row) or (
                bool(tried) and row_statements.is_ours(db, run, digest, created)
            )
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
        return await self._thread.do(lambda db: row_statements.row(db, run))

    async def rows(self, tenant: str, after: str | None = None, limit: int | None = None) -> list[RunRow]:
        """Give a tenant's runs, the newest first: those behind ``after``, at most ``limit``."""
        return await self._thread.do(lambda db: row_statements.rows_of(db, tenant, after, limit))

    async def at_work(self, tenant: str) -> int:
        """Count a tenant's runs that are neither over nor waiting for a person."""
        return await self._thread.do(lambda db: row_statements.at_work(db, tenant))

    async def served(self) -> list[RunRow]:
        """Give the runs that the engine has to carry on, the oldest first."""
        where = f"WHERE served = 1 AND {row_statements.OPEN} AND status <> 'waiting' ORDER BY created, id"
        return await self._thread.do(lambda db: row_statements.rows(db, where, ()))

    async def suspended(self) -> list[RunRow]:
        """Give the runs that the engine has put aside, the oldest first."""
        return await self._thread.do(row_statements.suspended)

    def now(self) -> str:
        """Tell the time by which events are dated."""
        return self._now()

    async def finished(self, before: str, after: RunRow | None = None, limit: int | None = None) -> list[RunRow]:
        """Give the runs of all tenants that were over before a time, the oldest first: those behind ``after``."""
        return await self._thread.do(lambda db: pruning.finished(db, before, after, limit))

    async def take(self, run: str) -> int | None:
        """Take a run to work on it, and give the token to write with. ``None`` if it is over, or there is none."""
        return await self._thread.do(lambda db: row_statements.take(db, run), run)

    async def marks(self, runs: Sequence[str]) -> dict[str, Mark]:
        """Give what whoever works on these runs has to know again and again."""
        return await self._thread.do(lambda db: row_statements.marks(db, runs))

    async def pause(self, run: str, token: int, outside: int) -> bool:
        """Let a run wait for a person, unless an event came from outside after the given one.

        Raises:
            RunTaken: somebody else has taken it.

        """
        return await self._thread.do(lambda db: row_statements.pause(db, run, token, outside), run)

    async def queue(self, run: str, *, after_attempt: int) -> RunRow | None:
        """Have the engine carry on an open run with a new attempt, unless somebody has made another one due.

        Gives the row as it is then.
        """

        def work(db: Connection) -> RunRow | None:
            row_statements.queue(db, run, after_attempt)
            return row_statements.row(db, run)

        return await self._thread.do(work, run)

    async def forget(self, runs: Sequence[str]) -> list[str]:
        """Remove runs that are over with all that belongs to them, and give their ids; others are left alone.

        What other runs use as well stays, and so does what the tenants have spent.
        """
        return await self._thread.do(lambda db: pruning.forget(db, runs))

    async def give_back(self) -> None:
        """Give free space back to the system, a little at a time, where the database does not do so itself."""
        while await self._thread.do(lambda db: db.give_back()):
            pass

    async def claim(self, wanted: Claim) -> Standing:
        """Claim an idempotency key, or say how it stands."""
        return await self._thread.do(lambda db: idempotency.claim(db, wanted, self._now()))

    async def settle(self, claimed: Claim, answer: str) -> None:
        """Keep the answer to the request that claimed a key."""
        await self._thread.do(lambda db: idempotency.settle(db, claimed, answer))

    async def release(self, claimed: Claim) -> None:
        """Give a key back under which nothing was begun."""
        await self._thread.do(lambda db: idempotency.release(db, claimed))
