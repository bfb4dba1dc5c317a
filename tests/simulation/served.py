"""Runs over a record in SQLite, carried on as interfaces carry them on, in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from quire.nodes.event_store.database import Connection, Dialect
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.sqlite import Sqlite
from quire.nodes.event_store.writer_thread import WriterThread, _Order
from quire.server.execution.locks import FileLocks
from quire.server.execution.runs import Runs
from simulation.clock import VirtualLoop


class NoThread(WriterThread):
    """Does the work at once, where it is ordered: a thread would take time of its own."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._connection: Connection | None = None

    async def do(self, work: Callable[[Connection], Any], run: str = "", *, on_disk: bool = True) -> Any:
        """Do the work in a transaction."""
        loop = asyncio.get_running_loop()
        (outcome,) = self._outcomes([_Order(run, work, loop, loop.create_future(), on_disk)])
        await asyncio.sleep(0)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def close(self) -> None:
        """Let the database go."""
        self._let_go()


@asynccontextmanager
async def runs_in(folder: Path, loop: VirtualLoop) -> AsyncIterator[Runs]:
    """Open the runs of a folder, as a process does. Its events are dated in virtual time."""
    dialect = Sqlite(folder / "quire.db")
    record, locks = SqlRecord(NoThread(dialect), dialect.types, loop.utc), FileLocks(folder)
    await record.setup()
    try:
        yield Runs(record, locks)
    finally:
        await locks.close()
        record.close()
