"""Idempotency keys in the record: claimed, answered, given back, taken over after a crash, forgotten."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quire.nodes.event_store.idempotency import ABANDONED, KEPT, Answered, Claim, Fresh, Otherwise, Pending
from quire.nodes.event_store.sqlite import SqliteRecord

FIRST, SECOND = Claim("acme POST", "k", "brief", "run-1"), Claim("acme POST", "k", "brief", "run-2")


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> str:
        return self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def record(tmp_path: Path, clock: Clock) -> AsyncIterator[SqliteRecord]:
    made = SqliteRecord(tmp_path / "quire.db", now=clock)
    await made.setup()
    yield made
    made.close()


async def test_a_key_is_claimed_once_and_its_answer_kept(record: SqliteRecord) -> None:
    assert Fresh("run-1") == await record.claim(FIRST)
    assert Pending() == await record.claim(SECOND)

    await record.settle(FIRST, "run-1")

    assert Answered("run-1") == await record.claim(SECOND)


async def test_a_key_belongs_to_one_request_of_one_tenant(record: SqliteRecord) -> None:
    await record.claim(FIRST)

    assert Otherwise() == await record.claim(SECOND._replace(asked="another brief"))
    assert Fresh("run-2") == await record.claim(SECOND._replace(scope="beta POST"))


async def test_a_key_under_which_nothing_was_begun_is_given_back(record: SqliteRecord) -> None:
    await record.claim(FIRST)
    await record.release(FIRST)

    assert Fresh("run-2") == await record.claim(SECOND)


async def test_who_died_with_a_key_is_followed_under_the_same_run_id(record: SqliteRecord, clock: Clock) -> None:
    await record.claim(FIRST)
    clock.at += ABANDONED + timedelta(seconds=1)

    assert Fresh("run-1") == await record.claim(SECOND)
    assert Pending() == await record.claim(SECOND)


async def test_a_key_is_remembered_for_a_day(record: SqliteRecord, clock: Clock) -> None:
    await record.claim(FIRST)
    await record.settle(FIRST, "run-1")

    clock.at += KEPT - timedelta(seconds=1)
    assert Answered("run-1") == await record.claim(SECOND)
    clock.at += timedelta(seconds=2)
    assert Fresh("run-2") == await record.claim(SECOND)
