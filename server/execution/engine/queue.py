"""The queue of attempts, as DBOS keeps it: what is due, in which order, how much of it at once.

Each format of the record has a queue of its own, and workers listen to those whose runs they can finish. Within a
queue every tenant has its partition, and partitions take turns.
"""

import asyncio
from collections.abc import Iterable

from dbos import DBOSClient, EnqueueOptions, WorkflowStatus

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.rows import RunRow
from quire.server.execution.engine.plain import JSON, refuse_pickles

APPLICATION = "quire"
WORKFLOW = "run/leg"
PROTOCOL = "legs-1"
"""What DBOS takes for the program's version. It changes with the arguments of an attempt, not with every release."""
UNFINISHED = ["ENQUEUED", "PENDING"]
FIRST, FURTHER = 10, 1
"""Priorities: a run that has begun goes before one that has not."""
PAUSE = 0.1
"""Seconds between two looks into the queue by a worker."""


def attempt_id(row: RunRow) -> str:
    """Name a run's due attempt. A run's id has no slash."""
    return f"{row['id']}/{row['attempt']}"


def queue_name(format_: int) -> str:
    """Name the queue of the runs whose record has a format."""
    return f"runs-{format_}"


class AttemptQueue:
    """The queue, from any process.

    Args:
        url: of DBOS's database, whose tables are there.

    """

    def __init__(self, url: str) -> None:
        refuse_pickles()
        self._client = DBOSClient(system_database_url=url, application_name=APPLICATION, serializer=JSON)

    def close(self) -> None:
        """Let the database go."""
        self._client.destroy()

    async def add(self, row: RunRow) -> None:
        """Have a run's due attempt worked on; once, however often it is added."""
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": queue_name(row["format"]),
            "workflow_id": attempt_id(row),
            "queue_partition_key": row["tenant"],
            "priority": FIRST if row["attempt"] == 1 else FURTHER,
            "app_version": PROTOCOL,
        }
        await self._client.enqueue_async(options, row["id"], row["attempt"])

    async def drop(self, row: RunRow) -> None:
        """Take an attempt off the queue that nobody has begun."""
        await self._client.cancel_workflows_async([attempt_id(row)])

    async def forget(self, rows: Iterable[RunRow]) -> None:
        """Remove what is kept of the attempts of runs that are over."""
        attempts = [f"{row['id']}/{attempt}" for row in rows for attempt in range(1, row["attempt"] + 1)]
        if attempts:
            await self._client.delete_workflows_async(attempts)

    async def unfinished(self) -> set[str]:
        """Give the ids of the attempts that are due or under way."""
        found = await self._client.list_workflows_async(
            name=WORKFLOW, status=UNFINISHED, load_input=False, load_output=False
        )
        return {workflow.workflow_id for workflow in found}

    async def under_way(self) -> dict[str, list[WorkflowStatus]]:
        """Give the attempts that are under way, by the name of the worker."""
        found = await self._client.list_workflows_async(
            name=WORKFLOW, status="PENDING", load_input=False, load_output=False
        )
        by_worker: dict[str, list[WorkflowStatus]] = {}
        for attempt in found:
            by_worker.setdefault(attempt.executor_id or "", []).append(attempt)
        return by_worker

    async def add_again(self, attempts: Iterable[WorkflowStatus]) -> None:
        """Have attempts worked on by somebody else."""
        by_queue: dict[str | None, list[str]] = {}
        for attempt in attempts:
            by_queue.setdefault(attempt.queue_name, []).append(attempt.workflow_id)
        for name, ids in by_queue.items():
            await self._client.resume_workflows_async(ids, queue_name=name)

    async def open(self, formats: Iterable[int], settings: Settings) -> None:
        """Make the queues and set their limits."""
        await asyncio.gather(*(self._open(queue_name(f), settings) for f in formats))

    async def _open(self, name: str, settings: Settings) -> None:
        await self._client.register_queue_async(
            name,
            global_concurrency=settings.runs_in_all,
            worker_concurrency=min(settings.runs_per_worker, settings.runs_in_all),
            partition_concurrency=min(settings.runs_per_tenant, settings.runs_in_all),
            polling_interval_sec=PAUSE,
        )
