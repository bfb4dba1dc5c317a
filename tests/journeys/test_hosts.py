"""Hosts that keep checkpoints, with and without a store: no run is lost to a pause, a restart or to other runs."""

import asyncio
import contextlib
import gc
import resource
from pathlib import Path
from typing import Any

import pytest
from hosting import hosted
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.store.memory import InMemoryStore
from langgraph.types import Command
from serving import DATABASES
from toys import SOURCE, Hold, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.kernel.registry import discover
from quire.graphs.run import run as registry
from quire.graphs.run.run import close_run
from quire.graphs.trial.trial import alone
from quire.nodes.faults import RecordFault

SECTIONS = (section("height"), section("yards", "height"))
PLAIN, ASKING = toy_brief(*SECTIONS), toy_brief(*SECTIONS, options={"approve": ["section:height"]})
LEAST = toy_brief(section("header", kind="template", instructions="For the clerk."), sources=[])


@pytest.mark.long
@pytest.mark.parametrize("nested", [False, True], ids=["the graph itself", "a node of one's own graph"])
@pytest.mark.parametrize("kept", [False, True], ids=["checkpoints alone", "checkpoints and a store"])
@pytest.mark.parametrize("kind", DATABASES)
def test_a_run_that_waits_goes_on_in_another_process(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, *, nested: bool, kept: bool
) -> None:
    place = request.getfixturevalue("postgres").database() if kind == "postgres" else tmp_path

    first = hosted(place, ASKING, nested=nested, kept=kept)
    then = hosted(place, "section:height", nested=nested, kept=kept)

    assert (["section:height"], "done") == (first["asked"], then["status"])
    assert asyncio.run(build().ainvoke(PLAIN))["markdown"] == then["markdown"]


@pytest.mark.long
def test_a_process_that_died_at_work_goes_on_over_a_store_and_is_refused_without_one(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    for folder, kept in ((tmp_path, False), (tmp_path / "store", True)):
        hosted(folder, PLAIN, kept=kept, die_at="SectionDrafted")

    assert "RecordFault" in hosted(tmp_path, None)["fault"]
    assert "a store that lives as long as its checkpointer" in hosted(tmp_path, None)["fault"]
    assert "done" == hosted(tmp_path / "store", None, kept=True)["status"]


def live() -> set[str]:
    """Give the runs that this process keeps, once nothing is left that is only waiting to be collected."""
    gc.collect()
    return set(registry._HOSTED)  # noqa: SLF001 - nobody else needs to count them


@pytest.fixture(autouse=True)
def _no_other_runs() -> None:
    for run in live():
        close_run(run)


def thread(number: int) -> Any:
    return {"configurable": {"thread_id": str(number)}, "recursion_limit": 100}


@pytest.mark.parametrize("emptied", [InMemoryStore(), None], ids=["another store", "the store is gone"])
async def test_a_store_that_does_not_hold_the_run_is_named_and_nothing_goes_round(emptied: Any) -> None:
    graph = build()
    graph.checkpointer, graph.store = InMemorySaver(), InMemoryStore()
    await graph.ainvoke({**ASKING, "id": "lost"}, thread(0))
    close_run("lost")
    graph.store = emptied

    with pytest.raises(RecordFault, match="a store that lives as long as its checkpointer"):
        await graph.ainvoke(Command(resume={"section:height": "approve"}), thread(0))


@pytest.mark.long
async def test_three_hundred_threads_wait_in_one_process_and_each_is_answered() -> None:
    graph = build()
    graph.checkpointer = InMemorySaver()
    brief = {**LEAST, "options": {"approve": ["release"]}}

    waiting = [await graph.ainvoke(brief, thread(n)) for n in range(300)]
    ended = [await graph.ainvoke(Command(resume={"release": "approve"}), thread(n)) for n in range(300)]

    assert all(out["__interrupt__"] for out in waiting)
    assert ["done"] * 300 == [out["status"] for out in ended]
    assert not live()


async def at_once(runs: int) -> float:
    """Have so many runs at work at the same time, end them all, and give the bytes that each took at its most."""
    hold, before = Hold("height"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    graph = build([hold.agent])
    going = [asyncio.ensure_future(graph.ainvoke(toy_brief(section("height")))) for _ in range(runs)]
    for _ in going:
        await hold.held.acquire()
    assert runs == len(live())
    hold.released["height"].set()
    assert ["done"] * runs == [out["status"] for out in await asyncio.gather(*going)]
    assert not live()
    return 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / runs


@pytest.mark.long
async def test_more_runs_than_anybody_counted_on_are_at_work_at_once_and_all_end() -> None:
    await at_once(300)


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_two_thousand_runs_at_work_at_once_all_end_within_memory() -> None:
    assert await at_once(2000) < 600_000


async def stopped(graph: Any, hold: Hold, config: Any) -> None:
    """Begin a run, and cancel it while it is at work."""
    going = asyncio.ensure_future(graph.ainvoke(toy_brief(section("height")), config))
    await hold.held.acquire()
    assert live()
    going.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await going


@pytest.mark.long
async def test_a_run_that_nothing_can_bring_back_goes_with_its_invocation() -> None:
    hold = Hold("height")

    await stopped(build([hold.agent]), hold, {})
    await asyncio.sleep(0.01)

    assert not live()


@pytest.mark.long
async def test_a_run_with_checkpoints_that_was_stopped_goes_on() -> None:
    hold = Hold("height")
    graph = build([hold.agent])
    graph.checkpointer = InMemorySaver()

    await stopped(graph, hold, thread(0))
    hold.released["height"].set()

    assert "done" == (await graph.ainvoke(None, thread(0)))["status"]
    assert not live()


@pytest.mark.long
async def test_an_agent_that_is_tried_alone_leaves_no_run_behind() -> None:
    (writer,) = (a for a in discover() if a.name == "writer")

    await alone(writer).ainvoke({"section": section("height"), "sources": [SOURCE]})
    await asyncio.sleep(0)

    assert not live()
