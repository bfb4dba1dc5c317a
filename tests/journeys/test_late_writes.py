"""A write that has been ordered happens, whatever becomes of who ordered it: live and resumed runs agree on it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any

import pytest
from toys import section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.document.document_graph import build
from quire.graphs.events import Verdict
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run, open_run
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import ModelFault


class Inspected(Verdict):
    """An inspector looked at the draft."""


class Slow:
    """An inspector during whose verdict the disk is busy, so that it is still being written when something happens."""

    def __init__(self, path: Path, deadline: float | None = None, *, gives_up: bool = False) -> None:
        self.path = path
        self.gives_up = gives_up
        self.meanwhile: list[Coroutine[Any, Any, Any]] = []
        """What is ordered from the disk before the verdict is."""
        graph = subgraph("inspector", (Inspected,), self.inspect)
        self.agent = Agent("inspector", handles=(SectionDrafted,), emits=(Inspected,), graph=graph, deadline=deadline)

    async def inspect(self, state: AgentState) -> Update:
        verdict: Update = {"outgoing": [emit(Inspected(blocks=False, findings=[]))]}
        if state["scope"]["section"]["id"] != "height":
            return verdict
        busy = sqlite3.connect(self.path, isolation_level=None)
        busy.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(0.6, busy.close)
        self.ordered = [asyncio.ensure_future(order) for order in self.meanwhile]
        await asyncio.sleep(0.05)
        if self.gives_up:
            raise ModelFault("refused", "the inspector was refused")
        return verdict


@pytest.fixture
async def record(tmp_path: Path) -> AsyncIterator[SqliteRecord]:
    made = SqliteRecord(tmp_path / "quire.db")
    await made.setup()
    yield made
    made.close()


async def agrees(run: Run) -> bool:
    """Whether the blackboard of the process that wrote knows what is written."""
    return [e["id"] for e in run.blackboard.events.values()] == [e["id"] for e in await run.record.events(run.id)]


async def test_an_answer_that_is_being_written_at_the_deadline_counts(tmp_path: Path, record: SqliteRecord) -> None:
    run, slow = open_run("r", record), Slow(tmp_path / "quire.db", deadline=0.3)

    out = await build([slow.agent]).ainvoke({**toy_brief(section("height")), "id": "r"}, context=run)

    assert "done" == out["status"]
    assert await agrees(run)
    assert ["Inspected"] == [e["type"] for e in await record.events("r") if e["agent"] == "inspector"]


async def test_what_is_being_written_when_its_section_is_cancelled_is_known(
    tmp_path: Path, record: SqliteRecord
) -> None:
    run, slow = open_run("r", record), Slow(tmp_path / "quire.db")
    slow.meanwhile = [outside.cancel_section(run, "height")]

    await build([slow.agent]).ainvoke({**toy_brief(section("height"), section("yards")), "id": "r"}, context=run)

    assert await agrees(run)


async def test_a_failure_that_is_being_written_when_its_section_is_cancelled_ends_no_run(
    tmp_path: Path, record: SqliteRecord
) -> None:
    run, slow = open_run("r", record), Slow(tmp_path / "quire.db", gives_up=True)
    slow.meanwhile = [outside.cancel_section(run, "height")]

    out = await build([slow.agent]).ainvoke({**toy_brief(section("height"), section("yards")), "id": "r"}, context=run)

    assert {"height": "cancelled", "yards": "approved"} == {s["id"]: s["status"] for s in out["sections"]}
    assert await agrees(run)
