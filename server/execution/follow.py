"""Following a run's journal, whoever writes it: from any number on, to its end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Container

from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import FINAL
from quire.nodes.event_store.sql import SqlRecord

PAGE = 200
PAUSE = 0.1
"""Seconds between two looks at the journal. It may be written by another process, which cannot tell us."""


PAUSED = FINAL | {"waiting"}
"""Statuses in which nobody works on a run."""


async def following(
    record: SqlRecord,
    run: str,
    after: int,
    *,
    until: Container[str] = FINAL,
    while_: Callable[[], Awaitable[bool]] | None = None,
) -> AsyncIterator[Envelope]:
    """Give the run's events numbered above ``after`` as they are written.

    Args:
        record: where they are.
        run: the run.
        after: the last number that is known.
        until: statuses at which it ends.
        while_: it ends as well when this holds no more, and all that was written is given.

    """
    while True:
        ends = while_ is not None and not await while_()
        row = await record.row(run)
        page = await record.events(run, after, PAGE)
        for event in page:
            after = event["n"]
            yield event
        if not page:
            if ends or row is None or row["status"] in until:
                return
            await asyncio.sleep(PAUSE)
