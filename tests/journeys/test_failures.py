"""A failure stays inside its section; a bug ends the run and is never turned into prose."""

import asyncio
import json

import pytest
from model_server import Asked, ModelServer
from toys import events_of, section, toy_brief

from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.document.document_graph import build
from quire.graphs.events import Verdict
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.nodes.faults import RecordFault, SourceFault


class Inspected(Verdict):
    """An inspector looked at the draft."""


def inspector(fault: Exception, where: str = "height") -> Agent:
    """Make a judge that fails on one section."""

    async def inspect(state: AgentState) -> Update:
        if state["scope"]["section"]["id"] == where:
            raise fault
        return {"outgoing": [emit(Inspected(blocks=False, findings=[]))]}

    graph = subgraph("inspector", (Inspected,), inspect)
    return Agent("inspector", handles=(SectionDrafted,), emits=(Inspected,), graph=graph)


CHAIN = (
    section("height"),
    section("stops", "height"),
    section("goes-on", "height", wait_failed="stub"),
    section("after-that", "stops", wait_failed={"stops": "stub"}),
    section("yards"),
)


async def test_an_agent_that_fails_for_good_costs_its_section_and_those_that_cannot_do_without() -> None:
    out = await build([inspector(SourceFault("the register cannot be read"))]).ainvoke(toy_brief(*CHAIN))

    assert {
        "height": "failed",
        "stops": "failed",
        "goes-on": "stub",
        "after-that": "stub",
        "yards": "approved",
    } == {s["id"]: s["status"] for s in out["sections"]}
    assert "partial" == out["status"]
    reasons = {s["id"]: s.get("reason", "") for s in out["sections"]}
    assert "inspector: the register cannot be read" == reasons["height"]
    assert "builds on “height”" in reasons["stops"]
    assert "written without “height”" in reasons["goes-on"]


async def test_the_document_says_what_is_missing_and_why() -> None:
    out = await build([inspector(SourceFault("the register cannot be read"))]).ainvoke(toy_brief(*CHAIN))

    assert "Incomplete" in out["markdown"]
    assert "the register cannot be read" in out["markdown"]


async def test_when_no_section_stands_the_run_has_failed() -> None:
    out = await build([inspector(SourceFault("gone"))]).ainvoke(toy_brief(section("height")))

    assert ("failed", None) == (out["status"], out["document"])


async def test_a_record_that_fails_ends_the_run_and_keeps_nobody_waiting() -> None:
    graph = build([inspector(RecordFault("no room"))])

    with pytest.raises(RecordFault, match="no room"):
        await graph.ainvoke(toy_brief(*CHAIN))


async def test_a_bug_ends_the_run_and_leaves_nothing_in_a_document() -> None:
    graph = build([inspector(KeyError("a bug"))])

    with pytest.raises(KeyError, match="a bug"):
        await graph.ainvoke(toy_brief(*CHAIN))


async def test_an_agent_that_says_what_it_does_not_declare_is_a_bug() -> None:
    @agent(handles=SectionOpened, emits=Inspected)
    async def liar(_event: SectionOpened) -> SectionDrafted:
        return SectionDrafted(content={}, digest="", words=0, model=None)

    with pytest.raises(TypeError, match="'liar' said SectionDrafted"):
        await build([liar]).ainvoke(toy_brief(section("height")))


async def test_an_agent_that_takes_too_long_fails_by_its_deadline() -> None:
    async def dawdle(_state: AgentState) -> Update:
        await asyncio.sleep(60)
        return {"outgoing": []}

    slow = Agent(
        "slow",
        handles=(SectionDrafted,),
        emits=(Inspected,),
        graph=subgraph("slow", (Inspected,), dawdle),
        deadline=0.05,
    )

    out = await build([slow]).ainvoke(toy_brief(section("height"), section("yards")))

    assert "failed" == out["status"]
    assert {"slow: it took longer than its 0.05 seconds"} == {s["reason"] for s in out["sections"]}


async def test_a_model_that_cannot_be_used_is_named_and_nothing_it_said(online: ModelServer) -> None:
    def broken(asked: Asked) -> str | None:
        return "quota" if "“Yards”" in asked.prompt else None

    online.reply = lambda asked: json.dumps({"grade": 5, "objections": []}) if asked.schema else "[[T1]]"
    online.script = broken
    events = [e async for e in events_of(build(), toy_brief(section("height"), section("yards")))]

    failed = next(e for e in events if e["type"] == "SectionFailed")
    assert ("yards", "partial") == (failed["section"], events[-1]["data"]["status"])
    assert "sk-leaked" not in json.dumps(events)
