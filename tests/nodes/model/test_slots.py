"""Slots go to whoever has the longest path ahead, then first come, first served, and are never lost."""

import asyncio
import random

import pytest

from quire.nodes.model.slots import Slots


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_waiters_are_served_by_priority_then_in_the_order_they_came() -> None:
    slots, served = Slots(1), []

    async def use(name: str, priority: float) -> None:
        async with slots.held(priority):
            served.append(name)

    async with asyncio.TaskGroup() as group, slots.held():
        for name, priority in [("low", 1), ("high", 5), ("high too", 5), ("none", 0)]:
            group.create_task(use(name, priority))
        await settle()

    assert served == ["high", "high too", "low", "none"]


async def test_no_more_than_the_limit_are_held_at_once() -> None:
    slots, held, most = Slots(3), 0, 0

    async def use() -> None:
        nonlocal held, most
        async with slots.held():
            held += 1
            most = max(most, held)
            await asyncio.sleep(0)
            held -= 1

    await asyncio.gather(*(use() for _ in range(20)))

    assert most == 3


async def test_a_slot_is_given_back_when_its_holder_fails() -> None:
    slots = Slots(1)
    with pytest.raises(KeyError):
        async with slots.held():
            raise KeyError

    async with asyncio.timeout(1), slots.held():
        pass


@pytest.mark.parametrize("seed", range(20))
async def test_cancellation_at_any_moment_loses_no_slot(seed: int) -> None:
    rng, slots = random.Random(seed), Slots(2)

    async def use() -> None:
        async with slots.held(rng.random()):
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(use()) for _ in range(12)]
    for task in rng.sample(tasks, 6):
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    async with asyncio.timeout(1), slots.held(), slots.held():
        pass


async def test_a_slot_handed_over_in_the_moment_of_a_cancellation_is_passed_on() -> None:
    slots = Slots(1)

    async def use() -> None:
        async with slots.held():
            pass

    async with slots.held():
        waiting = asyncio.create_task(use())
        await settle()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    async with asyncio.timeout(1), slots.held():
        pass
