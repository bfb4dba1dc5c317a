"""What interfaces leave runs to: the engine, or this process alone where no engine is to be had."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any, Protocol

from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput, Fault
from quire.server.execution.register import LOCAL
from quire.server.execution.runs import Runs, opened

_log = logging.getLogger("quire")


class Carrier(Protocol):
    """Carries runs on, whoever asked for them may go away."""

    @property
    def runs(self) -> Runs:
        """The runs of its record."""
        ...

    async def accept(
        self, brief: Mapping[str, Any], *, run_id: str | None = None, tenant: str = LOCAL, remembered: Mapping[str, Any]
    ) -> str:
        """Accept a run, and give its id."""
        ...

    async def carry_on(self, run_id: str) -> None:
        """Have a run carried on, unless it is over or somebody works on it."""
        ...

    async def tell(self, run_id: str, say: Callable[[Run], Awaitable[Envelope]]) -> Envelope:
        """Tell a run something; one that waited for it goes on."""
        ...

    async def cancel(self, run_id: str) -> None:
        """Cancel a run; what works on it stops."""
        ...


class InThisProcess:
    """Carries runs on in tasks of this process; those it leaves unfinished are interrupted, and can be resumed."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def accept(
        self, brief: Mapping[str, Any], *, run_id: str | None = None, tenant: str = LOCAL, remembered: Mapping[str, Any]
    ) -> str:
        """Accept a run, and begin to carry it on.

        Raises:
            BadInput: the id is not one, or is taken.

        """
        run = await self.runs.begin(brief, run_id=run_id, tenant=tenant, remembered=remembered)
        self._begin(run)
        return run

    async def carry_on(self, run_id: str) -> None:
        """Have a run carried on, unless it is over, waits for a person, or somebody works on it."""
        if await self.runs.standing(await self.runs.row(run_id)) not in FINAL | {"waiting"}:
            self._begin(run_id)

    async def tell(self, run_id: str, say: Callable[[Run], Awaitable[Envelope]]) -> Envelope:
        """Tell a run something; one that waited for it goes on.

        Raises:
            BadInput: there is no such run, or it does not understand.
            RunOver: it is over.

        """
        posted = await self.runs.tell(run_id, say)
        if (await self.runs.row(run_id))["status"] == "queued":
            self._begin(run_id)
        return posted

    async def cancel(self, run_id: str) -> None:
        """Cancel a run; what works on it stops. One that nobody works on is over when this returns.

        Raises:
            BadInput: there is no such run.
            RunOver: it is over.

        """
        await self.runs.tell(run_id, outside.cancel_run)
        with suppress(BadInput):  # somebody works on it, and hears of it
            async for _ in self.runs.carry_on(run_id):
                pass

    async def stop(self) -> None:
        """Let go of everything that is carried on."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _begin(self, run_id: str) -> None:
        before = self._tasks.get(run_id)
        if before is None or before.done():
            self._tasks[run_id] = asyncio.get_running_loop().create_task(self._carried(run_id), name=f"run {run_id}")

    async def _carried(self, run_id: str) -> None:
        try:
            async with aclosing(self.runs.carry_on_or_follow(run_id)) as events:
                async for _ in events:
                    pass
        except Fault as fault:
            _log.error("run %s cannot be carried on: %s", run_id, fault)


@asynccontextmanager
async def carried_here(settings: Settings) -> AsyncIterator[InThisProcess]:
    """Open the runs of the database or home that the settings name, to be carried on in this process."""
    async with opened(settings) as runs:
        here = InThisProcess(runs)
        try:
            yield here
        finally:
            await here.stop()
