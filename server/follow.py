"""Following a run's journal, whoever writes it: from any number on, to its end."""

import asyncio
from collections.abc import AsyncIterator, Container

from nodes.record.port import Event
from nodes.record.rows import FINAL
from nodes.record.sql import SqlRecord

PAGE = 200
PAUSE = 0.1
"""Seconds between two looks at the journal. It may be written by another process, which cannot tell us."""


PAUSED = FINAL | {"waiting"}
"""Statuses in which nobody works on a run."""


async def following(record: SqlRecord, run: str, after: int, until: Container[str] = FINAL) -> AsyncIterator[Event]:
    """Give the run's events numbered above ``after`` as they are written, until the run is over."""
    while True:
        row = await record.row(run)
        page = await record.events(run, after, PAGE)
        for event in page:
            after = event["n"]
            yield event
        if not page:
            if row is None or row["status"] in until:
                return
            await asyncio.sleep(PAUSE)
