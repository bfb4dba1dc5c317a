"""Rows are looked at for as long as a run is worked on here, and no longer."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quire.nodes.event_store.rows import Mark
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.server.execution.watch import Watch


class Worker:
    """Somebody who works on a run."""

    def __init__(self) -> None:
        self.heeded = asyncio.Event()

    async def heed(self, _mark: Mark | None) -> None:
        """Note that the row was looked at."""
        self.heeded.set()


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    record = SqliteRecord(tmp_path / "quire.db")
    await record.setup()
    yield Watch(record)
    record.close()


def looking() -> list[str]:
    return [task.get_name() for task in asyncio.all_tasks() if task.get_name() == "watch over runs"]


@pytest.mark.parametrize("turns", range(6))
async def test_nobody_looks_any_more_once_the_last_has_left_whenever_somebody_posted(watch: Watch, turns: int) -> None:
    worker = Worker()
    with watch.over("r", worker):
        await asyncio.wait_for(worker.heeded.wait(), 10)
        await asyncio.sleep(0.05)
        watch.look()
        for _ in range(turns):
            await asyncio.sleep(0)
    await asyncio.sleep(0.05)

    assert [] == looking()


async def test_whoever_begins_as_the_last_one_leaves_is_watched(watch: Watch) -> None:
    first, second = Worker(), Worker()
    with watch.over("r", first):
        await asyncio.wait_for(first.heeded.wait(), 10)
    with watch.over("s", second):
        await asyncio.wait_for(second.heeded.wait(), 10)
