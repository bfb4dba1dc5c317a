"""Slots in a database hold over all who share them, and go to whoever has the longest path ahead."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quire.nodes.event_store.sql_leases import TABLES, SqlLeases
from quire.nodes.event_store.sqlite import Sqlite
from quire.nodes.event_store.writer_thread import WriterThread
from quire.nodes.faults import RecordFault
from quire.nodes.model.shared_slots import SharedSlots


@contextlib.asynccontextmanager
async def shared(path: Path, processes: int, limit: int) -> AsyncIterator[list[SharedSlots]]:
    threads = [WriterThread(Sqlite(path)) for _ in range(processes)]
    for table in TABLES:
        await threads[0].do(lambda db, table=table: db.execute(table).rowcount)
    made = [SharedSlots(SqlLeases(thread, f"process-{n}"), limit) for n, thread in enumerate(threads)]
    yield made
    for slots, thread in zip(made, threads, strict=True):
        await slots.close()
        thread.close()


async def test_no_more_than_the_limit_are_held_over_all_processes(tmp_path: Path) -> None:
    held, most, calls = 0, 0, [0, 0, 0]

    async def use(slots: SharedSlots, process: int) -> None:
        nonlocal held, most
        async with slots.held():
            held += 1
            most = max(most, held)
            await asyncio.sleep(0.02)
            held -= 1
            calls[process] += 1

    async with shared(tmp_path / "quire.db", 3, 4) as processes:
        await asyncio.gather(*(use(slots, n) for n, slots in enumerate(processes) for _ in range(15)))

    assert (4, [15, 15, 15]) == (most, calls)


async def test_a_process_with_a_long_queue_keeps_no_other_from_its_call(tmp_path: Path) -> None:
    order = []

    async def use(slots: SharedSlots, name: str) -> None:
        async with slots.held():
            await asyncio.sleep(0.05)
            order.append(name)

    async with shared(tmp_path / "quire.db", 2, 1) as (busy, other):
        queue = [asyncio.ensure_future(use(busy, "busy")) for _ in range(20)]
        await asyncio.sleep(0.1)
        await use(other, "other")
        await asyncio.gather(*queue)

    assert order.index("other") < 10


async def test_within_a_process_the_longest_path_goes_first(tmp_path: Path) -> None:
    served = []

    async def use(slots: SharedSlots, priority: float) -> None:
        async with slots.held(priority):
            served.append(priority)

    async with shared(tmp_path / "quire.db", 1, 1) as (slots,), asyncio.TaskGroup() as group, slots.held():
        for priority in (1, 5, 3):
            group.create_task(use(slots, priority))
        await asyncio.sleep(0.05)

    assert [5, 3, 1] == served


@pytest.mark.parametrize("seed", range(5))
async def test_cancellation_at_any_moment_loses_no_slot(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)

    async def use(slots: SharedSlots) -> None:
        async with slots.held(rng.random()):
            await asyncio.sleep(rng.random() / 100)

    async with shared(tmp_path / "quire.db", 2, 2) as processes:
        tasks = [asyncio.ensure_future(use(rng.choice(processes))) for _ in range(30)]
        for task in tasks:
            await asyncio.sleep(rng.random() / 200)
            if rng.random() < 0.5:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(10), processes[0].held(), processes[1].held():
            pass


async def test_once_drained_nothing_is_held_and_nothing_is_handed_out(tmp_path: Path) -> None:
    async with shared(tmp_path / "quire.db", 1, 2) as (slots,):
        async with slots.held():
            draining = asyncio.ensure_future(slots.drained())
            await asyncio.sleep(0.05)
            assert not draining.done()
        await draining
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3), slots.held():
                pass


async def test_where_the_database_cannot_be_used_nobody_waits_for_ever(tmp_path: Path) -> None:
    thread = WriterThread(Sqlite(tmp_path / "empty.db"))
    slots = SharedSlots(SqlLeases(thread, "process"), 1)

    with pytest.raises(RecordFault):
        async with slots.held():
            pass
    await slots.close()
    thread.close()
