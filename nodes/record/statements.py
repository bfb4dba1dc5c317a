"""What the record asks of its database. Every function works inside a transaction of its caller."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from nodes.content import canonical
from nodes.faults import ChangedMeanwhile, RecordedOtherwise, RecordFault, RunOver, RunTaken
from nodes.record.database import Connection
from nodes.record.migrations import brought_up_to_date
from nodes.record.port import Attempt, CallKey, Event
from nodes.record.rows import FINAL, STATUSES, Mark, RunRow
from nodes.record.schema import TABLES, VERSIONS
from nodes.record.sealed import checksum, damaged, seal, unseal

_ENDS = "('done', 'partial', 'failed', 'cancelled')"
OPEN, OVER = f"status NOT IN {_ENDS}", f"status IN {_ENDS}"
_COLUMNS = ("id", "tenant", "status", "brief", "door", "created", "finished", "format", "served", "leg")
_LASTING = ("id", "tenant", "brief", "door", "created", "format")
"""What a run's row says for as long as there is one; its checksum is taken over these."""


def set_up(db: Connection, types: Mapping[str, str]) -> None:
    """Make the tables, or check that they are ours."""
    db.be_alone()
    db.execute(VERSIONS)
    brought_up_to_date(db)
    for table in TABLES:
        db.execute(table.format_map(types))


def insert_run(db: Connection, row: Sequence[Any]) -> bool:
    """Insert a run's row; ``False`` if another one has its id."""
    columns = ("id", "tenant", "status", "brief", "door", "created", "format", "served", "leg")
    sealed = (*row, _seal(dict(zip(columns, row, strict=True))))
    made = db.execute(
        f"INSERT INTO runs ({', '.join(columns)}, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",  # noqa: S608 - constants
        sealed,
    )
    return made.rowcount == 1


def is_ours(db: Connection, run: str, brief: str, created: str) -> bool:
    """Whether a run's row is the one that was to be made, in a transaction whose end was not heard of."""
    row = db.execute("SELECT brief, created FROM runs WHERE id = ?", (run,)).fetchone()
    return row is not None and tuple(row) == (brief, created)


def row(db: Connection, run: str) -> RunRow | None:
    """Give a run's row.

    Raises:
        RecordFault: it is not as it was written.

    """
    query = f"SELECT {', '.join(_COLUMNS)}, seal FROM runs WHERE id = ?"  # noqa: S608 - constants
    found = db.execute(query, (run,)).fetchone()
    if found is None:
        return None
    values = dict(zip((*_COLUMNS, "seal"), found, strict=True))
    if values["status"] not in STATUSES or values["seal"] not in {None, _seal(values)}:
        raise damaged(run)
    return _row(values)


def rows(db: Connection, where: str, values: Sequence[str]) -> list[RunRow]:
    """Give rows of runs."""
    found = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM runs {where}", values).fetchall()  # noqa: S608 - our own words
    return [_row(dict(zip(_COLUMNS, each, strict=True))) for each in found]


def rows_of(db: Connection, tenant: str, after: str | None, limit: int | None) -> list[RunRow]:
    """Give a page of a tenant's runs, the newest first."""
    where, values = "WHERE tenant = ?", [tenant]
    if after is not None:
        where += " AND (created, id) < (SELECT created, id FROM runs WHERE tenant = ? AND id = ?)"
        values += [tenant, after]
    page = "" if limit is None else f" LIMIT {limit:d}"
    return rows(db, f"{where} ORDER BY created DESC, id DESC{page}", values)


def at_work(db: Connection, tenant: str) -> int:
    """Count a tenant's runs that are neither over nor waiting."""
    query = f"SELECT COUNT(*) FROM runs WHERE tenant = ? AND {OPEN} AND status <> 'waiting'"  # noqa: S608 - a constant
    (count,) = db.execute(query, (tenant,)).fetchone()
    return int(count)


def hold(db: Connection, run: str, token: int | None) -> bool:
    """Keep others from writing of the run until the transaction is over; ``False`` if it has no row.

    Raises:
        RunTaken: the token is not the row's.
        RunOver: there is no token, and the run is over.

    """
    row = db.execute(f"SELECT token, status FROM runs WHERE id = ?{db.locking}", (run,)).fetchone()  # noqa: S608 - a constant
    if token is not None and (row is None or row[0] != token):
        raise RunTaken(f"run {run!r} was taken over by another process")
    if token is None and row is not None and row[1] in FINAL:
        raise RunOver(f"the run is over: it is {row[1]}")
    return row is not None


def check_heard(db: Connection, run: str, heard: int | None) -> None:
    """Check that nothing has come from outside since; the run's row is held.

    Raises:
        ChangedMeanwhile: something has.

    """
    if heard is None:
        return
    row = db.execute("SELECT outside FROM runs WHERE id = ?", (run,)).fetchone()
    if row is not None and row[0] > heard:
        raise ChangedMeanwhile(f"event {row[0]} of run {run!r} is from outside and was not taken up")


def take(db: Connection, run: str) -> int | None:
    """Give whoever asks a new token, which makes all older ones void."""
    row = db.execute(f"SELECT token, status FROM runs WHERE id = ?{db.locking}", (run,)).fetchone()  # noqa: S608 - a constant
    if row is None or row[1] in FINAL:
        return None
    token = int(row[0]) + 1
    db.execute("UPDATE runs SET token = ?, status = 'running' WHERE id = ?", (token, run))
    return token


def marks(db: Connection, runs: Sequence[str]) -> dict[str, Mark]:
    """Give the tokens and last outside events of runs."""
    places = ", ".join("?" for _ in runs)
    found = db.execute(f"SELECT id, token, outside FROM runs WHERE id IN ({places})", runs).fetchall()  # noqa: S608 - places
    return {run: Mark(token=token, outside=outside) for run, token, outside in found}


def pause(db: Connection, run: str, token: int, outside: int) -> bool:
    """Let the run wait, unless something came from outside after the given event."""
    hold(db, run, token)
    changed = db.execute(
        "UPDATE runs SET status = 'waiting' WHERE id = ? AND status = 'running' AND outside <= ?", (run, outside)
    )
    return changed.rowcount == 1


def queue(db: Connection, run: str, after_leg: int) -> None:
    """Make a new leg due, unless one is due already that is not the given one."""
    db.execute(
        f"UPDATE runs SET served = 1, status = 'queued', leg = leg + 1 WHERE id = ? AND leg = ? AND {OPEN}",  # noqa: S608 - a constant
        (run, after_leg),
    )


def note_outside(db: Connection, run: str, n: int) -> None:
    """Note that an event came from outside; a run that waited for one has a leg due."""
    db.execute(
        """UPDATE runs SET outside = ?, leg = leg + CASE WHEN status = 'waiting' THEN 1 ELSE 0 END,
            status = CASE WHEN status = 'waiting' THEN 'queued' ELSE status END WHERE id = ?""",
        (n, run),
    )


def mark(db: Connection, run: str, status: str, now: str) -> None:
    """Change a run's status, unless it is over."""
    finished = now if status in FINAL else None
    db.execute(f"UPDATE runs SET status = ?, finished = ? WHERE id = ? AND {OPEN}", (status, finished, run))  # noqa: S608 - a constant


_LAST_AND_KNOWN = """SELECT numbers.last, known.body, known.n
    FROM (SELECT COALESCE(MAX(n), 0) AS last FROM events WHERE run = ?) AS numbers
    LEFT JOIN events AS known ON known.run = ? AND known.id = ?"""
"""One statement: after each, the thread that writes waits for the one that runs the event loop."""


def write(db: Connection, run: str, event: Event, now: Callable[[], str]) -> Event:
    """Write an event under the next number, or give it as it was first written.

    Raises:
        RecordedOtherwise: its id is there with other content.

    """
    last, body, n = db.execute(_LAST_AND_KNOWN, (run, run, event["id"])).fetchone()
    if body is not None:
        return _same(_event(body, run, n, event["id"]), event)
    numbered: Event = {**event, "n": last + 1, "at": now()}
    body = seal(numbered, run)
    db.execute("INSERT INTO events (run, n, id, body) VALUES (?, ?, ?, ?)", (run, last + 1, event["id"], body))
    return numbered


def events(db: Connection, run: str, after: int, limit: int | None) -> list[Event]:
    """Give events numbered above ``after``.

    Raises:
        RecordFault: one of them is not as it was written, or is not there.

    """
    query, most = "SELECT body, n, id FROM events WHERE run = ? AND n > ? ORDER BY n", () if limit is None else (limit,)
    found = db.execute(f"{query} LIMIT ?" if most else query, (run, after, *most)).fetchall()
    if any(n != expected for expected, (_, n, _) in enumerate(found, after + 1)):
        raise damaged(run)
    return [_event(body, run, n, id_) for body, n, id_ in found]


def _event(body: str, run: str, n: int, id_: str) -> Event:
    """Give an event as it was written, if its row still says of it what it says of itself."""
    event: Event = unseal(body, run)
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


def _seal(row: Mapping[str, Any]) -> str:
    return checksum(*(row[name] for name in _LASTING))


def _row(found: Mapping[str, Any]) -> RunRow:
    return RunRow(
        id=found["id"],
        tenant=found["tenant"],
        status=found["status"],
        brief=found["brief"],
        door=json.loads(found["door"]),
        created=found["created"],
        finished=found["finished"],
        format=found["format"],
        served=bool(found["served"]),
        leg=found["leg"],
    )


def _same(known: Event, event: Event) -> Event:
    """Give the event as it was first written; other content under its id ends the run."""
    if canonical({**known, "n": 0, "at": ""}) != canonical({**event, "n": 0, "at": ""}):
        raise RecordedOtherwise(f"event {event['id']} is recorded with other content")
    return known
