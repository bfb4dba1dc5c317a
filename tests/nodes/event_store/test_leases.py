"""Processes share slots and rates fairly, and what a dead one held comes back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quire.nodes.event_store.leases import KEPT, Demand, Rates, granted
from quire.nodes.event_store.postgres import Postgres
from quire.nodes.event_store.sql_leases import TABLES, SqlLeases
from quire.nodes.event_store.sqlite import Sqlite
from quire.nodes.event_store.writer_thread import WriterThread


def mine(held: int, wants: int, since: float = 5) -> Demand:
    return Demand("mine", held, wants, since)


def other(held: int, wants: int, since: float = 5, name: str = "other") -> Demand:
    return Demand(name, held, wants, since)


@pytest.mark.parametrize(
    ("limit", "mine", "others", "expected"),
    [
        pytest.param(4, mine(0, 9), [], 4, id="alone, all there are"),
        pytest.param(4, mine(0, 2), [], 2, id="no more than are wanted"),
        pytest.param(4, mine(0, 9), [other(0, 9, 9)], 2, id="half of them beside somebody who wants as many"),
        pytest.param(4, mine(0, 9), [other(0, 1)], 3, id="what the other does not want"),
        pytest.param(4, mine(0, 1), [other(4, 50)], 0, id="none that somebody else holds"),
        pytest.param(4, mine(2, 9), [other(1, 9)], 0, id="the last one goes to whoever has fewer"),
        pytest.param(1, mine(0, 1, 2), [other(0, 1, 3)], 1, id="of two with as many, to whoever waits longer"),
        pytest.param(1, mine(0, 1, 4), [other(0, 1, 3)], 0, id="not to whoever came later"),
        pytest.param(4, mine(2, 3), [other(5, 0)], 0, id="none while more are held than there are"),
    ],
)
def test_free_slots_go_to_whoever_has_the_fewest(limit: int, mine: Demand, others: list[Demand], expected: int) -> None:
    assert expected == granted(limit, mine, others)


@pytest.fixture(params=["sqlite", "postgres"])
async def threads(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[WriterThread, WriterThread]]:
    """Open a database twice, as two processes do."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").database()
        found = WriterThread(Postgres(url)), WriterThread(Postgres(url))
    else:
        found = WriterThread(Sqlite(tmp_path / "quire.db")), WriterThread(Sqlite(tmp_path / "quire.db"))
    for table in TABLES:
        await found[0].do(lambda db, table=table: db.execute(table).rowcount)
    yield found
    for thread in found:
        thread.close()


async def test_two_processes_hold_no_more_than_the_limit(threads: tuple[WriterThread, WriterThread]) -> None:
    one, two = SqlLeases(threads[0], "one"), SqlLeases(threads[1], "two")

    assert 3 == await one.slots("one", 0, 5, 3)
    assert 0 == await two.slots("two", 0, 2, 3)
    assert 0 == await one.slots("one", 2, 2, 3)  # gives one back, which the other gets: it has fewer
    assert 1 == await two.slots("two", 0, 2, 3)
    assert 0 == await two.slots("two", 1, 0, 3)
    assert 0 == await one.slots("one", 0, 0, 3)


async def test_slots_of_a_process_that_says_nothing_any_more_come_back(
    threads: tuple[WriterThread, WriterThread],
) -> None:
    one, two = SqlLeases(threads[0], "one"), SqlLeases(threads[1], "two")
    assert 3 == await one.slots("one", 0, 3, 3)
    assert 0 == await two.slots("two", 0, 1, 3)

    await threads[0].do(lambda db: db.execute("UPDATE call_slots SET seen = seen - ?", (KEPT + 1,)).rowcount)

    assert 1 == await two.slots("two", 0, 1, 3)


async def test_slots_of_a_process_that_is_known_to_be_dead_are_free_at_once(
    threads: tuple[WriterThread, WriterThread],
) -> None:
    one, two = SqlLeases(threads[0], "one"), SqlLeases(threads[1], "one-more")
    assert 3 == await one.slots(one.holder(), 0, 3, 4)
    assert 1 == await two.slots(two.holder(), 0, 1, 4)

    await two.free("one")

    assert 3 == await two.slots(two.holder(), 0, 4, 4)


async def test_two_processes_send_no_more_in_a_minute_than_the_rate(threads: tuple[WriterThread, WriterThread]) -> None:
    one, two = SqlLeases(threads[0], "one"), SqlLeases(threads[1], "two")
    rates = Rates(requests=10, tokens=100)

    assert 0 == await one.pace("a", 60, rates)
    assert 0 < await two.pace("b", 60, rates) <= 60
    await one.used("a", 30)
    assert 0 == await two.pace("b", 60, rates)
    assert 0 == await two.pace("b", 60, rates), "counted once"
    assert 0 == await one.pace("c", 10, rates)
    assert 0 < await one.pace("d", 1, rates)

    await threads[0].do(lambda db: db.execute("UPDATE call_rates SET at = at - 60").rowcount)

    assert 0 == await one.pace("d", 1, rates)
