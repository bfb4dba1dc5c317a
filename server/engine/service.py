"""The engine of the database that the settings name, opened for as long as a process serves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbos import DBOS

from nodes.record.schema import FORMATS
from nodes.record.sqlite import SqliteRecord
from nodes.settings import Settings
from server.engine.engine import Engine
from server.engine.queue import LegQueue
from server.engine.sweep import sweeping
from server.engine.worker import Worker
from server.execution import Runs
from server.locks import FileLocks

ALONE = "home"
"""DBOS's name for the one process of a home: the next one takes over what it left."""


@asynccontextmanager
async def engine(settings: Settings) -> AsyncIterator[Engine]:
    """Open the engine of the home that the settings name, with DBOS on a SQLite file beside the record.

    Raises:
        BadInput: another process serves this home.

    """
    settings.home.mkdir(parents=True, exist_ok=True)
    locks, record = FileLocks(settings.home), SqliteRecord(settings.home / "quire.db")
    url = f"sqlite:///{(settings.home / 'engine.db').absolute()}"
    try:
        with locks.engine():
            await record.setup()
            await asyncio.to_thread(DBOS.migrate, url)
            runs = Runs(record, locks)
            async with _worker(runs, settings, url) as queue:
                yield Engine(runs, queue)
    finally:
        record.close()


@asynccontextmanager
async def _worker(runs: Runs, settings: Settings, url: str) -> AsyncIterator[LegQueue]:
    queue = LegQueue(url)
    await queue.open(FORMATS, settings)
    worker = Worker(ALONE, runs, queue)
    worker.start(url, FORMATS)
    sweep = asyncio.get_running_loop().create_task(sweeping(runs, queue), name="sweep")
    try:
        yield queue
    finally:
        sweep.cancel()
        await worker.stop()
        queue.close()
