"""What the record asks of its database about events, attempts, blobs. All of it inside a transaction of the caller."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.port import Attempt, CallKey, Envelope
from quire.nodes.event_store.sealed import damaged, seal, unseal
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import RecordedOtherwise, RecordFault

_LAST_AND_KNOWN = """SELECT numbers.last, known.body, known.n
    FROM (SELECT COALESCE(MAX(n), 0) AS last FROM events WHERE run = ?) AS numbers
    LEFT JOIN events AS known ON known.run = ? AND known.id = ?"""
"""One statement: after each, the thread that writes waits for the one that runs the event loop."""


def write(db: Connection, run: str, event: Envelope, now: Callable[[], str]) -> Envelope:
    """Write an event under the next number, or give it as it was first written.

    Raises:
        RecordedOtherwise: its id is there with other content.

    """
    last, body, n = db.execute(_LAST_AND_KNOWN, (run, run, event["id"])).fetchone()
    if body is not None:
        return _same(_event(body, run, n, event["id"]), event)
    numbered: Envelope = {**event, "n": last + 1, "at": now()}
    body = seal(numbered, run)
    db.execute("INSERT INTO events (run, n, id, body) VALUES (?, ?, ?, ?)", (run, last + 1, event["id"], body))
    return numbered


def events(db: Connection, run: str, after: int, limit: int | None) -> list[Envelope]:
    """Give events numbered above ``after``.

    Raises:
        RecordFault: one of them is not as it was written, or is not there.

    """
    query, most = "SELECT body, n, id FROM events WHERE run = ? AND n > ? ORDER BY n", () if limit is None else (limit,)
    found = db.execute(f"{query} LIMIT ?" if most else query, (run, after, *most)).fetchall()
    if any(n != expected for expected, (_, n, _) in enumerate(found, after + 1)):
        raise damaged(run)
    return [_event(body, run, n, id_) for body, n, id_ in found]


def last(db: Connection, run: str) -> Envelope | None:
    """Give a run's last event."""
    found = db.execute("SELECT body, n, id FROM events WHERE run = ? ORDER BY n DESC LIMIT 1", (run,)).fetchone()
    return None if found is None else _event(found[0], run, found[1], found[2])


def _event(body: str, run: str, n: int, id_: str) -> Envelope:
    """Give an event as it was written, if its row still says of it what it says of itself."""
    event: Envelope = unseal(body, run)
    if (n, id_) != (event["n"], event["id"]):
        raise damaged(run)
    return event


def keep(db: Connection, run: str, blobs: Mapping[str, bytes]) -> None:
    """Keep blobs for a run, in the order in which everybody keeps them; runs share those that are the same.

    That the run uses them is written first: whoever removes other runs that use them waits, or is waited for.

    Raises:
        RecordFault: a blob's digest is not its own.

    """
    for digest, blob in blobs.items():
        if hashlib.sha256(blob).hexdigest() != digest:
            raise RecordFault(f"a blob does not have the digest {digest}")
    if blobs:
        uses = [(run, digest) for digest in sorted(blobs)]
        db.executemany("INSERT INTO blob_uses (run, digest) VALUES (?, ?) ON CONFLICT DO NOTHING", uses)
        db.executemany("INSERT INTO blobs (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(blobs.items()))


def attempts(db: Connection, run: str, call: str) -> list[Attempt]:
    """Give a call's attempts, in the order they were made."""
    query = "SELECT call, position, body FROM attempts WHERE run = ? AND call = ? ORDER BY position"
    return [attempt for _, attempt in _attempts(run, db.execute(query, (run, call)).fetchall())]


def ledger(db: Connection, run: str) -> list[tuple[CallKey, Attempt]]:
    """Give all attempts of a run with their calls."""
    query = "SELECT call, position, body FROM attempts WHERE run = ? ORDER BY call, position"
    return _attempts(run, db.execute(query, (run,)).fetchall())


def _attempts(run: str, found: Sequence[tuple[str, int, str]]) -> list[tuple[CallKey, Attempt]]:
    """Give attempts with their calls.

    Raises:
        RecordFault: one is not as it was written, or one before it is not there.

    """
    for _, of_call in groupby(found, lambda row: row[0]):
        if any(position != expected for expected, (_, position, _) in enumerate(of_call)):
            raise damaged(run)
    unsealed = [(call, unseal(body, run, call, position)) for call, position, body in found]
    return [(CallKey(*json.loads(call)), attempt) for call, attempt in unsealed]


def next_position(db: Connection, run: str, call: str) -> int:
    """Give the place of a call's next attempt."""
    (made,) = db.execute("SELECT COUNT(*) FROM attempts WHERE run = ? AND call = ?", (run, call)).fetchone()
    return int(made)


def place_attempt(db: Connection, run: str, call: str, position: int, attempt: Attempt) -> None:
    """Write an attempt, unless the same work was done before and only its end was not heard of."""
    placed = (run, call, position, seal(attempt, run, call, position))
    db.execute("INSERT INTO attempts (run, call, position, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", placed)


def _same(known: Envelope, event: Envelope) -> Envelope:
    """Give the event as it was first written; other content under its id ends the run."""
    if canonical({**known, "n": 0, "at": ""}) != canonical({**event, "n": 0, "at": ""}):
        raise RecordedOtherwise(f"event {event['id']} is recorded with other content")
    return known
