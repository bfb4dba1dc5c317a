"""How a record of an older version becomes one of this: step by step, in the transaction that opens it."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.schema import BLOB_USES, TABLES, VERSION, VERSIONS
from quire.nodes.event_store.sealed import seal
from quire.nodes.faults import RecordFault


def set_up(db: Connection, types: Mapping[str, str]) -> None:
    """Make the tables, or check that they are ours."""
    db.be_alone()
    db.execute(VERSIONS)
    _bring_up_to_date(db)
    for table in TABLES:
        db.execute(table.format_map(types))


def _bring_up_to_date(db: Connection) -> None:
    """Make a record one of this version, whichever older one it is of; a new one is.

    Raises:
        RecordFault: nobody knows its version yet.

    """
    versions = [version for (version,) in db.execute("SELECT version FROM quire").fetchall()]
    if not versions:
        db.execute("INSERT INTO quire (version) VALUES (?)", (VERSION,))
    elif versions != [VERSION]:
        _from(db, versions[-1])
        db.execute("UPDATE quire SET version = ?", (VERSION,))


def _from(db: Connection, version: int) -> None:
    if version not in _STEPS:
        raise RecordFault(
            f"the record is of version {version}, and this program knows those up to {VERSION}: open it with the later "
            "program that wrote it, or begin another record (QUIRE_HOME, QUIRE_DATABASE_URL)"
        )
    for step in range(version, VERSION):
        _STEPS[step](db)


def _with_attempts(db: Connection) -> None:
    """Version 2: a run may be carried on by the engine, and is written by one process at a time."""
    for column, default in (("format", 1), ("served", 0), ("leg", 0), ("token", 0), ("outside", 0)):
        db.execute(f"ALTER TABLE runs ADD COLUMN {column} INTEGER NOT NULL DEFAULT {default}")


def _with_checksums(db: Connection) -> None:
    """Version 3: events and attempts say whether they are as they were written. What is there is taken to be."""
    for run, n, body in db.execute("SELECT run, n, body FROM events").fetchall():
        db.execute("UPDATE events SET body = ? WHERE run = ? AND n = ?", (seal(json.loads(body), run), run, n))
    for *row, body in db.execute("SELECT run, call, position, body FROM attempts").fetchall():
        query = "UPDATE attempts SET body = ? WHERE run = ? AND call = ? AND position = ?"
        db.execute(query, (seal(json.loads(body), *row), *row))


def _with_uses(db: Connection) -> None:
    """Version 4: blobs go with the last run that uses them. Nobody knows who uses those that are there: they stay."""
    db.execute(BLOB_USES)
    db.execute("INSERT INTO blob_uses (run, digest) SELECT '', digest FROM blobs")


def _with_checked_rows(db: Connection) -> None:
    """Version 5: what stands beside events and attempts is covered by their checksums, and a run's row has its own."""
    db.execute("ALTER TABLE runs ADD COLUMN seal TEXT")


_STEPS: Final[Mapping[int, Callable[[Connection], None]]] = {
    1: _with_attempts,
    2: _with_checksums,
    3: _with_uses,
    4: _with_checked_rows,
}
"""By the version that they start from."""
