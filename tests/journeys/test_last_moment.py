"""What another process journals in the last moment is taken up before the run ends."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from toys import section, toy_brief

from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import ChangedMeanwhile, RunOver
from quire.server.execution.attempt import RunAttempt
from quire.server.execution.locks import FileLocks
from quire.server.execution.runs import Runs

TEMPLATE = {"kind": "template", "instructions": "For {{ facts.client }}."}
BRIEF = toy_brief(section("header", **TEMPLATE), section("height"), facts={"client": "Harbour"})


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[tuple[SqlRecord, SqlRecord]]:
    """Open one database twice, as two processes do."""
    ours, theirs = SqliteRecord(tmp_path / "quire.db"), SqliteRecord(tmp_path / "quire.db")
    await ours.setup()
    yield ours, theirs
    ours.close()
    theirs.close()


async def told(record: SqlRecord, run: str, change: Callable[[Run], Awaitable[Envelope]]) -> Envelope:
    """Tell the run something as another process does, which shares nothing with ours but the database."""
    other = Run(run, record)
    await other.filled()
    return await change(other)


class LastMoment(SqliteRecord):
    """A record in which something happens elsewhere just before the run's end is written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.before_the_end: Callable[[], Awaitable[object]] | None = None

    async def append(self, run: str, events: list[Envelope], *more: object, **named: object) -> list[Envelope]:
        if any(e["type"] == "RunEnded" for e in events) and self.before_the_end is not None:
            happens, self.before_the_end = self.before_the_end, None
            await happens()
        return await super().append(run, events, *more, **named)


async def written(home: Path, change: Callable[[Run], Awaitable[Envelope]]) -> tuple[Runs, list[Envelope]]:
    """Write a document; while its end is about to be journalled, another process changes something."""
    record, elsewhere = LastMoment(home / "quire.db"), SqliteRecord(home / "quire.db")
    await record.setup()
    record.before_the_end = lambda: told(elsewhere, "r", change)
    runs = Runs(record, FileLocks(home))
    run = await runs.begin(BRIEF, run_id="r", remembered={})
    token = await record.take(run)
    assert token is not None
    events = [e async for e in RunAttempt(await runs.row(run), BRIEF, record, token).events()]
    elsewhere.close()
    return runs, events


async def test_a_fact_that_another_process_changed_while_the_run_was_ending_is_in_the_document(tmp_path: Path) -> None:
    runs, events = await written(tmp_path, lambda run: outside.change_fact(run, "client", "Quay Bank"))

    document = await runs.document("r")
    assert "For Quay Bank." in str(document)
    types = [e["type"] for e in events]
    assert (1, 1, 2) == tuple(types.count(t) for t in ("RunEnded", "FactChanged", "DocumentPublished"))
    assert list(range(1, len(events) + 1)) == [e["n"] for e in events]
    runs.record.close()


async def test_a_section_that_another_process_added_while_the_run_was_ending_is_written(tmp_path: Path) -> None:
    runs, events = await written(tmp_path, lambda run: outside.add_section(run, section("parking", "height")))

    assert "parking" in [e["section"] for e in events if e["type"] == "SectionApproved"]
    assert "RunEnded" == events[-1]["type"]
    runs.record.close()


async def test_a_run_that_another_process_cancelled_while_it_was_ending_ends_cancelled(tmp_path: Path) -> None:
    runs, events = await written(tmp_path, outside.cancel_run)

    assert "cancelled" == (await runs.row("r"))["status"] == events[-1]["data"]["status"]
    runs.record.close()


async def test_a_run_ends_once_nothing_new_came(records: tuple[SqlRecord, SqlRecord]) -> None:
    ours, theirs = records
    await ours.begin("r", "local", BRIEF, {})
    token = await ours.take("r")
    (heard,) = await theirs.append("r", [EVENT])

    with pytest.raises(ChangedMeanwhile):
        await ours.append("r", [{**EVENT, "id": "end"}], {}, "done", heard["n"] - 1, token=token)
    assert ["said"] == [e["id"] for e in await ours.events("r")]

    await ours.append("r", [{**EVENT, "id": "end"}], {}, "done", heard["n"], token=token)
    with pytest.raises(RunOver):
        await theirs.append("r", [{**EVENT, "id": "late"}])


EVENT: Envelope = {
    "n": 0,
    "id": "said",
    "type": "FactChanged",
    "at": "",
    "section": None,
    "epoch": 1,
    "round": 0,
    "agent": "outside",
    "cause": None,
    "data": {"name": "client", "value": "Quay Bank"},
}
