"""The engine as interfaces see it: leave a run to it, tell it something, cancel it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput
from quire.server.execution.engine.queue import AttemptQueue
from quire.server.execution.register import LOCAL
from quire.server.execution.runs import Runs

_PAUSE = 0.1
"""Seconds until a run that is let go of is free."""


class Engine:
    """Carries on the runs that are left to it, in this process or in another one."""

    def __init__(self, runs: Runs, queue: AttemptQueue) -> None:
        self.runs = runs
        self._queue = queue
        self._leaving: set[asyncio.Task[None]] = set()
        """Tasks that nobody waits for; a loop keeps none of them alive by itself."""

    async def accept(
        self, brief: Mapping[str, Any], *, run_id: str | None = None, tenant: str = LOCAL, remembered: Mapping[str, Any]
    ) -> str:
        """Accept a run: it will be finished, failed, cancelled or wait for a person.

        Raises:
            BadInput: the id is not one, or is taken.

        """
        run = await self.runs.begin(brief, run_id=run_id, tenant=tenant, remembered=remembered, served=True)
        await self._queue.add(await self.runs.row(run))
        return run

    async def carry_on(self, run_id: str) -> None:
        """Have a run carried on, unless it is over or somebody works on it."""
        row = await self.runs.row(run_id)
        if row["status"] in FINAL or not await self.runs.locks.is_free(run_id):
            return
        due = row if row["served"] and row["status"] == "queued" else None
        due = due or await self.runs.record.queue(run_id, after_attempt=row["attempt"])
        if due is not None:
            await self._queue.add(due)

    def leave(self, run_id: str) -> None:
        """Carry on a run that somebody is about to let go of, in a task of its own: whoever went away has ended his."""
        task = asyncio.get_running_loop().create_task(self._left(run_id), name=f"leaving {run_id}")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _left(self, run_id: str) -> None:
        while not await self.runs.locks.is_free(run_id):  # noqa: ASYNC110 - the lock may be another process's
            await asyncio.sleep(_PAUSE)
        await self.carry_on(run_id)

    async def tell(self, run_id: str, say: Callable[[Run], Awaitable[Envelope]]) -> Envelope:
        """Tell a run something; one that waited for it goes on.

        Raises:
            BadInput: there is no such run, or it does not understand.
            RunOver: it is over.

        """
        posted = await self.runs.tell(run_id, say)
        if (await self.runs.row(run_id))["status"] == "queued":
            await self.carry_on(run_id)
        return posted

    async def cancel(self, run_id: str) -> None:
        """Cancel a run; what works on it stops. One that nobody works on is over when this returns.

        Raises:
            BadInput: there is no such run.
            RunOver: it is over.

        """
        await self.runs.tell(run_id, outside.cancel_run)
        if await self.runs.locks.is_free(run_id):
            await self._queue.drop(await self.runs.row(run_id))
            with suppress(BadInput):  # somebody has begun to work on it meanwhile, and hears of it
                async for _ in self.runs.carry_on(run_id):
                    pass
