"""Which runs there are and how each stands. It takes no LangGraph to look, only to carry on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.rows import INTERRUPTED, RunRow
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import BadInput
from quire.server.execution.follow import PAUSED
from quire.server.execution.locks import FileLocks, RunLocks

LOCAL = "local"
"""The tenant where there are no keys."""


class Register:
    """The rows of one record's runs, and who works on them."""

    def __init__(self, record: SqlRecord, locks: RunLocks) -> None:
        self.record = record
        self.locks = locks

    async def row(self, run_id: str) -> RunRow:
        """Give a run's row.

        Raises:
            BadInput: there is no such run.

        """
        row = await self.record.row(run_id)
        if row is None:
            raise BadInput(f"there is no run {run_id!r}", hint="quire runs lists them")
        return row

    async def is_worked_on(self, run_id: str) -> bool:
        """Whether somebody carries the run on: the engine, if it was left to it, or whoever holds its lock."""
        return await self.is_held(await self.row(run_id))

    async def is_held(self, row: RunRow) -> bool:
        """Whether somebody carries on the run of a row that was just read."""
        if row["served"] and await self.locks.engine_is_up():
            return True
        return not await self.locks.is_free(row["id"])

    async def standing(self, row: RunRow) -> str:
        """Give a run's status; ``interrupted`` if it is neither over nor waits for a person and nobody carries it on.

        A row cannot tell: whoever dies leaves it as it was. The lock can, which the system lets go.
        """
        if row["status"] in PAUSED or await self.is_worked_on(row["id"]):
            return row["status"]
        now = await self.record.row(row["id"])  # whoever worked on it may have come to its end since the row was read
        return now["status"] if now is not None and now["status"] in PAUSED else INTERRUPTED


@asynccontextmanager
async def registered(settings: Settings) -> AsyncIterator[Register]:
    """Open the register of the database that the settings name, or else of the home."""
    record, locks = _of_home(settings.made_home()) if settings.database_url is None else _of_database(settings.database)
    try:
        await record.setup()
        yield Register(record, locks)
    finally:
        await locks.close()
        record.close()


def _of_home(home: Path) -> tuple[SqlRecord, RunLocks]:
    return SqliteRecord(home / "quire.db"), FileLocks(home)


def _of_database(url: str) -> tuple[SqlRecord, RunLocks]:
    from quire.nodes.event_store.postgres import PostgresRecord  # noqa: PLC0415 - nobody else pays for loading the driver
    from quire.server.execution.sessions import AdvisoryLocks  # noqa: PLC0415 - nobody else pays for loading the driver

    return PostgresRecord(url), AdvisoryLocks(url)
