"""Finds runs that nobody works on and that are in no queue, and puts them into one.

A process may die between writing a run's row and putting its attempt into the queue, and an attempt may end because the
database was away. The row has the last word. A run that was put aside during an outage is tried again when it is due.
"""

import asyncio
import logging

from quire.nodes.faults import Fault
from quire.server.execution.engine.queue import AttemptQueue, attempt_id
from quire.server.execution.runs import Runs

PAUSE = 5.0
"""Seconds between two sweeps."""
_log = logging.getLogger("quire")


async def sweeping(runs: Runs, queue: AttemptQueue) -> None:
    """Sweep, again and again."""
    while True:
        try:
            await sweep(runs, queue)
        except Fault as fault:
            _log.warning("runs cannot be swept: %s", fault)
        await asyncio.sleep(PAUSE)


async def sweep(runs: Runs, queue: AttemptQueue) -> None:
    """Put every run into the queue that should be there and is not."""
    due = await runs.record.served()
    attempts = await queue.unfinished() if due else set()
    for row in due:
        if attempt_id(row) not in attempts and await runs.locks.is_free(row["id"]):
            again = await runs.record.queue(row["id"], after_attempt=row["attempt"])
            if again is not None:
                await queue.add(again)
    await _try_again(runs, queue)


async def _try_again(runs: Runs, queue: AttemptQueue) -> None:
    """Put every run into the queue that was put aside for long enough."""
    for row in await runs.record.suspended():
        if await runs.next_try(row["id"]) == 0 and await runs.locks.is_free(row["id"]):
            again = await runs.record.queue(row["id"], after_attempt=row["attempt"])
            if again is not None:
                await queue.add(again)
