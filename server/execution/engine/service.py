"""The engine of the database that the settings name, opened for as long as a process serves or works."""

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from dbos import DBOS

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.observing import Observer
from quire.nodes.event_store.postgres import PostgresRecord
from quire.nodes.event_store.schema import FORMATS
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.server.execution.engine.engine import Engine
from quire.server.execution.engine.queue import AttemptQueue
from quire.server.execution.engine.retention import keeping
from quire.server.execution.engine.sweep import sweeping
from quire.server.execution.engine.takeover import watching
from quire.server.execution.engine.worker import Worker
from quire.server.execution.locks import FileLocks
from quire.server.execution.runs import Runs, relayed
from quire.server.execution.sessions import AdvisoryLocks

ALONE = "home"
"""DBOS's name for the one process of a home: the next one takes over what it left."""
ENGINE = "engine.db"
"""DBOS's database in a home."""
TURN = 0.2
"""Seconds between two tries to be the one who makes the tables."""


@asynccontextmanager
async def engine(
    settings: Settings, observers: Sequence[Observer] = (), *, works: bool = True
) -> AsyncIterator[Engine]:
    """Open the engine of the database that the settings name, or else of the home.

    Args:
        settings: which.
        observers: those who hear of what this process's runs do.
        works: this process works on attempts itself. Of a home it is the only one that can.

    Raises:
        BadInput: another process serves this home.

    """
    home = settings.database_url is None
    opened = _of_home(settings, observers) if home else _of_database(settings, observers, works=works)
    async with opened as found:
        yield found


@asynccontextmanager
async def _of_home(settings: Settings, observers: Sequence[Observer]) -> AsyncIterator[Engine]:
    home = settings.made_home()
    locks, record, url = FileLocks(home), SqliteRecord(home / "quire.db"), _url_in(home)
    try:
        with locks.engine():
            await record.setup()
            await asyncio.to_thread(DBOS.migrate, url)
            async with (
                _queue(url, settings) as queue,
                _working(ALONE, Runs(record, locks, observers=observers), queue, url, settings) as runs,
            ):
                yield Engine(runs, queue)
    finally:
        record.close()


@asynccontextmanager
async def _of_database(settings: Settings, observers: Sequence[Observer], *, works: bool) -> AsyncIterator[Engine]:
    url = settings.database
    name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    locks, record = AdvisoryLocks(url), PostgresRecord(url, process=name)
    try:
        await set_up(settings)
        async with relayed(settings) as relay, _queue(url, settings) as queue:
            runs = Runs(record, locks, relay, observers)
            relay.open()
            if not works:
                yield Engine(runs, queue)
                return
            await locks.live_as(name)
            async with _going_on(watching(name, locks, queue, record)), _working(name, runs, queue, url, settings):
                yield Engine(runs, queue)
    finally:
        await locks.close()
        record.close()


def _url_in(home: Path) -> str:
    return f"sqlite:///{(home / ENGINE).absolute()}"


async def set_up(settings: Settings) -> None:
    """Make the tables of the record and of DBOS, or check that they are ours. Any number of processes may at once."""
    url = settings.database
    locks, record = AdvisoryLocks(url), PostgresRecord(url)
    try:
        while not await _migrated(locks, record, url):  # noqa: ASYNC110 - another process has the turn, and cannot tell us
            await asyncio.sleep(TURN)
    finally:
        await locks.close()
        record.close()


async def _migrated(locks: AdvisoryLocks, record: PostgresRecord, url: str) -> bool:
    """Make the tables, unless somebody else does now.

    Nobody waits inside the database for the lock: DBOS makes indexes ``CONCURRENTLY``, which waits for all statements
    under way, those that wait for whoever makes the indexes too.
    """
    async with locks.inherited("migration") as ours:
        if ours:
            await record.setup()
            await asyncio.to_thread(DBOS.migrate, url)
        return ours


@asynccontextmanager
async def queue_of(settings: Settings) -> AsyncIterator[AttemptQueue | None]:
    """Give the queue of the database or home that the settings name, as it is; None if no engine ever served there."""
    if settings.database_url is None and not (settings.home / ENGINE).exists():
        yield None
        return
    url = _url_in(settings.home) if settings.database_url is None else settings.database
    queue = await asyncio.to_thread(AttemptQueue, url)
    try:
        yield queue
    finally:
        await asyncio.to_thread(queue.close)


@asynccontextmanager
async def _queue(url: str, settings: Settings) -> AsyncIterator[AttemptQueue]:
    queue = await asyncio.to_thread(AttemptQueue, url)
    await queue.open(FORMATS, settings)
    try:
        yield queue
    finally:
        await asyncio.to_thread(queue.close)


@asynccontextmanager
async def _working(name: str, runs: Runs, queue: AttemptQueue, url: str, settings: Settings) -> AsyncIterator[Runs]:
    worker = Worker(name, runs, queue)
    await worker.start(url, FORMATS)
    try:
        async with AsyncExitStack() as background:
            await background.enter_async_context(_going_on(sweeping(runs, queue)))
            if settings.keep_days is not None:
                await background.enter_async_context(_going_on(keeping(runs, queue, settings.keep_days)))
            yield runs
    finally:
        await worker.stop()


@asynccontextmanager
async def _going_on(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let something go on in the background."""
    task = asyncio.get_running_loop().create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
