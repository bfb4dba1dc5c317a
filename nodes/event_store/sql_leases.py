"""Leases in the record's database: a row for each process that holds or wants slots, one for each request of a minute.

Time is the database's: the clocks of machines differ.
"""

import uuid
from typing import Final

from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.leases import HEEDED, KEPT, WINDOW, Demand, Rates, Sent, granted, wait_for
from quire.nodes.event_store.writer_thread import WriterThread

TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS call_slots (
        holder TEXT PRIMARY KEY,
        held INTEGER NOT NULL,
        wants INTEGER NOT NULL,
        since DOUBLE PRECISION NOT NULL,
        seen DOUBLE PRECISION NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS call_rates (
        request TEXT PRIMARY KEY,
        at DOUBLE PRECISION NOT NULL,
        tokens INTEGER NOT NULL
    )""",
)
_GUARD: Final = ""
"""Holder of the row that whoever changes these tables locks."""
_FIRST: Final = " leases"
"""Sorts before the id of any run, so that every transaction locks the guard before it locks a run."""


class SqlLeases:
    """Leases in SQL.

    Args:
        thread: owns the connection.
        process: a name that no other process has.

    """

    def __init__(self, thread: WriterThread, process: str) -> None:
        self._thread = thread
        self._process = process

    def holder(self) -> str:
        """Make a name to hold slots under."""
        return f"{self._process}/{uuid.uuid4().hex}"

    async def slots(self, holder: str, held: int, wants: int, limit: int) -> int:
        """Say what a process holds and wants, and give how many slots it holds from now on beyond that."""

        def work(db: Connection) -> int:
            now = _alone(db)
            db.execute("DELETE FROM call_slots WHERE holder <> ? AND seen < ?", (_GUARD, now - KEPT))
            known = {demand.holder: demand for demand in _demands(db, now)}
            before = known.pop(holder, None)
            since = before.since if before is not None and before.wants else now
            more = granted(limit, Demand(holder, held, wants, since), list(known.values()))
            _note(db, Demand(holder, held + more, wants - more, now if more else since), now)
            return more

        return await self._thread.do(work, _FIRST)

    async def free(self, process: str) -> None:
        """Free what a process held that is known to be dead."""
        query, prefix = "DELETE FROM call_slots WHERE substr(holder, 1, ?) = ?", f"{process}/"
        await self._thread.do(lambda db: db.execute(query, (len(prefix), prefix)).rowcount, _FIRST)

    async def pace(self, request: str, tokens: int, rates: Rates) -> float:
        """Count a request of so many tokens, or give the seconds until it is worth asking again."""

        def work(db: Connection) -> float:
            now = _alone(db)
            db.execute("DELETE FROM call_rates WHERE at <= ?", (now - WINDOW,))
            query = "SELECT at, tokens FROM call_rates WHERE request <> ? ORDER BY at"
            sent = [Sent(*row) for row in db.execute(query, (request,)).fetchall()]
            wait = wait_for(sent, tokens, rates, now)
            if not wait:
                counted = "INSERT INTO call_rates VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                db.execute(counted, (request, now, tokens))
            return wait

        return await self._thread.do(work, _FIRST)

    async def used(self, request: str, tokens: int) -> None:
        """Say what a request that was counted has come to."""
        query = "UPDATE call_rates SET tokens = ? WHERE request = ?"
        await self._thread.do(lambda db: db.execute(query, (tokens, request)).rowcount, _FIRST)


def _alone(db: Connection) -> float:
    """Keep others from these tables until the transaction is over, and give the time."""
    db.execute("INSERT INTO call_slots VALUES (?, 0, 0, 0, 0) ON CONFLICT DO NOTHING", (_GUARD,))
    db.execute("UPDATE call_slots SET held = held WHERE holder = ?", (_GUARD,))
    (now,) = db.execute(f"SELECT {db.clock}").fetchone()
    return float(now)


def _demands(db: Connection, now: float) -> list[Demand]:
    """Give what is held and wanted. Whoever was not heard of for a moment does not wait at this time."""
    query = "SELECT holder, held, CASE WHEN seen < ? THEN 0 ELSE wants END, since FROM call_slots WHERE holder <> ?"
    return [Demand(*row) for row in db.execute(query, (now - HEEDED, _GUARD)).fetchall()]


def _note(db: Connection, demand: Demand, now: float) -> None:
    if not demand.held and not demand.wants:
        db.execute("DELETE FROM call_slots WHERE holder = ?", (demand.holder,))
        return
    db.execute(
        """INSERT INTO call_slots VALUES (?, ?, ?, ?, ?) ON CONFLICT (holder) DO UPDATE SET
            held = excluded.held, wants = excluded.wants, since = excluded.since, seen = excluded.seen""",
        (*demand, now),
    )
