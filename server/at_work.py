"""The runs that this process carries on in the background, for as long as it serves."""

import asyncio
import logging

from nodes.faults import BadInput
from server.execution import Runs

_log = logging.getLogger("quire")


class AtWork:
    """Carries runs on, each in a task of its own."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def carry_on(self, run: str) -> None:
        """Carry a run on, unless it is being carried on."""
        known = self._tasks.get(run)
        if known is None or known.done():
            self._tasks[run] = asyncio.get_running_loop().create_task(self._to_its_end(run), name=f"run {run}")

    async def carry_on_all(self) -> None:
        """Carry on every run that was left unfinished, as its row says."""
        for run in await self.runs.record.unfinished():
            self.carry_on(run)

    async def stop(self) -> None:
        """Let go of all runs; what is recorded of them stays, and the next start carries them on."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _to_its_end(self, run: str) -> None:
        try:
            async for _ in self.runs.carry_on(run):
                pass
        except BadInput as fault:
            _log.warning("run %s is not carried on here: %s", run, fault)
