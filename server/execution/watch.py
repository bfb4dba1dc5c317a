"""Watches the rows of the runs that this process works on: what came from outside, and whether they are still ours.

Whoever posts from outside may be any process; the rows are looked at a few times a second, all with one query, and at
once when somebody in this process has posted.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from quire.nodes.event_store.rows import Mark
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.faults import RecordFault

PAUSE = 0.2
"""Seconds between two looks."""
_log = logging.getLogger("quire")


class Watched(Protocol):
    """Somebody who works on a run."""

    async def heed(self, mark: Mark | None) -> None:
        """Take notice of how the run's row stands; None if it is gone."""
        ...


class Watch:
    """Looks at rows for as long as anybody is watched."""

    def __init__(self, record: SqlRecord) -> None:
        self._record = record
        self._watched: dict[str, Watched] = {}
        self._look = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def over(self, run: str, watched: Watched) -> Iterator[None]:
        """Watch a run's row for somebody."""
        self._watched[run] = watched
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run(), name="watch over runs")
        try:
            yield
        finally:
            del self._watched[run]
            if not self._watched:
                self._task.cancel()
                self._task = None  # it is not over yet, and whoever begins now needs another

    def look(self) -> None:
        """Look now: something was posted here."""
        self._look.set()

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PAUSE):
                    await self._look.wait()
            self._look.clear()
            try:
                await self._tell(await self._record.marks(list(self._watched)))
            except RecordFault as fault:
                _log.warning("the rows of runs cannot be read: %s", fault)

    async def _tell(self, marks: dict[str, Mark]) -> None:
        for run, watched in list(self._watched.items()):
            await watched.heed(marks.get(run))
