"""Takes over the attempts of workers that died, or that hang.

Every worker lives under a name whose lock it holds, and writes down again and again that it is there. A worker that
finds attempts under way by a name whose lock is free takes that lock, so that nobody does it twice, and puts them back
into the queue. A worker that has not been heard of for long may
be stopped, not dead: its session is ended, and if it wakes up, the runs have other tokens.
"""

import asyncio
import logging
import time
from collections.abc import Iterable
from typing import Final

from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.faults import RecordFault
from quire.server.execution.engine.queue import AttemptQueue
from quire.server.execution.sessions import AdvisoryLocks

PAUSE: Final = 0.25
"""Seconds between two looks. A name is taken for dead when its lock was free at two looks in a row."""
HUNG: Final = 10
"""Seconds without a sign of life after which a worker's session is ended."""
SLEPT: Final = 2
"""Seconds between two looks after which this process was stopped itself. Others may have been with it, as when a whole
machine stands still: it judges nobody before they have had time to give a sign."""
_NOW: Final = "extract(epoch FROM clock_timestamp())"
_BEAT: Final = f"""INSERT INTO workers VALUES (%s, pg_backend_pid(), {_NOW})
    ON CONFLICT (name) DO UPDATE SET pid = excluded.pid, beat = excluded.beat RETURNING pid"""  # noqa: S608 - only constants of ours are put in
_CUT: Final = f"""WITH hung AS (DELETE FROM workers WHERE beat < {_NOW} - %s RETURNING pid)
    SELECT count(pg_terminate_backend(pid)) FROM hung"""  # noqa: S608 - only constants of ours are put in
_log = logging.getLogger("quire")


async def watching(name: str, locks: AdvisoryLocks, queue: AttemptQueue, record: SqlRecord) -> None:
    """Say again and again that this worker is there, and take over what others left."""
    suspects: set[str] = set()
    looked = awake_since = time.monotonic()
    while True:
        now = time.monotonic()
        looked, awake_since = now, awake_since if now - looked < SLEPT else now
        try:
            await locks.ask(_BEAT, (name,))
            if now - awake_since >= HUNG:
                await locks.ask(_CUT, (HUNG,))
            dead = await _dead(name, locks, await queue.under_way())
            for other in dead & suspects:
                await _take_over(other, locks, queue, record)
            suspects = dead - suspects
        except RecordFault as fault:
            _log.warning("workers cannot be watched: %s", fault)
        await asyncio.sleep(PAUSE)


async def _dead(name: str, locks: AdvisoryLocks, under_way: Iterable[str]) -> set[str]:
    """Give those who have attempts under way and do not live."""
    return {other for other in under_way if other != name and await locks.is_dead(other)}


async def _take_over(other: str, locks: AdvisoryLocks, queue: AttemptQueue, record: SqlRecord) -> None:
    """Put the attempts of somebody who is dead back into the queue, and the slots that they held with them."""
    async with locks.inherited(other) as ours:
        if ours and (left := (await queue.under_way()).get(other)):
            _log.warning("worker %s is gone: %d of its attempts are taken over", other, len(left))
            if record.leases is not None:
                await record.leases.free(other)
            await queue.add_again(left)
