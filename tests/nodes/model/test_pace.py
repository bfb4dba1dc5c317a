"""No window of sixty seconds holds more requests or tokens than allowed."""

import asyncio
import random
from collections.abc import Coroutine, Sequence
from typing import Any

import pytest
from simulation.clock import VirtualLoop, in_virtual_time

from quire.nodes.model.pace import Pace


def busiest(sent: Sequence[tuple[float, int]]) -> tuple[int, int]:
    """Give the most requests and tokens that any sixty seconds hold."""
    windows = [[tokens for at, tokens in sent if start <= at < start + 60] for start, _ in sent]
    return max(map(len, windows)), max(map(sum, windows))


@pytest.mark.parametrize("seed", range(5))
def test_the_rates_hold_for_whatever_comes_at_once_and_nearly_all_of_them_is_used(seed: int) -> None:
    rng = random.Random(seed)

    async def play(loop: VirtualLoop) -> list[tuple[float, int]]:
        pace, sent = Pace(30, 6_000, clock=loop.time, sleep=asyncio.sleep), []

        async def send() -> None:
            await asyncio.sleep(rng.choice([0, 0, rng.uniform(0, 120)]))
            most = rng.randint(50, 500)
            paced = await pace.admit(most)
            used = rng.randint(20, most)
            sent.append((loop.time(), used))
            await asyncio.sleep(rng.uniform(0, 5))
            paced.tokens = used

        await asyncio.gather(*(send() for _ in range(200)))
        return sent

    sent = in_virtual_time(play)
    requests, tokens = busiest(sent)
    assert 20 <= requests <= 30
    assert tokens <= 6_000
    assert len(sent) == 200


def _admitted(pace_of: dict[str, int | None], sizes: Sequence[int]) -> list[float]:
    async def play(loop: VirtualLoop) -> list[float]:
        pace = Pace(pace_of.get("requests"), pace_of.get("tokens"), clock=loop.time, sleep=asyncio.sleep)
        at = []
        for size in sizes:
            await pace.admit(size)
            at.append(loop.time())
        return at

    return in_virtual_time(play)


def test_without_limits_nobody_waits() -> None:
    assert _admitted({}, [10**9] * 5) == [0.0] * 5


def test_a_request_larger_than_a_minute_goes_alone() -> None:
    assert _admitted({"tokens": 100}, [50, 500, 50]) == [0, 60, 120]


def test_what_was_reserved_too_high_is_given_back() -> None:
    async def play(loop: VirtualLoop) -> float:
        pace = Pace(None, 100, clock=loop.time, sleep=asyncio.sleep)
        first = await pace.admit(90)

        async def ends() -> None:
            await asyncio.sleep(5)
            first.tokens = 10

        ending: Coroutine[Any, Any, None] = ends()
        await asyncio.gather(ending, pace.admit(80))
        return loop.time()

    assert 5 <= in_virtual_time(play) <= 6
