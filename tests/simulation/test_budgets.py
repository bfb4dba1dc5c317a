"""Whoever dies when, no budget is exceeded; an endpoint that charges more than its bound is found out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quire.nodes.event_store.accounts import Accounts
from quire.nodes.event_store.memory_accounts import MemoryAccounts
from quire.nodes.event_store.sqlite import SqliteRecord
from simulation.budgets import simulated
from simulation.clock import in_virtual_time


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Accounts]:
    record = SqliteRecord(tmp_path / "quire.db")
    await record.setup()
    yield record.accounts
    record.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
async def test_runs_that_die_between_reservation_and_settlement_overspend_nothing(kept: Accounts, seed: int) -> None:
    figures = await simulated(kept, 150, seed, tenants=5)

    assert figures.deaths > 50
    assert (0, 0, 0) == figures[3:]


async def test_an_endpoint_that_lies_takes_no_more_than_the_calls_under_way_and_is_known(kept: Accounts) -> None:
    figures = await simulated(kept, 150, 3, lies=0.3, tenants=5)

    assert figures.over > 0
    assert (0, 0) == figures[4:]


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_runs_over_a_database_overspend_nothing(kept: Accounts) -> None:
    figures = await simulated(kept, 1_000, 5)

    assert (0, 0, 0) == figures[3:]


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("lies", [0.0, 0.1])
def test_ten_thousand_runs_are_bounded_and_every_lie_is_flagged(lies: float) -> None:
    figures = [
        in_virtual_time(lambda _, seed=seed: simulated(MemoryAccounts(), 1_000, seed, lies=lies)) for seed in range(10)
    ]

    assert 10_000 == sum(each.runs for each in figures)
    assert sum(each.deaths for each in figures) > 5_000
    assert {(0, 0)} == {each[4:] for each in figures}
    assert (sum(each.over for each in figures) > 0) == (lies > 0)
