"""What the record asks of its database about rows of runs. All of it inside a transaction of the caller."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.rows import FINAL, STATUSES, SUSPENDED, Mark, RunRow
from quire.nodes.event_store.sealed import checksum, damaged
from quire.nodes.faults import ChangedMeanwhile, RunOver, RunTaken

_ENDS = "('done', 'partial', 'failed', 'cancelled')"
OPEN, OVER = f"status NOT IN {_ENDS}", f"status IN {_ENDS}"
_COLUMNS = ("id", "tenant", "status", "brief", "door", "created", "finished", "format", "served", "leg")
_LASTING = ("id", "tenant", "brief", "door", "created", "format")
"""What a run's row says for as long as there is one; its checksum is taken over these."""


def insert_run(db: Connection, row: Sequence[Any]) -> bool:
    """Insert a run's row; ``False`` if another one has its id."""
    columns = ("id", "tenant", "status", "brief", "door", "created", "format", "served", "leg")
    sealed = (*row, _seal(dict(zip(columns, row, strict=True))))
    made = db.execute(
        f"INSERT INTO runs ({', '.join(columns)}, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",  # noqa: S608 - only constants of ours are put in
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
    query = f"SELECT {', '.join(_COLUMNS)}, seal FROM runs WHERE id = ?"  # noqa: S608 - only constants of ours are put in
    found = db.execute(query, (run,)).fetchone()
    if found is None:
        return None
    values = dict(zip((*_COLUMNS, "seal"), found, strict=True))
    if values["status"] not in STATUSES or values["seal"] not in {None, _seal(values)}:
        raise damaged(run)
    return _row(values)


def rows(db: Connection, where: str, values: Sequence[str]) -> list[RunRow]:
    """Give rows of runs."""
    found = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM runs {where}", values).fetchall()  # noqa: S608 - only constants of ours and a whole number are put in
    return [_row(dict(zip(_COLUMNS, each, strict=True))) for each in found]


def rows_of(db: Connection, tenant: str, after: str | None, limit: int | None) -> list[RunRow]:
    """Give a page of a tenant's runs, the newest first."""
    where, values = "WHERE tenant = ?", [tenant]
    if after is not None:
        where += " AND (created, id) < (SELECT created, id FROM runs WHERE tenant = ? AND id = ?)"
        values += [tenant, after]
    page = "" if limit is None else f" LIMIT {limit:d}"
    return rows(db, f"{where} ORDER BY created DESC, id DESC{page}", values)


def suspended(db: Connection) -> list[RunRow]:
    """Give the runs that the engine has put aside: those whose last event says so."""
    last = "(SELECT id FROM events WHERE run = runs.id ORDER BY n DESC LIMIT 1)"
    where = f"WHERE served = 1 AND status = 'waiting' AND substr({last}, 1, {len(SUSPENDED)}) = ? ORDER BY created, id"
    return rows(db, where, [SUSPENDED])


def at_work(db: Connection, tenant: str) -> int:
    """Count a tenant's runs that are neither over nor waiting."""
    query = f"SELECT COUNT(*) FROM runs WHERE tenant = ? AND {OPEN} AND status <> 'waiting'"  # noqa: S608 - only constants of ours are put in
    (count,) = db.execute(query, (tenant,)).fetchone()
    return int(count)


def hold(db: Connection, run: str, token: int | None) -> bool:
    """Keep others from writing of the run until the transaction is over; ``False`` if it has no row.

    Raises:
        RunTaken: the token is not the row's.
        RunOver: there is no token, and the run is over.

    """
    row = db.execute(f"SELECT token, status FROM runs WHERE id = ?{db.locking}", (run,)).fetchone()  # noqa: S608 - only constants of ours are put in
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
    row = db.execute(f"SELECT token, status FROM runs WHERE id = ?{db.locking}", (run,)).fetchone()  # noqa: S608 - only constants of ours are put in
    if row is None or row[1] in FINAL:
        return None
    token = int(row[0]) + 1
    db.execute("UPDATE runs SET token = ?, status = 'running' WHERE id = ?", (token, run))
    return token


def marks(db: Connection, runs: Sequence[str]) -> dict[str, Mark]:
    """Give the tokens and last outside events of runs."""
    places = ", ".join("?" for _ in runs)
    found = db.execute(f"SELECT id, token, outside FROM runs WHERE id IN ({places})", runs).fetchall()  # noqa: S608 - only question marks are put in
    return {run: Mark(token=token, outside=outside) for run, token, outside in found}


def pause(db: Connection, run: str, token: int, outside: int) -> bool:
    """Let the run wait, unless something came from outside after the given event."""
    hold(db, run, token)
    changed = db.execute(
        "UPDATE runs SET status = 'waiting' WHERE id = ? AND status = 'running' AND outside <= ?", (run, outside)
    )
    return changed.rowcount == 1


def queue(db: Connection, run: str, after_attempt: int) -> None:
    """Make a new attempt due, unless one is due already that is not the given one."""
    db.execute(
        f"UPDATE runs SET served = 1, status = 'queued', leg = leg + 1 WHERE id = ? AND leg = ? AND {OPEN}",  # noqa: S608 - only constants of ours are put in
        (run, after_attempt),
    )


def note_outside(db: Connection, run: str, n: int) -> None:
    """Note that an event came from outside; a run that waited for one has an attempt due."""
    db.execute(
        """UPDATE runs SET outside = ?, leg = leg + CASE WHEN status = 'waiting' THEN 1 ELSE 0 END,
            status = CASE WHEN status = 'waiting' THEN 'queued' ELSE status END WHERE id = ?""",
        (n, run),
    )


def mark(db: Connection, run: str, status: str, now: str) -> None:
    """Change a run's status, unless it is over."""
    finished = now if status in FINAL else None
    db.execute(f"UPDATE runs SET status = ?, finished = ? WHERE id = ? AND {OPEN}", (status, finished, run))  # noqa: S608 - only constants of ours are put in


def _seal(row: Mapping[str, Any]) -> str:
    return checksum(*(row[name] for name in _LASTING))


def _row(found: Mapping[str, Any]) -> RunRow:
    return RunRow(
        id=found["id"],
        tenant=found["tenant"],
        status=found["status"],
        brief=found["brief"],
        remembered=json.loads(found["door"]),
        created=found["created"],
        finished=found["finished"],
        format=found["format"],
        served=bool(found["served"]),
        attempt=found["leg"],
    )
