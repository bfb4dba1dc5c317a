"""Removes runs that have been over for long, with everything that belongs to them.

What a run left in a folder of its caller's is the caller's, and stays.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Final

from quire.nodes.event_store.rows import RunRow
from quire.nodes.faults import BadInput
from quire.server.execution.engine.queue import AttemptQueue
from quire.server.execution.runs import Runs

PAUSE: Final = 3600.0
"""Seconds between two looks for runs that are old enough."""
TOGETHER: Final = 20
"""Runs that are removed in one transaction. Whoever writes waits no longer than for these."""
_log = logging.getLogger("quire")


def before(age: timedelta) -> str:
    """Give the time before which a run has been over for that long, RFC 3339 in UTC."""
    return (datetime.now(UTC) - age).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def keeping(runs: Runs, queue: AttemptQueue, days: float) -> None:
    """Keep runs for as many days, and no longer: again and again."""
    while True:
        try:
            removed = [row["id"] async for row in prune(runs, queue, before(timedelta(days=days)))]
            if removed:
                _log.info("runs over for more than %g days are removed: %d", days, len(removed))
        except Exception:  # noqa: BLE001 - the database, DBOS, a bug: told, tried again, and no reason to end the service
            _log.exception("old runs cannot be removed")
        await asyncio.sleep(PAUSE)


async def prune(runs: Runs, queue: AttemptQueue | None, limit: str) -> AsyncIterator[RunRow]:
    """Remove the runs that were over before a time, and give their rows. One that somebody works on stays.

    Args:
        runs: where they are.
        queue: of their attempts; None where there never was one.
        limit: RFC 3339 in UTC.

    """
    last: RunRow | None = None
    while page := await runs.record.finished(limit, last, TOGETHER):
        last = page[-1]
        for row in await _removed(runs, queue, page):
            yield row
    await runs.record.give_back()


async def _removed(runs: Runs, queue: AttemptQueue | None, page: list[RunRow]) -> list[RunRow]:
    """Remove a page of runs. The record comes last: what it does not know is never found again."""
    async with AsyncExitStack() as locks:
        ours = [row for row in page if await _held(runs, locks, row["id"])]
        if queue is not None:
            await queue.forget(ours)
        gone = set(await runs.record.forget([row["id"] for row in ours]))
        for run in gone:
            runs.locks.forget(run)
        return [row for row in ours if row["id"] in gone]


async def _held(runs: Runs, locks: AsyncExitStack, run: str) -> bool:
    try:
        await locks.enter_async_context(runs.locks.held(run))
    except BadInput:
        return False
    return True
