"""Sections start on events, not on waves: shown by holding and releasing steps, without a clock."""

import asyncio

import pytest
from toys import Hold, events_of, section, seen, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.kernel.agent_state import AgentGraph

HOSTS = pytest.mark.parametrize("config", [{}, {"max_concurrency": 1}], ids=["free", "one at a time"])


async def until(stream: asyncio.Queue, wanted: tuple[str, str]) -> list[tuple[str, str]]:
    """Collect events up to the wanted one."""
    got = []
    while not got or got[-1] != wanted:
        event = await asyncio.wait_for(stream.get(), 20)
        got.append((event["section"], event["type"]))
    return got


def start(graph: AgentGraph, brief: dict, config: dict) -> tuple[asyncio.Task, asyncio.Queue]:
    stream: asyncio.Queue = asyncio.Queue()

    async def pump() -> None:
        async for event in events_of(graph, brief, config):
            stream.put_nowait(event)

    return asyncio.ensure_future(pump()), stream


async def test_a_section_starts_while_an_unrelated_slow_one_is_still_being_drafted() -> None:
    hold = Hold("slow")
    brief = toy_brief(section("slow"), section("height"), section("yards", "height"), section("end", "yards", "slow"))
    running, stream = start(build([hold.agent]), brief, {})

    before = await until(stream, ("yards", "SectionApproved"))

    assert ("slow", "SectionDrafted") in before or not stream.empty()
    assert ("slow", "SectionApproved") not in before
    assert before.index(("height", "SectionApproved")) < before.index(("yards", "SectionOpened"))
    hold.released["slow"].set()
    after = await until(stream, (None, "RunEnded"))
    assert after.index(("slow", "SectionApproved")) < after.index(("end", "SectionOpened"))
    await running


async def test_one_at_a_time_nothing_locks_and_the_order_holds() -> None:
    hold = Hold("slow")
    brief = toy_brief(section("end", "yards", "slow"), section("yards", "height"), section("height"), section("slow"))
    running, stream = start(build([hold.agent]), brief, {"max_concurrency": 1})

    before = await until(stream, ("slow", "SectionDrafted"))

    assert before.index(("height", "SectionApproved")) < before.index(("yards", "SectionOpened"))
    assert ("yards", "SectionApproved") in before
    hold.released["slow"].set()
    after = await until(stream, (None, "RunEnded"))
    assert ("end", "SectionApproved") in after
    await running


@HOSTS
async def test_every_section_of_a_plan_is_sent_in_one_superstep(config: dict) -> None:
    brief = toy_brief(section("a"), section("b", "a"), section("c", "b"), section("d"))
    steps: dict[int, list[str]] = {}
    async for chunk in build().astream(brief, config, stream_mode="debug"):
        if chunk["type"] == "task":
            steps.setdefault(chunk["step"], []).append(chunk["payload"]["name"])

    assert [[*["section"] * 4, "steward"]] == [names for names in steps.values() if "section" in names]


@HOSTS
async def test_events_are_told_in_the_order_of_their_causes(config: dict) -> None:
    brief = toy_brief(section("a"), section("b", "a"), section("c", "a"), section("d", "b", "c"))

    events = [event async for event in events_of(build(), brief, config)]

    place = {e["id"]: i for i, e in enumerate(events)}
    assert all(e["cause"] is None or place[e["cause"]] < place[e["id"]] for e in events)
    assert list(range(1, len(events) + 1)) == sorted(e["n"] for e in events)
    assert seen(events).index(("b", "SectionApproved")) < seen(events).index(("d", "SectionOpened"))
