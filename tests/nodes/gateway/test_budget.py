"""Budgets are never exceeded."""

import asyncio
import random

import pytest

from nodes.faults import BudgetSpent
from nodes.gateway.budget import NOTHING, Budget, Limits, Spend, spend_of, upper_bound
from nodes.record.port import Usage


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        (Limits(calls=3), Spend(4, 0, 0.0)),
        (Limits(tokens=100), Spend(1, 101, 0.0)),
        (Limits(usd=0.5), Spend(1, 0, 0.51)),
    ],
)
async def test_what_does_not_fit_is_refused(limits: Limits, most: Spend) -> None:
    with pytest.raises(BudgetSpent):
        await Budget(limits).reserve(most)


async def test_what_fits_exactly_is_granted() -> None:
    budget = Budget(Limits(calls=1, tokens=100, usd=0.3), spent=Spend(0, 40, 0.1))

    await budget.reserve(Spend(1, 60, 0.2))


async def test_what_was_spent_before_counts() -> None:
    with pytest.raises(BudgetSpent, match="3 calls"):
        await Budget(Limits(calls=3), spent=Spend(calls=3)).reserve(Spend(1))


async def test_what_may_still_be_given_back_is_waited_for() -> None:
    budget = Budget(Limits(tokens=100))
    await budget.reserve(Spend(1, 80))
    waiting = asyncio.create_task(budget.reserve(Spend(1, 80)))
    await asyncio.sleep(0)
    assert not waiting.done()

    await budget.settle(Spend(1, 80), Spend(1, 10))
    await asyncio.wait_for(waiting, 1)


async def test_a_waiter_is_refused_once_nothing_can_be_given_back() -> None:
    budget = Budget(Limits(tokens=100))
    await budget.reserve(Spend(1, 80))
    waiting = asyncio.create_task(budget.reserve(Spend(1, 80)))
    await asyncio.sleep(0)
    await budget.settle(Spend(1, 80), Spend(1, 60))

    with pytest.raises(BudgetSpent):
        await asyncio.wait_for(waiting, 1)


async def test_a_wider_budget_must_have_room_too_and_gets_its_share_back() -> None:
    tenant = Budget(Limits(calls=1))
    run = Budget(Limits(calls=9), within=tenant)
    await run.reserve(Spend(1))
    await run.settle(Spend(1), Spend(1))

    with pytest.raises(BudgetSpent):
        await run.reserve(Spend(1))
    assert run.spent == tenant.spent == Spend(1)
    await Budget(Limits(calls=9), spent=run.spent).reserve(Spend(8))


async def test_a_refusal_by_the_wider_budget_leaves_nothing_reserved() -> None:
    run = Budget(Limits(calls=1), within=Budget(Limits(calls=0)))
    for _ in range(2):
        with pytest.raises(BudgetSpent):
            async with asyncio.timeout(1):
                await run.reserve(Spend(1))


async def test_the_time_runs_out() -> None:
    now = 0.0
    budget = Budget(Limits(seconds=10), clock=lambda: now)
    await budget.reserve(NOTHING)
    now = 4.0
    assert budget.seconds_left() == 6
    now = 10.0

    with pytest.raises(BudgetSpent):
        await budget.reserve(NOTHING)


def test_without_a_limit_of_time_none_is_left_to_count() -> None:
    assert Budget(Limits()).seconds_left() is None
    assert Budget(Limits(), within=Budget(Limits(seconds=5), clock=lambda: 0.0)).seconds_left() == 5


@pytest.mark.parametrize("seed", range(10))
async def test_whatever_runs_side_by_side_the_budget_holds(seed: int) -> None:
    rng = random.Random(seed)
    budget = Budget(Limits(calls=20, tokens=1000, usd=1.0))

    async def attempt() -> None:
        most = Spend(1, rng.randint(1, 200), rng.random() / 5)
        try:
            await budget.reserve(most)
        except BudgetSpent:
            return
        spent = NOTHING
        try:
            await asyncio.sleep(0)
            spent = Spend(1, rng.randint(0, most.tokens), most.usd * rng.random())
        finally:
            await budget.settle(most, spent)

    tasks = [asyncio.create_task(attempt()) for _ in range(60)]
    for task in rng.sample(tasks, 10):
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)

    assert budget.spent.calls <= 20
    assert budget.spent.tokens <= 1000
    assert budget.spent.usd <= 1.0 + 1e-9


def test_a_model_without_a_price_is_bounded_by_the_dearest() -> None:
    assert upper_bound("unheard-of", 1_000_000, 0).usd >= upper_bound("gpt-4o", 1_000_000, 0).usd > 0


def test_what_is_booked_is_the_price_of_the_tokens_used() -> None:
    usage = Usage(prompt_tokens=1_000_000, completion_tokens=100_000, usd=None, estimated=False)

    assert spend_of("gpt-4o", usage) == Spend(1, 1_100_000, 3.5)
