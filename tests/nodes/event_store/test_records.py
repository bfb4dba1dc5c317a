"""Every record keeps the promises of its port, and those in SQL fence off whoever a run was taken from."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from postgres import Cluster

from quire.nodes.event_store.held import HeldRecord
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Record, Usage
from quire.nodes.event_store.postgres import PostgresRecord
from quire.nodes.event_store.schema import VERSION
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import RecordFault, RunOver, RunTaken

KEY = CallKey("a", 1, "writer", "draft", 1, "f" * 64)


def event(name: str, **data: object) -> Envelope:
    return Envelope(
        n=0, id=name, type="T", at="", section=None, epoch=1, round=0, agent="planner", cause=None, data=dict(data)
    )


def attempt(kind: str = "ok") -> Attempt:
    usage = Usage(prompt_tokens=10, completion_tokens=1, usd=0.5, estimated=False)
    return Attempt(ended="ok" if kind == "ok" else "retry", kind=kind, model="m", usage=usage)


@contextlib.asynccontextmanager
async def opened(record: SqlRecord) -> AsyncIterator[SqlRecord]:
    await record.setup()
    await record.begin("r", "acme", {"title": "R"}, {})
    yield record
    record.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def sql(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlRecord]:
    record: SqlRecord
    if request.param == "postgres":
        record = PostgresRecord(request.getfixturevalue("postgres").database())
    else:
        record = SqliteRecord(tmp_path / "quire.db")
    async with opened(record):
        yield record


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def record(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Record]:
    if request.param == "memory":
        yield MemoryRecord()
        return
    made = PostgresRecord(request.getfixturevalue("postgres").database()) if request.param == "postgres" else None
    async with opened(made or SqliteRecord(tmp_path / "quire.db")) as found:
        yield found


async def test_events_are_numbered_densely_whoever_posts_them_at_once(record: Record) -> None:
    await asyncio.gather(*(record.append("r", [event(f"{n}a"), event(f"{n}b")]) for n in range(50)))

    found = await record.events("r")
    assert list(range(1, 101)) == [e["n"] for e in found]
    assert all(found[n]["id"][:-1] == found[n + 1]["id"][:-1] for n in range(0, 100, 2))
    assert [11, 12] == [e["n"] for e in await record.events("r", 10, 2)]


async def test_an_event_written_again_comes_back_as_it_was(record: Record) -> None:
    once = await record.append("r", [event("a", x=1)])

    assert once == await record.append("r", [event("a", x=1)])
    assert 1 == len(await record.events("r"))


async def test_other_content_under_a_known_id_is_refused_with_all_that_came_with_it(record: Record) -> None:
    await record.append("r", [event("a", x=1)])

    with pytest.raises(RecordFault):
        await record.append("r", [event("b"), event("a", x=2)], {"0" * 64: b"text"})

    assert ["a"] == [e["id"] for e in await record.events("r")]


async def test_a_blob_is_found_under_its_digest_and_nothing_else_is(record: Record) -> None:
    digest = await record.put("r", b"\x00text")
    await record.append("r", [], {digest: b"\x00text"})

    assert b"\x00text" == await record.get(digest)
    with pytest.raises(RecordFault):
        await record.get("0" * 64)
    with pytest.raises(RecordFault):
        await record.append("r", [event("a")], {"0" * 64: b"text"})


async def test_attempts_are_kept_in_order_and_summed(record: Record) -> None:
    await record.add_attempt("r", KEY, attempt("empty"))
    await record.add_attempt("r", KEY, attempt())

    assert ["empty", "ok"] == [a["kind"] for a in await record.attempts("r", KEY)]
    assert Usage(prompt_tokens=20, completion_tokens=2, usd=1.0, estimated=False) == await record.usage("r")
    assert 2 == await record.calls("r")


async def test_whoever_a_run_was_taken_from_writes_nothing_more(sql: SqlRecord) -> None:
    zombie = HeldRecord(sql, await token_of(sql))
    await zombie.append("r", [event("a")])
    heir = HeldRecord(sql, await token_of(sql))

    with pytest.raises(RunTaken):
        await zombie.append("r", [event("b")], {}, "done")
    with pytest.raises(RunTaken):
        await zombie.add_attempt("r", KEY, attempt())
    with pytest.raises(RunTaken):
        await sql.pause("r", zombie.token, 0)
    await heir.append("r", [event("c")])

    assert ["a", "c"] == [e["id"] for e in await sql.events("r")]
    assert [] == await sql.attempts("r", KEY)


async def test_an_event_from_outside_needs_no_token_and_puts_a_waiting_run_into_the_queue(sql: SqlRecord) -> None:
    token = await token_of(sql)
    assert await sql.pause("r", token, 0)

    await sql.append("r", [event("answer")])

    assert ("queued", 1) == await standing(sql)


async def test_a_run_does_not_wait_when_it_has_not_heard_of_what_came_from_outside(sql: SqlRecord) -> None:
    token = await token_of(sql)
    (posted,) = await sql.append("r", [event("answer")])

    assert not await sql.pause("r", token, 0)
    assert await sql.pause("r", token, posted["n"])


async def test_nothing_from_outside_reaches_a_run_that_is_over(sql: SqlRecord) -> None:
    await HeldRecord(sql, await token_of(sql)).append("r", [event("end")], {}, "done")

    with pytest.raises(RunOver):
        await sql.append("r", [event("late")])
    assert await sql.take("r") is None


async def test_a_leg_is_made_due_once(sql: SqlRecord) -> None:
    await asyncio.gather(*(sql.queue("r", after_attempt=0) for _ in range(10)))

    assert ("queued", 1) == await standing(sql)


async def test_a_record_of_the_version_before_is_brought_up_to_this_one(sql: SqlRecord) -> None:
    await asked(sql, "ALTER TABLE runs DROP COLUMN seal")
    await asked(sql, "UPDATE quire SET version = ?", VERSION - 1)

    await asyncio.gather(*(sql.setup() for _ in range(3)))

    assert [(VERSION,)] == await found(sql, "SELECT version FROM quire")
    assert "acme" == (await sql.row("r") or {})["tenant"]


async def asked(sql: SqlRecord, statement: str, *values: object) -> None:
    await sql._thread.do(lambda db: db.execute(statement, values))  # noqa: SLF001 - what no user of the record can do


async def found(sql: SqlRecord, query: str) -> list[Any]:
    rows: list[Any] = await sql._thread.do(lambda db: db.execute(query).fetchall())  # noqa: SLF001 - what no user of the record can do
    return rows


ALTERED = (
    ("runs", "id", "s"), ("runs", "tenant", "other"), ("runs", "status", "dome"), ("runs", "brief", "f" * 64),
    ("runs", "door", '{"title":"S"}'), ("runs", "door", '{"tit'), ("runs", "created", "2020-01-01T00:00:00.000Z"),
    ("runs", "format", 2),
    ("events", "run", "s"), ("events", "n", 7), ("events", "id", "c"), ("events", "body", "{"),
    ("attempts", "run", "s"), ("attempts", "call", '["b",1,"writer","draft",1,"' + "f" * 64 + '"]'),
    ("attempts", "call", "[]"), ("attempts", "position", 1), ("attempts", "body", ""),
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("table", "column", "value"), ALTERED)
async def test_a_row_of_which_anything_is_otherwise_is_not_used(
    sql: SqlRecord, table: str, column: str, value: object
) -> None:
    await sql.append("r", [event("a"), event("b")])
    await sql.add_attempt("r", KEY, attempt())
    where = " WHERE n = 1" if table == "events" else ""

    await asked(sql, f"UPDATE {table} SET {column} = ?{where}", value)  # noqa: S608 - ours

    with pytest.raises(RecordFault, match="as it was written"):
        await everything(sql, str(value) if column in {"id", "run"} and table != "events" else "r")


async def everything(sql: SqlRecord, run: str) -> None:
    """Read all that a run goes on from."""
    await sql.row(run)
    await sql.ledger(run)
    await sql.attempts(run, KEY)
    await sql.events(run)


@pytest.mark.parametrize("statement", ["DELETE FROM events WHERE n = 2", "DELETE FROM attempts WHERE position = 0"])
async def test_a_row_that_is_not_there_any_more_is_missed(sql: SqlRecord, statement: str) -> None:
    await sql.append("r", [event("a"), event("b"), event("c")])
    await sql.add_attempt("r", KEY, attempt("cut-off"))
    await sql.add_attempt("r", KEY, attempt())

    await asked(sql, statement)

    with pytest.raises(RecordFault, match="as it was written"):
        await everything(sql, "r")


async def test_many_may_set_the_tables_up_at_once(postgres: Cluster) -> None:
    url = postgres.database()
    records = [PostgresRecord(url) for _ in range(8)]

    await asyncio.gather(*(r.setup() for r in records))

    for record in records:
        record.close()


async def test_a_record_outlives_a_crash_of_its_database_and_cut_connections(postgres: Cluster) -> None:
    async with opened(PostgresRecord(postgres.database())) as record:
        held = HeldRecord(record, await token_of(record))
        writing = [asyncio.create_task(written(held, n)) for n in range(60)]
        for trouble in (postgres.cut, postgres.cut, lambda: restarted(postgres), postgres.cut):
            await asyncio.sleep(0.05)
            await asyncio.to_thread(trouble)
        await asyncio.gather(*writing)

        events, attempts = await record.events("r"), await record.attempts("r", KEY)
        assert list(range(1, len(events) + 1)) == [e["n"] for e in events]
        assert 60 * 5 == len({e["id"] for e in events}) == len(events) == len(attempts)


async def written(held: HeldRecord, writer: int) -> None:
    for n in range(5):
        await held.append("r", [event(f"{writer}/{n}")])
        await held.add_attempt("r", KEY, attempt())


def restarted(cluster: Cluster) -> None:
    cluster.stop("immediate")
    cluster.start()


async def token_of(record: SqlRecord) -> int:
    token = await record.take("r")
    assert token is not None
    return token


async def standing(record: SqlRecord) -> tuple[str, Any]:
    row = await record.row("r")
    assert row is not None
    return row["status"], row["attempt"]


async def test_a_closed_record_refuses_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    record = SqliteRecord(tmp_path / "quire.db")
    await record.setup()
    record.close()

    with pytest.raises(RecordFault, match="closed"):
        await asyncio.wait_for(record.events("r"), 5)


async def test_runs_that_the_engine_has_put_aside_are_told_from_those_that_wait_for_people(sql: SqlRecord) -> None:
    for run, last in (("aside", "suspended/1"), ("asked", "a/1"), ("not-served", "suspended/1"), ("resumed", "b/1")):
        await sql.begin(run, "acme", {}, {}, served=run != "not-served")
        token = await sql.take(run)
        await sql.append(run, [event("suspended/0"), event(last)], {}, "waiting", token=token)

    assert ["aside"] == [row["id"] for row in await sql.suspended()]
    assert (await sql.events("aside"))[-1] == await sql.last_event("aside")
    assert await sql.last_event("r") is None
