from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quire.nodes.event_store.held import HeldRecord
from quire.nodes.event_store.port import Attempt, CallKey, Usage
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import RunTaken

USAGE = Usage(prompt_tokens=1, completion_tokens=1, usd=None, estimated=False)


def key(request: str) -> CallKey:
    return CallKey("a", 1, "writer", "draft", 0, request)


def reply(text: str) -> Attempt:
    return Attempt(ended="ok", kind="ok", model="m", text=text, usage=USAGE)


@pytest.fixture
async def record(tmp_path: Path) -> AsyncIterator[SqliteRecord]:
    record = SqliteRecord(tmp_path / "quire.db")
    await record.setup()
    await record.begin("r", "t", {}, {})
    yield record
    record.close()


async def held(record: SqliteRecord) -> HeldRecord:
    token = await record.take("r")
    assert token is not None
    return HeldRecord(record, token)


async def test_whoever_takes_a_run_finds_the_replies_that_were_recorded_before(record: SqliteRecord) -> None:
    await (await held(record)).add_attempt("r", key("1"), reply("before"))

    resumed = await held(record)

    assert [reply("before")] == await resumed.attempts("r", key("1"))
    assert [] == await resumed.attempts("r", key("2"))


async def test_it_finds_what_it_has_recorded_itself(record: SqliteRecord) -> None:
    own = await held(record)
    assert [] == await own.attempts("r", key("1"))

    await own.add_attempt("r", key("1"), reply("first"))
    await own.add_attempt("r", key("1"), reply("second"))

    assert [reply("first"), reply("second")] == await own.attempts("r", key("1"))


async def test_it_records_nothing_more_once_the_run_was_taken_from_it(record: SqliteRecord) -> None:
    before = await held(record)
    now = await held(record)

    with pytest.raises(RunTaken):
        await before.add_attempt("r", key("1"), reply("late"))

    assert [] == await now.attempts("r", key("1"))
