"""The record in SQLite, for one machine."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quire.nodes.event_store.memory import utc_now
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.writer_thread import WriterThread

BUSY_SECONDS = 30.0
"""How long a write waits for another process before it is a fault."""

PAGES = 1_000
"""Given back in one transaction, of 4 KB each: others write in between."""


class SqliteRecord(SqlRecord):
    """Journal, ledger, blobs and rows of runs in one SQLite file."""

    def __init__(self, path: Path, now: Callable[[], str] = utc_now) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        dialect = Sqlite(path)
        super().__init__(WriterThread(dialect), dialect.types, now)


class Sqlite:
    """A SQLite file. Its writers wait for each other, so that whoever has begun holds every row."""

    begin = "BEGIN IMMEDIATE"
    types: Mapping[str, str] = MappingProxyType({"bytes": "BLOB"})
    errors = (sqlite3.Error, UnicodeDecodeError)  # the latter where a damaged file's words cannot even be told

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name

    def open(self) -> "_Connection":
        """Open the file."""
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # of a new file only; without it space is never given back
        connection.execute("PRAGMA journal_mode=WAL")
        return _Connection(connection)

    def reason(self, error: Exception) -> str:
        """Give SQLite's own words: a full disk, a lock, a damaged file; without the text that it could not decode."""
        if isinstance(error, UnicodeDecodeError):
            return "database disk image is malformed"
        first, *_ = str(error).splitlines()
        return first.partition(" with text ")[0]

    def passes(self, error: Exception) -> bool:
        """Say that nothing passes: the driver itself has waited for others."""
        del error
        return False


class _Connection:
    locking = ""
    clock = "(julianday('now') - 2440587.5) * 86400.0"  # unixepoch('subsec') needs SQLite 3.42

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.execute = connection.execute
        self.close = connection.close
        self._at_once: bool | None = None

    def commit_to_disk(self, *, at_once: bool) -> None:
        """Have SQLite wait for the disk at each commit, or not (https://www.sqlite.org/pragma.html#pragma_synchronous).

        A process that is killed has lost nothing either way; a machine without power has lost the end of the log.
        """
        if at_once is not self._at_once:
            self._connection.execute(f"PRAGMA synchronous={'FULL' if at_once else 'NORMAL'}")
            self._at_once = at_once

    def be_alone(self) -> None:
        """Do nothing: whoever writes is alone."""

    def keep_writers_out(self, table: str) -> None:
        """Do nothing: whoever writes is alone."""

    def give_back(self) -> bool:
        """Move some pages to the front and cut them off at the end.

        ``VACUUM`` would do it in one go, but writes the whole file anew: it needs as much space again, which a full
        disk does not have, and keeps everybody waiting meanwhile.
        """
        before = self._free_pages()
        self._connection.execute(f"PRAGMA incremental_vacuum({PAGES})").fetchall()
        return 0 < self._free_pages() < before

    def _free_pages(self) -> int:
        (pages,) = self._connection.execute("PRAGMA freelist_count").fetchone()
        return int(pages)

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> sqlite3.Cursor:
        return self._connection.executemany(statement, values)
