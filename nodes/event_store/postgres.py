"""The record in Postgres, for any number of processes on any number of machines."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import psycopg
from psycopg import errors

from quire.nodes.event_store.memory import utc_now
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.sql_leases import SqlLeases
from quire.nodes.event_store.writer_thread import WriterThread

ALIVE: Final = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""A machine that vanished is noticed after eleven seconds."""
_PROMPT: Final = "-c idle_in_transaction_session_timeout=10000"
"""Milliseconds after which a process that stopped in the middle of a transaction holds no rows any more."""
CONNECTING: Final = 5
"""Seconds within which a connection must stand."""

SETTING_UP: Final = 7_306_079_921
"""Key of the lock of whoever makes tables. ``IF NOT EXISTS`` does not keep two who make the same one apart."""

_PASSING: Final = (
    psycopg.InterfaceError,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.TooManyConnections,
    errors.IdleInTransactionSessionTimeout,
)


class PostgresRecord(SqlRecord):
    """Journal, ledger, blobs and rows of runs in a Postgres database.

    Args:
        url: of the database.
        now: tells the time an event is journalled.
        process: the name of this process, which no other one has; by default one is made.

    """

    def __init__(self, url: str, now: Callable[[], str] = utc_now, *, process: str | None = None) -> None:
        dialect = Postgres(url)
        thread = WriterThread(dialect)
        super().__init__(thread, dialect.types, now)
        self.leases = SqlLeases(thread, process or uuid.uuid4().hex)


class Postgres:
    """A Postgres database. Whoever writes of a run locks its row first."""

    name = "postgres"
    begin = "BEGIN"
    types: Mapping[str, str] = MappingProxyType({"bytes": "BYTEA"})
    errors = (psycopg.Error,)

    def __init__(self, url: str) -> None:
        self._url = url

    def open(self) -> "_Connection":
        """Connect."""
        return _Connection(connected(self._url))

    def reason(self, error: Exception) -> str:
        """Name the error; its words may hold values."""
        return type(error).__name__

    def passes(self, error: Exception) -> bool:
        """Say whether the connection was lost, or the server is about to come back, or somebody was in the way."""
        lost = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
        return lost or isinstance(error, _PASSING)


def connected(url: str) -> psycopg.Connection:
    """Connect to Postgres; statements stand for themselves unless a transaction is begun.

    Raises:
        psycopg.OperationalError: it cannot be reached.

    """
    return psycopg.connect(url, autocommit=True, connect_timeout=CONNECTING, options=_PROMPT, **ALIVE)  # type: ignore[arg-type] # psycopg types libpq's own options as one union


class _Connection:
    locking = " FOR UPDATE"
    clock = "extract(epoch FROM clock_timestamp())::float8"

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self.close = connection.close

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> "psycopg.Cursor[Any]":
        return self._connection.execute(_translated(statement), values or None)

    def commit_to_disk(self, *, at_once: bool) -> None:
        """Do nothing, it always is: the server may go without whoever has read what it committed."""

    def be_alone(self) -> None:
        self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (SETTING_UP,))

    def keep_writers_out(self, table: str) -> None:
        self._connection.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE".encode())

    def give_back(self) -> bool:
        """Do nothing: autovacuum makes what is free room for what comes."""
        return False

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_translated(statement), values)


@lru_cache(maxsize=256)
def _translated(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()
