"""People's answers: any subset, at any time, and across a crash; nothing that is recorded is asked for again."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest
from crash_stories import scribe
from killing import attempts, count, finish, journal, kill_at, quire
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from model_server import ModelServer
from toys import Going, Hold, section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.document.document_graph import build
from quire.graphs.kernel.agent_state import AgentGraph
from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run, open_run
from quire.nodes.event_store.memory import MemoryRecord

THREAD = {"configurable": {"thread_id": "t"}}
SECTIONS = (section("height"), section("yards"), section("end", "height"), section("parking"))


def brief(*approve: str) -> dict:
    return toy_brief(*SECTIONS, options={"approve": list(approve)})


def with_checkpoints() -> AgentGraph:
    graph = build()
    graph.checkpointer = InMemorySaver()
    return graph


def asked(out: dict) -> set[str]:
    return {q["id"] for i in out.get("__interrupt__", ()) for q in i.value["questions"]}


def is_asked(told: list[tuple]) -> bool:
    """Whether the draft of one section was submitted to a person, and another section is drafted."""
    return 2 == told.count(("height", "SectionSubmitted", 1)) and ("parking", "SectionDrafted", 1) in told


async def test_plan_sections_and_release_of_one_run_are_answered_one_after_another(online: ModelServer) -> None:
    online.reply = scribe
    graph = with_checkpoints()
    answers = (
        {"plan": "approve"},
        {"section:yards": "approve"},
        {"section:height": {"decision": "revise", "note": "shorter"}},
        {"section:height": "approve"},
        {"release": "approve"},
    )
    waiting = [asked(out := await graph.ainvoke(brief("plan", "section:height", "section:yards", "release"), THREAD))]
    for answer in answers:
        out = await graph.ainvoke(Command(resume=answer), THREAD)
        waiting.append(asked(out))

    both = {"section:height", "section:yards"}
    assert [{"plan"}, both, {"section:height"}, {"section:height"}, {"release"}, set()] == waiting
    assert "done" == out["status"]


async def test_all_open_questions_may_be_answered_at_once() -> None:
    graph = with_checkpoints()
    first = await graph.ainvoke(brief("sections"), THREAD)

    second = await graph.ainvoke(Command(resume=dict.fromkeys(asked(first), "approve")), THREAD)

    assert {"section:end"} == asked(second)


async def test_nothing_that_was_recorded_is_asked_for_again_because_somebody_answered(online: ModelServer) -> None:
    graph = with_checkpoints()
    out = await graph.ainvoke(brief("sections", "release"), THREAD)
    while questions := asked(out):
        before = len(online.asked)
        out = await graph.ainvoke(Command(resume={min(questions): "approve"}), THREAD)
        new = [a.body for a in online.asked[before:]]
        assert all(a.body not in new for a in online.asked[:before])

    assert 1 == max(Counter(json.dumps(a.body, sort_keys=True) for a in online.asked).values())


async def test_an_answer_that_comes_while_others_still_work_takes_effect_at_once() -> None:
    hold = Hold("parking")
    going = Going(build([hold.agent]), brief("section:height"))
    await going.until(is_asked)

    await outside.answer(going.run, "section:height", "approve")
    await going.until(lambda told: ("end", "SectionApproved", 1) in told)

    assert ("parking", "SectionApproved", 1) not in going.told
    hold.released["parking"].set()
    assert {"approved"} == set((await going.end()).values())
    assert "RunEnded" == going.events[-1]["type"]


async def test_an_answer_is_still_there_when_the_run_died_before_it_took_effect() -> None:
    hold = Hold("parking")
    first = Going(build([hold.agent]), brief("section:height"))
    await first.until(is_asked)
    first.task.cancel()
    await first.settled()
    await outside.answer(first.run, "section:height", "approve")

    hold.released["parking"].set()
    second = Going(build([hold.agent]), brief("section:height"), first.record)

    assert {"approved"} == set((await second.end()).values())
    events = await second.record.events("r")
    assert 1 == sum(e["type"] == "AnswerGiven" for e in events)
    assert 1 == max(Counter(e["id"] for e in events).values())


class Host:
    """A graph behind LangGraph's checkpoints, whose processes may die while ``slow`` is at work."""

    def __init__(self, concurrency: int | None = None) -> None:
        self.hold = Hold("slow")
        self.graph = build([self.hold.agent])
        self.graph.checkpointer = InMemorySaver()
        self.config = {**THREAD, "max_concurrency": concurrency}
        self.record = MemoryRecord()
        self.run = open_run("r", self.record)

    async def go_on(self, given: object) -> dict:
        """Work on the run until it ends or waits for people."""
        async with asyncio.timeout(10):
            return dict(await self.graph.ainvoke(given, self.config, context=self.run))

    async def dies(self, given: object) -> None:
        """Work on the run until only ``slow`` is at work, and die."""
        run = self.open()
        going = asyncio.ensure_future(self.go_on(given))
        told = -1
        while told < len(run.blackboard.events) or not run.blackboard.events_of("slow", 1, SectionDrafted):
            told = len(run.blackboard.events)
            await asyncio.sleep(0.1)
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)

    def open(self) -> Run:
        """Begin a process."""
        self.run = open_run("r", self.record)
        return self.run


async def test_answers_that_come_by_two_ways_at_once_are_both_taken() -> None:
    host = Host()
    run = host.open()
    await host.go_on({**brief("section:height", "section:yards"), "id": "r"})

    await outside.answer(run, "section:yards", "approve")
    out = await host.go_on(Command(resume={"section:height": "approve"}))

    assert not asked(out)
    assert {"approved"} == {s["status"] for s in out["sections"]}


async def test_what_no_longer_waits_for_a_person_goes_on_before_anybody_is_asked_again() -> None:
    host = Host()
    run = host.open()
    late = section("late", "end", wait_failed="stub")
    await host.go_on({**toy_brief(*SECTIONS, late, options={"approve": ["section:height"]}), "id": "r"})

    await outside.cancel_section(run, "end")
    out = await host.go_on(None)

    assert {"section:height"} == asked(out)
    assert "SectionApproved" == run.blackboard.last["late"]["type"]


async def test_a_new_process_knows_that_a_section_has_waited_for_a_person_since_before_the_others_were_sent(
    online: ModelServer,
) -> None:
    online.reply = scribe
    host = Host()
    run = host.open()
    assert {"section:height"} == asked(await host.go_on({**brief("section:height"), "id": "r"}))
    await outside.add_section(run, section("slow"))
    await outside.add_section(run, section("late", "height", "slow"))
    await outside.answer(run, "section:height", {"decision": "revise", "note": "shorter"})
    await host.dies(None)

    run = host.open()
    host.hold.released["slow"].set()
    assert {"section:height"} == asked(await host.go_on(None))
    out = await host.go_on(Command(resume={"section:height": "approve"}))

    assert {"approved"} == {s["status"] for s in out["sections"]}


@pytest.mark.filterwarnings(
    "ignore:coroutine .* was never awaited:RuntimeWarning"
)  # what had no place yet when it died
async def test_a_new_process_knows_that_a_section_has_given_up_its_place_for_a_person() -> None:
    host = Host(concurrency=2)
    late = section("late", "height", "slow")
    await host.dies({**toy_brief(*SECTIONS, section("slow"), late, options={"approve": ["section:height"]}), "id": "r"})

    host.open()
    host.hold.released["slow"].set()
    assert {"section:height"} == asked(await host.go_on(None))
    out = await host.go_on(Command(resume={"section:height": "approve"}))

    assert {"approved"} == {s["status"] for s in out["sections"]}


def write(home: Path, path: Path, settings: dict[str, str]) -> None:
    out = str(home.parent / f"{home.name}-out")
    assert finish(quire(home, settings, "write", str(path), "--out", out, "--run-id", "r", "--format", "md")) == 4


def text(home: Path) -> str:
    return (home.parent / f"{home.name}-out" / "document.md").read_text()


@pytest.mark.long
@pytest.mark.parametrize("model", [False, True], ids=["offline", "with a model"])
def test_a_kill_between_an_answer_and_its_effect_loses_nothing(tmp_path: Path, model: bool) -> None:  # noqa: FBT001 - a parameter of the test
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(brief("section:height")))
    with ModelServer(delay=0.02) as server:
        settings = {"OPENAI_BASE_URL": server.url} if model else {}
        whole = tmp_path / "whole"
        write(whole, path, settings)
        waiting, asked_before = count(whole), len(server.asked)
        assert finish(quire(whole, settings, "answer", "r", "section:height", "approve")) == 0
        calls = len(server.asked)
        assert waiting < count(whole)
        for more in (1, 2, 4, 6):
            home = tmp_path / f"home-{more}"
            server.asked.clear()
            write(home, path, settings)
            assert asked_before == len(server.asked)
            kill_at(quire(home, settings, "answer", "r", "section:height", "approve"), home, waiting + more)
            made, recorded = len(server.asked), attempts(home)
            assert finish(quire(home, settings, "resume", "r")) == 0
            assert text(whole) == text(home)
            assert made + (calls - recorded) == len(server.asked), "only calls in flight are made again"
            assert 1 == sum(e["type"] == "AnswerGiven" for e in journal(home))
