"""A worker: takes attempts off the queue and works on them. One in a process, because DBOS is one in a process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from dbos import DBOS, DBOSConfig

from quire.graphs.run.connections import connections
from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput, RecordFault
from quire.server.execution.engine.plain import JSON
from quire.server.execution.engine.queue import APPLICATION, PROTOCOL, WORKFLOW, AttemptQueue, queue_name
from quire.server.execution.runs import Runs

_log = logging.getLogger("quire")
LAST_STEPS = 20
"""Seconds for model calls under way to come to their end once the process is told to stop. Schedulers kill after 30."""
LETTING_GO = 5
"""Seconds for attempts to end after that."""


class Worker:
    """Works on attempts until it is told to stop.

    Args:
        name: DBOS's name for this process; no other one that lives has it.
        runs: the runs.
        queue: where further attempts are put.

    """

    def __init__(self, name: str, runs: Runs, queue: AttemptQueue) -> None:
        self._name = name
        self._runs = runs
        self._queue = queue
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, url: str, formats: Iterable[int]) -> None:
        """Begin to take attempts. The event loop of the caller is the one they run on; DBOS has one of its own.

        DBOS reads and writes its database while it starts, which the caller's loop must not wait for.
        """
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": url,
            "executor_id": self._name,
            "application_version": PROTOCOL,
            "log_level": "WARNING",
            "run_migrations": False,
            "serializer": JSON,
            "sys_db_idle_transaction_timeout_sec": 10.0,
        }
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(_launch, config, self.called, [queue_name(f) for f in formats])

    async def stop(self) -> None:
        """Take no more attempts, let the steps under way be recorded, and put back what is not done.

        A step is a model call; what lies between two of them costs nothing and is done again by whoever goes on.
        """
        self._stopping = True
        longest = LAST_STEPS + LETTING_GO if self._tasks else 0
        ending = asyncio.ensure_future(asyncio.to_thread(_end, longest))
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_STEPS):
                await connections().drain()
        for task in self._tasks:
            task.cancel()
        await ending

    async def called(self, run: str, attempt: int) -> str:
        """Work on an attempt from DBOS's loop, and say how it ended."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.work(run, attempt), self._loop))

    async def work(self, run: str, attempt: int) -> str:
        """Work on an attempt, and say how it ended: ``over``, ``waiting``, ``stale``, ``held`` or ``moved``."""
        row = await self._runs.record.row(run)
        if row is None or row["status"] in FINAL or row["attempt"] != attempt:
            return "stale"
        task = asyncio.get_running_loop().create_task(self._to_its_end(run), name=f"run {run}")
        self._tasks.add(task)
        if self._stopping:
            task.cancel()
        await asyncio.wait({task})
        self._tasks.discard(task)
        return await self._moved(run, attempt) if task.cancelled() else self._ended(run, task)

    async def _to_its_end(self, run: str) -> None:
        async for _ in self._runs.carry_on(run):
            pass

    async def _moved(self, run: str, attempt: int) -> str:
        row = await self._runs.record.queue(run, after_attempt=attempt)
        if row is not None:
            await self._queue.add(row)
        return "moved"

    def _ended(self, run: str, task: "asyncio.Task[None]") -> str:
        match task.exception():
            case None:
                return "ended"
            case BadInput() | RecordFault() as fault:
                _log.warning("run %s is not carried on here: %s", run, fault)
                return "held"
            case fault:
                raise fault


def _launch(config: DBOSConfig, work: Callable[[str, int], Awaitable[str]], queues: list[str]) -> None:
    DBOS(config=config)

    @DBOS.workflow(name=WORKFLOW)
    async def attempt(run: str, number: int) -> str:
        """Work on an attempt. Nothing of it is a step to DBOS: the record tells what is done again after a crash."""
        return await work(run, number)

    DBOS.listen_queues(queues)
    DBOS.launch()


def _end(longest: int) -> None:
    """End DBOS, and have it forget what it calls: that is the worker."""
    DBOS.destroy(workflow_completion_timeout_sec=longest, destroy_registry=True)
