"""Budgets are never exceeded."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from quire.nodes.event_store.accounts import NOTHING, Accounts, Claim, Limits, Spend
from quire.nodes.event_store.memory_accounts import MemoryAccounts
from quire.nodes.event_store.port import Usage
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import BudgetSpent
from quire.nodes.model.budget import Budget, spend_of, upper_bound
from quire.nodes.model.prices import Price, Prices


@pytest.fixture(params=["memory", "sqlite"])
async def accounts(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Accounts]:
    if request.param == "memory":
        yield MemoryAccounts()
        return
    record = SqliteRecord(tmp_path / "quire.db")
    await record.setup()
    yield record.accounts
    record.close()


def claims(*limits: Limits) -> Callable[[], Sequence[Claim]]:
    return lambda: [Claim(name, limit) for name, limit in zip(("run", "tenant"), limits, strict=False)]


async def spending(budget: Budget, most: Spend, spent: Spend = NOTHING) -> None:
    async with budget.reserved(most) as bill:
        bill.spent = spent


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        (Limits(calls=3), Spend(4, 0, 0.0)),
        (Limits(tokens=100), Spend(1, 101, 0.0)),
        (Limits(usd=0.5), Spend(1, 0, 0.51)),
    ],
)
async def test_what_does_not_fit_is_refused(accounts: Accounts, limits: Limits, most: Spend) -> None:
    with pytest.raises(BudgetSpent):
        await spending(Budget("r", accounts, claims(limits)), most)


async def test_what_fits_exactly_is_granted(accounts: Accounts) -> None:
    budget = Budget("r", accounts, claims(Limits(calls=1, tokens=100, usd=0.3)))
    await budget.opened(Spend(0, 40, 0.1))

    await spending(budget, Spend(1, 60, 0.2))


async def test_what_was_spent_before_there_was_an_account_counts_once(accounts: Accounts) -> None:
    for _ in range(2):
        await Budget("r", accounts, claims(Limits(calls=3))).opened(Spend(calls=2))
    budget = Budget("r", accounts, claims(Limits(calls=3)))

    await spending(budget, Spend(1), Spend(1))
    with pytest.raises(BudgetSpent, match="3 calls"):
        await spending(budget, Spend(1))


async def test_what_may_still_be_given_back_is_waited_for(accounts: Accounts) -> None:
    budget = Budget("r", accounts, claims(Limits(tokens=100)))
    async with budget.reserved(Spend(1, 80)) as bill:
        waiting = asyncio.create_task(spending(budget, Spend(1, 80)))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        bill.spent = Spend(1, 10)

    await asyncio.wait_for(waiting, 1)


async def test_a_waiter_is_refused_once_nothing_can_be_given_back(accounts: Accounts) -> None:
    budget = Budget("r", accounts, claims(Limits(tokens=100)))
    async with budget.reserved(Spend(1, 80)) as bill:
        waiting = asyncio.create_task(spending(budget, Spend(1, 80)))
        await asyncio.sleep(0.05)
        bill.spent = Spend(1, 60)

    with pytest.raises(BudgetSpent):
        await asyncio.wait_for(waiting, 1)


async def test_a_wider_budget_must_have_room_too_and_gets_its_share_back(accounts: Accounts) -> None:
    budget = Budget("r", accounts, claims(Limits(calls=9), Limits(calls=1)))
    await spending(budget, Spend(1), Spend(1))

    with pytest.raises(BudgetSpent):
        await spending(budget, Spend(1))
    assert (await accounts.balance("run")).spent == (await accounts.balance("tenant")).spent == Spend(1)


async def test_a_refusal_by_the_wider_budget_leaves_nothing_reserved(accounts: Accounts) -> None:
    with pytest.raises(BudgetSpent):
        await spending(Budget("r", accounts, claims(Limits(calls=1), Limits(calls=0))), Spend(1))

    await spending(Budget("r", accounts, claims(Limits(calls=1))), Spend(1))


@pytest.mark.parametrize("turns", range(6))
async def test_whoever_is_cancelled_as_room_is_given_back_leaves_nothing_reserved(turns: int) -> None:
    budget = Budget("r", MemoryAccounts(), claims(Limits(calls=1)))
    async with budget.reserved(Spend(1)):
        waiting = asyncio.ensure_future(spending(budget, Spend(1)))
        await asyncio.sleep(0.01)
    for _ in range(turns):
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    await asyncio.wait_for(spending(budget, Spend(1)), 1)


async def test_whoever_is_cancelled_while_asking_leaves_nothing_reserved(accounts: Accounts) -> None:
    budget = Budget("r", accounts, claims(Limits(calls=1)))
    asking = asyncio.create_task(spending(budget, Spend(1), Spend(1)))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    await asyncio.wait_for(spending(budget, Spend(1)), 1)


async def test_an_attempt_that_a_dead_process_left_counts_in_full_and_is_known(accounts: Accounts) -> None:
    limits = claims(Limits(tokens=100))
    left = Budget("r", accounts, limits).reserved(Spend(1, 70))
    await left.__aenter__()

    budget = await Budget("r", accounts, limits).opened()
    with pytest.raises(BudgetSpent):
        await spending(budget, Spend(1, 31))
    await spending(budget, Spend(1, 30), Spend(1, 30))
    assert ((2, 100, 0.0), 1) == ((await accounts.balance("run")).spent, (await accounts.balance("run")).unsettled)


async def test_nobody_waits_for_what_a_dead_process_of_another_run_left(accounts: Accounts) -> None:
    limits = claims(Limits(), Limits(tokens=100))
    left = Budget("dead", accounts, limits, longest=0.0).reserved(Spend(1, 70))
    await left.__aenter__()

    with pytest.raises(BudgetSpent):
        await asyncio.wait_for(spending(Budget("r", accounts, limits), Spend(1, 31)), 1)


async def test_a_bill_beyond_its_reservation_is_booked_and_flagged(accounts: Accounts) -> None:
    budget = Budget("r", accounts, claims(Limits(tokens=100)))
    await spending(budget, Spend(1, 50), Spend(1, 500))

    assert ((1, 500, 0.0), 1) == ((await accounts.balance("run")).spent, (await accounts.balance("run")).beyond)
    with pytest.raises(BudgetSpent):
        await spending(budget, Spend(1, 1))


async def test_the_time_runs_out_and_a_resumed_run_has_what_was_left(accounts: Accounts) -> None:
    now = 0.0
    limits = claims(Limits(seconds=10))
    budget = await Budget("r", accounts, limits, clock=lambda: now).opened()
    now = 4.0
    assert budget.seconds_left() == 6
    await spending(budget, NOTHING)

    now = 1000.0  # it lay still: that is nobody's time
    again = await Budget("r", accounts, limits, clock=lambda: now).opened()
    assert again.seconds_left() == 6
    now = 1006.0
    with pytest.raises(BudgetSpent, match="time"):
        await spending(again, NOTHING)


async def test_without_a_limit_of_time_none_is_left_to_count(accounts: Accounts) -> None:
    assert Budget("r", accounts, claims(Limits())).seconds_left() == float("inf")
    assert Budget("r", accounts, claims(Limits(), Limits(seconds=5)), clock=lambda: 0.0).seconds_left() == 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
async def test_whatever_runs_side_by_side_the_budget_holds(accounts: Accounts, seed: int) -> None:
    rng = random.Random(seed)
    limits = claims(Limits(calls=20, tokens=1000, usd=1.0), Limits(tokens=900))

    async def attempt(budget: Budget) -> None:
        most = Spend(1, rng.randint(1, 200), rng.random() / 5)
        async with budget.reserved(most) as bill:
            await asyncio.sleep(0)
            bill.spent = Spend(1, rng.randint(0, most.tokens), most.usd * rng.random())

    budgets = [Budget("r", accounts, limits), Budget("r", accounts, limits)]
    tasks = [asyncio.create_task(attempt(rng.choice(budgets))) for _ in range(60)]
    for task in rng.sample(tasks, 10):
        await asyncio.sleep(0)
        task.cancel()
    ends = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 20)

    assert not [end for end in ends if end and not isinstance(end, BudgetSpent | asyncio.CancelledError)]
    balance = await accounts.balance("run")
    assert not balance.spent.exceeds(Spend(20, 900, 1.0))
    assert 0 == balance.unsettled == balance.beyond


def test_a_model_without_a_price_is_bounded_by_the_dearest() -> None:
    prices = Prices({"gold": Price(1000.0, 1000.0)})

    assert 1000 == upper_bound(prices, "unheard-of", 1_000_000, 0).usd
    assert upper_bound(prices, "gpt-4o", 1_000_000, 0).usd > 0


def test_the_operators_price_goes_before_the_list() -> None:
    usage = Usage(prompt_tokens=1_000_000, completion_tokens=100_000, usd=None, estimated=False)

    assert spend_of(Prices(), "gpt-4o", usage) == Spend(1, 1_100_000, 3.5)
    assert spend_of(Prices({"gpt-4o": Price(1.0, 1.0)}), "gpt-4o", usage) == Spend(1, 1_100_000, 1.1)
    assert spend_of(Prices({"gpt-4o": Price(1.0, 1.0)}), "gpt-4o-2024-11-20", usage) == Spend(1, 1_100_000, 1.1)


def test_of_two_limits_the_narrower_holds() -> None:
    assert Limits(2, 9, 1.0, None) == Limits(2, None, 3.0).within(Limits(4, 9, 1.0))
