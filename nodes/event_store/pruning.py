"""Removing runs that are over. Every function works inside a transaction of its caller."""

from collections.abc import Sequence
from typing import Final

from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.row_statements import OVER, rows
from quire.nodes.event_store.rows import RunRow
from quire.nodes.event_store.sql_accounts import close_account
from quire.nodes.event_store.sql_kept import OF_A_RUN as KEPT_OF_A_RUN

_OF_A_RUN: Final = (
    "DELETE FROM events WHERE run = ?",
    "DELETE FROM attempts WHERE run = ?",
    "DELETE FROM idempotency WHERE run = ?",
    KEPT_OF_A_RUN,
    "DELETE FROM runs WHERE id = ?",
)


def finished(db: Connection, before: str, after: RunRow | None, limit: int | None) -> list[RunRow]:
    """Give runs that were over before a time (RFC 3339 in UTC), the oldest first."""
    where, values = "WHERE finished < ?", [before]
    if after is not None:
        where += " AND (finished, id) > (?, ?)"
        values += [after["finished"] or "", after["id"]]
    page = "" if limit is None else f" LIMIT {limit:d}"
    return rows(db, f"{where} ORDER BY finished, id{page}", values)


def forget(db: Connection, runs: Sequence[str]) -> list[str]:
    """Remove those of the runs that are over, and give their ids."""
    over = [run for run in sorted(runs) if _is_over(db, run)]
    for run in over:
        close_account(db, run)
        for statement in _OF_A_RUN:
            db.execute(statement, (run,))
    if over:
        _forget_blobs(db, over)
    return over


def _is_over(db: Connection, run: str) -> bool:
    query = f"SELECT id FROM runs WHERE id = ? AND {OVER}{db.locking}"  # noqa: S608 - only constants of ours are put in
    return db.execute(query, (run,)).fetchone() is not None


def _forget_blobs(db: Connection, runs: Sequence[str]) -> None:
    """Remove what only these runs used. Nobody may begin to use it in between."""
    db.keep_writers_out("blob_uses")
    used: set[str] = set()
    for run in runs:
        found = db.execute("SELECT digest FROM blob_uses WHERE run = ?", (run,)).fetchall()
        used |= {digest for (digest,) in found}
        db.execute("DELETE FROM blob_uses WHERE run = ?", (run,))
    unused = "NOT EXISTS (SELECT 1 FROM blob_uses WHERE blob_uses.digest = blobs.digest)"
    db.executemany(f"DELETE FROM blobs WHERE digest = ? AND {unused}", [(d,) for d in sorted(used)])  # noqa: S608 - only constants of ours are put in
