"""Quire as a peer, durable: the same document over the record in SQLite, as the command line keeps it."""

from pathlib import Path
from typing import Any

import peer_quire

from nodes.record.sqlite import SqliteRecord


async def generate(work: Any) -> dict[int, str]:
    """Write every section, with the record in SQLite."""
    record = SqliteRecord(Path(work.tmp) / "quire.db")
    await record.setup()
    try:
        return await peer_quire.write(peer_quire.build(work), record, "run")
    finally:
        record.close()
