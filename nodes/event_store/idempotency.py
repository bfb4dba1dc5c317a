"""Idempotency keys: a request that is sent twice is done once, and answered the same both times.

A key is claimed before anything is done, under the id of the run that the request is about to begin. So a request
that comes again after a crash finds out whether that run exists: if it does, it was begun; if not, it can be, under
the same id, and no two processes can begin it twice.

::

    claim -> Fresh      do it, then ``settle``; or ``release``, if nothing was begun
          -> Answered   give the stored answer
          -> Pending    somebody is doing it
          -> Otherwise  the key belongs to another request
"""

from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from quire.nodes.event_store.database import Connection

KEPT = timedelta(hours=24)
"""How long a key is remembered at least."""
ABANDONED = timedelta(seconds=60)
"""After this long without an answer, whoever claimed the key is taken to be dead."""

TABLE = """CREATE TABLE IF NOT EXISTS idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    asked TEXT NOT NULL,
    run TEXT NOT NULL,
    answer TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (scope, key)
)"""


class Claim(NamedTuple):
    """What a request claims its key for."""

    scope: str
    """Whose key it is and for what: tenant and route."""
    key: str
    asked: str
    """SHA-256 (hex) of what is asked."""
    run: str
    """Id of the run that it will begin."""


class Fresh(NamedTuple):
    """The key is the caller's now: the run is to be begun under this id."""

    run: str


class Answered(NamedTuple):
    """The request was done before; this was the answer."""

    answer: str


class Pending(NamedTuple):
    """The request is being done."""


class Otherwise(NamedTuple):
    """The key was used for another request."""


Standing: TypeAlias = Fresh | Answered | Pending | Otherwise


def claim(db: Connection, wanted: Claim, now: str) -> Standing:
    """Claim a key, or say how it stands. Keys that are old enough are forgotten first.

    Args:
        db: inside a transaction.
        wanted: the claim.
        now: RFC 3339 in UTC.

    """
    db.execute("DELETE FROM idempotency WHERE at < ?", (_before(now, KEPT),))
    new = db.execute("INSERT INTO idempotency VALUES (?, ?, ?, ?, NULL, ?) ON CONFLICT DO NOTHING", (*wanted, now))
    if new.rowcount:
        return Fresh(wanted.run)
    query = "SELECT asked, run, answer, at FROM idempotency WHERE scope = ? AND key = ?"
    asked, run, answer, at = db.execute(query, wanted[:2]).fetchone()
    if asked != wanted.asked:
        return Otherwise()
    if answer is not None:
        return Answered(answer)
    if at >= _before(now, ABANDONED):
        return Pending()
    db.execute("UPDATE idempotency SET at = ? WHERE scope = ? AND key = ?", (now, *wanted[:2]))
    return Fresh(run)


def settle(db: Connection, claimed: Claim, answer: str) -> None:
    """Keep the answer."""
    db.execute("UPDATE idempotency SET answer = ? WHERE scope = ? AND key = ?", (answer, *claimed[:2]))


def release(db: Connection, claimed: Claim) -> None:
    """Give the key back: nothing was begun."""
    query = "DELETE FROM idempotency WHERE scope = ? AND key = ? AND answer IS NULL"
    db.execute(query, claimed[:2])


def _before(now: str, span: timedelta) -> str:
    return (datetime.fromisoformat(now) - span).isoformat(timespec="milliseconds").replace("+00:00", "Z")
