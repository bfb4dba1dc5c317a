"""A section may start on another's draft: kept if that is approved as drafted, written again if not."""

import asyncio
import json

import pytest
from model_server import Asked, ModelServer, marked_up
from toys import Hold, events_of, section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.document.document_graph import build
from quire.graphs.events import Verdict
from quire.graphs.intake.brief import decode
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.nodes.author.reading import text_of
from quire.nodes.faults import BadInput, SourceFault

HOSTS = pytest.mark.parametrize("config", [{}, {"max_concurrency": 1}], ids=["free", "one at a time"])
BRIEF = toy_brief(section("height"), section("end", "height.drafted"))


async def test_a_section_starts_while_what_it_waits_for_is_only_drafted() -> None:
    hold = Hold("height")
    events = []
    async for event in events_of(build([hold.agent]), BRIEF):
        events.append((event["section"], event["type"]))
        if event["type"] == "SectionSubmitted":
            hold.released["height"].set()

    assert events.index(("end", "SectionOpened")) < events.index(("height", "SectionApproved"))
    assert events.index(("height", "SectionApproved")) < events.index(("end", "SectionApproved"))


@HOSTS
async def test_time_is_kept_when_the_draft_is_approved_as_it_was(config: dict) -> None:
    events = [e async for e in events_of(build(), BRIEF, config)]

    assert 1 == sum(e["type"] == "SectionDrafted" and e["section"] == "end" for e in events)
    assert "done" == events[-1]["data"]["status"]


OLD, NEW = "The height of a building shall not exceed 40 feet", "A building shall not exceed 40 feet in height"


class Objected(Verdict):
    """The first draft of a section was objected to, once another section had been drafted from it."""


def objector() -> tuple[Agent, Agent]:
    """Make a judge that sends the first draft of the height back as soon as the end is drafted from it."""
    drafted = asyncio.Event()

    async def watch(state: AgentState) -> Update:
        if state["scope"]["section"]["id"] == "end":
            drafted.set()
        return {"outgoing": []}

    async def object_(state: AgentState) -> Update:
        first = state["scope"]["section"]["id"] == "height" and state["event"]["round"] == 1
        if first:
            await drafted.wait()
        finding = {"rule": "r", "severity": "error", "message": "Say it plainer.", "where": "height"}
        return {"outgoing": [emit(Objected(blocks=first, findings=[finding] if first else []))]}

    watcher = Agent("watcher", handles=(SectionDrafted,), emits=(), graph=subgraph("watcher", (), watch))
    judge = Agent("judge", handles=(SectionDrafted,), emits=(Objected,), graph=subgraph("judge", (Objected,), object_))
    return watcher, judge


def plainer(asked: Asked) -> str:
    """Write as told: plainer, once that was asked for or the other section says it so."""
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    text = NEW if "plainer" in asked.prompt or NEW in asked.prompt else OLD
    sentence = {"text": text + ".", "evidence": ["E1", "E2", "P1"]}
    return marked_up([sentence], asked)


async def test_it_is_written_again_when_the_approved_text_differs(online: ModelServer) -> None:
    online.reply = plainer
    events = [e async for e in events_of(build(objector()), BRIEF)]

    end = [(e["type"], e["round"]) for e in events if e["section"] == "end"]
    drafts = [e["data"]["content"] for e in events if e["section"] == "end" and e["type"] == "SectionDrafted"]
    again = next(e for e in events if e["type"] == "RevisionRequested" and e["section"] == "end")
    assert [f"{OLD}.", f"{NEW}."] == [text_of(d) for d in drafts]
    assert "written from a draft of “height”" in again["data"]["findings"][0]["message"]
    assert end.index(("SectionDrafted", 2)) < end.index(("SectionApproved", 2))
    assert "done" == events[-1]["data"]["status"]


async def test_and_that_round_is_not_counted_among_those_of_the_judges(online: ModelServer) -> None:
    online.reply = plainer
    brief = {**BRIEF, "options": {"max_rounds": 2}}
    events = [e async for e in events_of(build(objector()), brief)]

    assert {"height": 2, "end": 2} == {
        e["section"]: e["data"]["rounds"] for e in events if e["type"] == "SectionApproved"
    }


async def test_what_built_on_a_draft_that_failed_goes_by_its_policy() -> None:
    async def fail(state: AgentState) -> Update:
        if state["scope"]["section"]["id"] == "height":
            raise SourceFault("the register is closed")
        return {"outgoing": [emit(Objected(blocks=False, findings=[]))]}

    graph = subgraph("fails", (Objected,), fail)
    fails = Agent("fails", handles=(SectionDrafted,), emits=(Objected,), graph=graph)
    brief = toy_brief(
        section("height"), section("end", "height.drafted"), section("note", "height.drafted", wait_failed="stub")
    )

    out = await build([fails]).ainvoke(brief)

    assert {"height": "failed", "end": "failed", "note": "stub"} == {s["id"]: s["status"] for s in out["sections"]}


def test_waiting_for_a_draft_is_waiting_all_the_same() -> None:
    with pytest.raises(BadInput, match="a -> b -> a"):
        decode(toy_brief(section("a", "b.drafted"), section("b", "a")))
