"""Quire as a peer, durable: the same document over the record in SQLite, as the command line keeps it."""

from pathlib import Path
from typing import Any

import peer_quire

from quire.nodes.event_store.held import HeldRecord
from quire.nodes.event_store.sqlite import SqliteRecord

RUN = "run"
DESK = peer_quire.Desk(None)
GRAPH = peer_quire.compiled(DESK)
"""Compiled at import, as Quire's own graph is; each process writes one work at a time."""


async def generate(work: Any) -> dict[int, str]:
    """Write every section, with the record in SQLite."""
    DESK.work = work
    return await write(work, GRAPH)


async def write(work: Any, graph: Any) -> dict[int, str]:
    """Begin the document, or carry it on where it stands, as whoever has taken the run."""
    record = SqliteRecord(Path(work.tmp) / "quire.db")
    await record.setup()
    try:
        await record.begin(RUN, "benchmark", {}, {})
        token = await record.take(RUN)
        if token is None:
            raise RuntimeError("the run is over")
        return await peer_quire.write(graph, HeldRecord(record, token), RUN)
    finally:
        record.close()
