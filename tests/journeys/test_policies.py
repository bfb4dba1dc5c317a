"""What is declared beforehand about failures: retries, deadlines, another model, and what dependants do."""

import asyncio
import json

import pytest
from langgraph.types import RetryPolicy
from model_server import Asked, ModelServer, marked_up
from stories import Requested, told
from toys import events_of, section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.document.document_graph import build
from quire.graphs.events import AgentFailed, Event, Verdict
from quire.graphs.kernel.contract import Agent
from quire.nodes.faults import SourceFault


class Done(Event, terminal=True):
    tries: int


class Looked(Verdict):
    """Somebody looked at a draft."""


def failing(times: int, fault: Exception, retry: RetryPolicy | None) -> Agent:
    tried = []

    @agent(handles=Requested, emits=Done, retry=retry)
    async def worker(_event: Requested) -> Done:
        tried.append(1)
        if len(tried) <= times:
            raise fault
        return Done(tries=len(tried))

    return worker


TWICE = RetryPolicy(max_attempts=3, initial_interval=0.01, jitter=False)


async def test_an_agent_is_run_again_as_often_as_it_declares() -> None:
    story = await told([failing(2, ConnectionError("reset"), TWICE)], Requested(what="it"))

    assert [("Done", 3)] == [(e["type"], e["data"]["tries"]) for e in story[1:]]


async def test_and_no_more_often() -> None:
    with pytest.raises(ConnectionError):
        await told([failing(3, ConnectionError("reset"), TWICE)], Requested(what="it"))


async def test_what_was_classified_is_not_tried_again() -> None:
    story = await told([failing(1, SourceFault("gone"), TWICE)], Requested(what="it"))

    assert ["AgentFailed"] == [e["type"] for e in story[1:]]


async def test_a_deadline_fails_the_agent_that_declares_it_and_no_other() -> None:
    @agent(handles=Requested, emits=Done, deadline=0.05)
    async def slow(_event: Requested) -> None:
        await asyncio.sleep(60)

    @agent(handles=Requested, emits=Done)
    async def patient(_event: Requested) -> Done:
        await asyncio.sleep(0.2)
        return Done(tries=1)

    story = await told([slow, patient], Requested(what="it"))

    assert {("slow", "AgentFailed"), ("patient", "Done")} == {(e["agent"], e["type"]) for e in story[1:]}
    assert "deadline" == next(e for e in story if e["agent"] == "slow")["data"]["code"]


async def test_another_agent_may_go_by_a_failure() -> None:
    @agent(handles=AgentFailed, emits=Done)
    async def substitute(_event: AgentFailed) -> Done:
        return Done(tries=0)

    story = await told([failing(1, SourceFault("gone"), None), substitute], Requested(what="it"))

    assert ["AgentFailed", "Done"] == [e["type"] for e in story[1:]]


def good(asked: Asked) -> str:
    """Write what the source says, and object to nothing."""
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


async def test_the_fallback_model_writes_where_the_first_cannot(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_MODEL", "first")
    monkeypatch.setenv("QUIRE_FALLBACK_MODEL", "second")
    online.reply = good
    online.script = lambda asked: "model-missing" if asked.model == "first" else None

    events = [e async for e in events_of(build(), toy_brief(section("height")))]

    drafted = next(e for e in events if e["type"] == "SectionDrafted")
    approved = next(e for e in events if e["type"] == "SectionApproved")
    assert ("second", ["second"]) == (drafted["data"]["model"], approved["data"]["models"])
    assert "done" == events[-1]["data"]["status"]


async def test_without_a_fallback_the_section_fails_and_names_no_prose(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_MODEL", "first")
    online.script = lambda _asked: "model-missing"

    events = [e async for e in events_of(build(), toy_brief(section("height")))]

    failed = next(e for e in events if e["type"] == "AgentFailed")
    assert ("writer", "model") == (failed["agent"], failed["data"]["code"])
    assert "failed" == events[-1]["data"]["status"]


async def test_each_dependency_has_its_own_policy() -> None:
    @agent(handles=SectionDrafted, emits=Looked)
    async def register(event: SectionDrafted) -> Looked:
        if "feet deep" in json.dumps(event.content["blocks"][:1]):
            raise SourceFault("no register of yards")
        return Looked(blocks=False, findings=[])

    brief = toy_brief(
        section("yards"),
        section("height"),
        section("one", "yards", "height", wait_failed={"yards": "stub"}),
        section("two", "yards", "height", wait_failed={"height": "stub"}),
    )
    events = [e async for e in events_of(build([register]), brief)]

    opened = {e["section"]: e["data"]["inputs"] for e in events if e["type"] == "SectionOpened"}
    failed = {e["section"]: e["data"]["reason"] for e in events if e["type"] == "SectionFailed"}
    assert "no register of yards" in opened["one"]["yards"]["missing"]
    assert "digest" in opened["one"]["height"]
    assert "two" not in opened
    assert "it builds on “yards”, which is missing" in failed["two"]
