"""What a section costs, in counts: so that the hot path cannot grow unseen, whatever the machine is doing."""

import asyncio
import contextlib
import gc
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import peer_quire
import peer_quire_sqlite
import pytest
from scenarios import STEPS, Section, Work

import quire
from quire.graphs.run.run import open_run
from quire.nodes.event_store.memory import MemoryRecord

OURS = tuple(str(Path(quire.__path__[0]) / folder) for folder in ("graphs", "nodes"))


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def work(count: int, tmp: Path | None = None) -> Work:
    """Give sections of which each builds on two earlier ones and none is objected to."""
    sections = [
        Section(n, tuple({n // 2, n // 3} - {n}), dict.fromkeys(STEPS, 0.0), {"review": False, "compliance": False})
        for n in range(count)
    ]
    return Work(sections, tmp=str(tmp or ""))


async def supersteps(count: int) -> dict[str, set[int]]:
    """Write a document and give the supersteps of every graph in it that worked for a section."""
    steps: dict[str, set[int]] = {}
    run = open_run("r", MemoryRecord())
    graph = peer_quire.build(work(count))
    async for namespace, chunk in graph.astream({"run": "r"}, context=run, stream_mode="debug", subgraphs=True):
        if namespace and chunk["type"] == "task":
            steps.setdefault("|".join(namespace), set()).add(chunk["step"])
    return steps


async def test_a_section_takes_six_supersteps_and_an_agent_one() -> None:
    steps = await supersteps(5)

    sections = {len(s) for name, s in steps.items() if "|" not in name}
    agents = {len(s) for name, s in steps.items() if "|" in name}
    assert ({6}, {1}) == (sections, agents)


async def written_under(listen: Callable[[Any], None], before: Any, hook: Any, count: int) -> None:
    """Write a document while a hook of the interpreter's is told what runs."""
    graph = peer_quire.build(work(count))
    listen(hook)
    try:
        await peer_quire.write(graph, MemoryRecord(), f"r{count}")
    finally:
        listen(before)


def record_of(tmp: Path, count: int) -> tuple[int, int, float]:
    """Write a document and give the events and replies in its record, and their bytes for each section."""
    tmp.mkdir()
    asyncio.run(peer_quire_sqlite.generate(work(count, tmp)))
    with contextlib.closing(sqlite3.connect(tmp / "quire.db")) as db:
        events = [body for (body,) in db.execute("SELECT body FROM events")]
        replies = [body for (body,) in db.execute("SELECT body FROM attempts")]
    return len(events), len(replies), sum(map(len, events + replies)) / count


@pytest.mark.long
def test_the_record_holds_six_events_and_three_replies_for_a_section_whatever_its_document(tmp_path: Path) -> None:
    (few_events, few_replies, small), (events, replies, large) = (
        record_of(tmp_path / "few", 10), record_of(tmp_path / "many", 40)
    )  # fmt: skip

    assert (61, 30) == (few_events, few_replies)
    assert (241, 120) == (events, replies)
    assert large < 1.05 * small


async def lines_run(count: int) -> int:
    """Write a document and count the lines of ours that ran, each as often as it did."""
    ran = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal ran
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        ran += event == "line"
        return trace

    await written_under(sys.settrace, sys.gettrace(), trace, count)
    return ran


@pytest.mark.long
async def test_four_times_the_sections_are_four_times_the_work() -> None:
    few, many = await lines_run(15), await lines_run(60)

    assert many < 4.4 * few
