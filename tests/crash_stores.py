"""Where a run is kept that a crash enumeration kills: what it says of itself, and when a write of its is durable."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from killing import journal
from postgres import Cluster

RUN = "r"
"""The run that is killed; others of its record are done with."""


class Store(Protocol):
    """A record of one run, seen by its user and by whoever watches its process."""

    @property
    def settings(self) -> dict[str, str]:
        """Give what the environment of the process must say."""
        ...

    def begun(self) -> bool:
        """Whether the run has begun."""
        ...

    def events(self) -> list[dict[str, Any]]:
        """Give its events."""
        ...

    def replies(self) -> int:
        """Count the attempts that are recorded."""
        ...

    def watch(self, moment: Callable[[], None]) -> None:
        """Have this process go through a moment before and after each commit that changes something."""
        ...


OTHERS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
Stores = Callable[[Path], AbstractContextManager[Store]]
"""Makes a store for a home, and clears it away."""


@dataclass(frozen=True)
class OnSqlite:
    """The record in the home."""

    home: Path

    @property
    def settings(self) -> dict[str, str]:
        return {"QUIRE_HOME": str(self.home)}

    def begun(self) -> bool:
        return self._asked("SELECT COUNT(*) FROM runs WHERE id = 'r'") > 0

    def events(self) -> list[dict[str, Any]]:
        return journal(self.home, RUN)

    def replies(self) -> int:
        return self._asked("SELECT COUNT(*) FROM attempts WHERE run = 'r'")

    def watch(self, moment: Callable[[], None]) -> None:
        class Mortal(sqlite3.Connection):
            settled = 0

            def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
                if statement != "COMMIT" or self.total_changes == self.settled:
                    return super().execute(statement, *values)
                moment()
                done = super().execute(statement, *values)
                self.settled = self.total_changes
                moment()
                return done

        connect = sqlite3.connect
        sqlite3.connect = lambda *a, **k: connect(*a, **{"factory": Mortal, **k})  # type: ignore[assignment,call-overload]

    def _asked(self, query: str) -> int:
        if not (self.home / "quire.db").exists():
            return 0
        no_tables_yet = contextlib.suppress(sqlite3.OperationalError)
        with contextlib.closing(sqlite3.connect(self.home / "quire.db")) as db, no_tables_yet:
            return int(db.execute(query).fetchone()[0])
        return 0


@dataclass(frozen=True)
class OnPostgres:
    """The record in a database of its own."""

    home: Path
    url: str

    @property
    def settings(self) -> dict[str, str]:
        return {"QUIRE_HOME": str(self.home), "QUIRE_DATABASE_URL": self.url}

    def begun(self) -> bool:
        return bool(self._asked("SELECT 1 FROM runs WHERE id = 'r'"))

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for (body,) in self._asked("SELECT body FROM events WHERE run = 'r' ORDER BY n")]

    def replies(self) -> int:
        """Count them once whoever was killed has left: what it sent last may still be on its way in."""
        while self._asked(OTHERS):
            time.sleep(0.01)
        return len(self._asked("SELECT 1 FROM attempts WHERE run = 'r'"))

    def watch(self, moment: Callable[[], None]) -> None:
        class Mortal(psycopg.Connection[Any]):
            def execute(self, query: Any, *values: Any, **more: Any) -> psycopg.Cursor[Any]:
                if query != b"COMMIT" or not self._has_changed():
                    return super().execute(query, *values, **more)
                moment()
                done = super().execute(query, *values, **more)
                moment()
                return done

            def _has_changed(self) -> bool:
                (transaction,) = super().execute("SELECT pg_current_xact_id_if_assigned()").fetchone() or (None,)
                return transaction is not None

        psycopg.connect = Mortal.connect

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as db, contextlib.suppress(psycopg.errors.UndefinedTable):
            return db.execute(query.encode()).fetchall()
        return []


@contextlib.contextmanager
def on_sqlite(home: Path) -> Iterator[Store]:
    """Keep the record in the home."""
    yield OnSqlite(home)


def on_postgres(cluster: Cluster) -> Stores:
    """Keep records in databases of a cluster."""

    @contextlib.contextmanager
    def made(home: Path) -> Iterator[Store]:
        url = cluster.database()
        yield OnPostgres(home, url)
        cluster.drop(url)

    return made
