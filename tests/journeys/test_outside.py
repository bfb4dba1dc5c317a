"""Whatever comes from outside is journalled, survives a crash, and is taken up even while a person is waited for."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from toys import Going, Hold, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run, open_run
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import BadInput

TEMPLATE = {"kind": "template", "instructions": "For {{ facts.client }}."}
SECTIONS = (section("slow"), section("header", **TEMPLATE), section("height"), section("end", "height"))
HOSTS = pytest.mark.parametrize("concurrency", [None, 1], ids=["free", "one at a time"])

Change = Callable[[Run], Awaitable[object]]
CHANGES: dict[str, tuple[Change, str]] = {
    "a closed section changed": (lambda run: outside.change_section(run, "height", {"words": 3}), "SectionChanged"),
    "a section at work changed": (lambda run: outside.change_section(run, "slow", {"words": 3}), "SectionChanged"),
    "a fact changed": (lambda run: outside.change_fact(run, "client", "Quay Bank"), "FactChanged"),
    "a section added": (lambda run: outside.add_section(run, section("parking", "end")), "SectionAdded"),
    "a section cancelled": (lambda run: outside.cancel_section(run, "slow"), "SectionCancelled"),
    "the run cancelled": (outside.cancel_run, "RunCancelled"),
}
each_change = pytest.mark.parametrize(("change", "type_"), CHANGES.values(), ids=CHANGES.keys())


def brief(*approve: str) -> dict:
    return toy_brief(*SECTIONS, facts={"client": "Harbour", "other": "x"}, options={"approve": list(approve)})


async def changed(change: Change, *, crash: bool) -> tuple[dict[str, str], list[tuple], Going]:
    """Change something while a section is at work; give how the sections ended, and their texts."""
    hold = Hold("slow")
    going = Going(build([hold.agent]), brief())
    await going.until(lambda told: ("end", "SectionApproved", 1) in told and ("slow", "SectionDrafted", 1) in told)
    if crash:
        going.task.cancel()
        await going.settled()
        await change(going.run)
        hold.released["slow"].set()
        going = Going(build([hold.agent]), brief(), going.record)
    else:
        await change(going.run)
        hold.released["slow"].set()
    statuses = await going.end()
    texts = [(s, e["data"].get("digest")) for s, e in sorted(going.run.blackboard.last.items())]
    return statuses, texts, going


@each_change
async def test_a_change_is_journalled_once_and_survives_a_crash(change: Change, type_: str) -> None:
    statuses, texts, _ = await changed(change, crash=False)
    after_crash, texts_after_crash, going = await changed(change, crash=True)

    events = await going.record.events("r")
    assert 1 == sum(e["type"] == type_ for e in events)
    assert 1 == max(Counter(e["id"] for e in events).values())
    assert (statuses, texts) == (after_crash, texts_after_crash) or type_ == "RunCancelled"


async def waiting(concurrency: int | None) -> tuple[Run, object, dict, dict]:
    """Give a run that waits for a person about one section, while another builds on it."""
    graph = build()
    graph.checkpointer = InMemorySaver()
    host = {"configurable": {"thread_id": "t"}} | ({} if concurrency is None else {"max_concurrency": concurrency})
    run = open_run("r", MemoryRecord())
    out = await graph.ainvoke({**brief("section:height"), "id": "r"}, host, context=run)
    assert out["__interrupt__"]
    return run, graph, host, {"section:height": "approve"}


def told(run: Run) -> list[tuple]:
    return [(e["section"], e["type"], e["epoch"]) for e in run.blackboard.events.values()]


async def until_done(run: Run, graph, host: dict, answer: dict) -> dict:  # noqa: ANN001 - a compiled graph
    """Answer until nobody is asked any more."""
    for _ in range(4):
        out = await graph.ainvoke(Command(resume=answer), host, context=run)
        if "__interrupt__" not in out:
            return out
    raise AssertionError("it asks again and again")


@HOSTS
async def test_the_section_that_waits_for_a_person_can_be_changed(concurrency: int | None) -> None:
    run, graph, host, answer = await waiting(concurrency)
    await outside.change_section(run, "height", {"title": "Parking"})
    out = await until_done(run, graph, host, answer)

    assert "done" == out["status"]
    assert "parking space" in str(run.blackboard.last["height"]["data"]["content"])
    assert ("end", "SectionApproved", 1) in told(run)


@HOSTS
async def test_a_fact_can_be_changed_while_a_person_is_waited_for(concurrency: int | None) -> None:
    run, graph, host, answer = await waiting(concurrency)
    await outside.change_fact(run, "client", "Quay Bank")
    out = await until_done(run, graph, host, answer)

    assert "done" == out["status"]
    assert "For Quay Bank." in str(run.blackboard.last["header"]["data"]["content"])


@HOSTS
async def test_a_section_can_be_added_while_a_person_is_waited_for(concurrency: int | None) -> None:
    run, graph, host, answer = await waiting(concurrency)
    await outside.add_section(run, section("parking", "end"))
    out = await until_done(run, graph, host, answer)

    assert {"parking": "approved"}.items() <= {s["id"]: s["status"] for s in out["sections"]}.items()


@HOSTS
async def test_the_section_that_waits_for_a_person_can_be_cancelled(concurrency: int | None) -> None:
    run, graph, host, _ = await waiting(concurrency)
    await outside.cancel_section(run, "height")
    out = await until_done(run, graph, host, {"section:height": "approve"})

    assert {"height": "cancelled", "end": "failed", "slow": "approved"}.items() <= {
        s["id"]: s["status"] for s in out["sections"]
    }.items()


@HOSTS
async def test_a_run_that_waits_for_a_person_can_be_cancelled(concurrency: int | None) -> None:
    run, graph, host, _ = await waiting(concurrency)
    await outside.cancel_run(run)
    out = await until_done(run, graph, host, {})

    assert "cancelled" == out["status"]


async def test_a_section_cannot_be_added_into_a_ring() -> None:
    hold = Hold("slow")
    going = Going(build([hold.agent]), brief())
    await going.until(lambda said: ("slow", "SectionDrafted", 1) in said)

    with pytest.raises(BadInput, match="new -> new"):
        await outside.add_section(going.run, section("new", "end", "new.drafted"))

    assert not any(t == "SectionAdded" for _, t, _ in going.told)
    hold.released["slow"].set()
    await going.end()


async def test_two_sections_may_be_added_and_the_second_may_build_on_the_first() -> None:
    hold = Hold("slow")
    going = Going(build([hold.agent]), brief())
    await going.until(lambda said: ("slow", "SectionDrafted", 1) in said)
    await outside.add_section(going.run, section("parking"))
    await outside.add_section(going.run, section("yards", "parking"))
    hold.released["slow"].set()

    statuses = await going.end()

    assert ("approved", "approved") == (statuses["parking"], statuses["yards"])


async def test_changes_may_come_one_upon_another() -> None:
    hold = Hold("slow")
    going = Going(build([hold.agent]), brief())
    await going.until(lambda said: ("end", "SectionApproved", 1) in said and ("slow", "SectionDrafted", 1) in said)
    await asyncio.gather(
        outside.change_fact(going.run, "client", "Quay Bank"),
        outside.change_fact(going.run, "client", "North Bank"),
        outside.change_section(going.run, "height", {"words": 3}),
    )
    hold.released["slow"].set()

    assert {"approved"} == set((await going.end()).values())
    assert "For North Bank." in going.text("header")
