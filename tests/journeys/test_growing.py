"""The plan grows while the document is written: shown by holding and releasing steps, without a clock."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from crash_stories import agreeable
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from model_server import Asked, ModelServer
from toys import Going, Hold, events_of, section, toy_brief

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.document.document_graph import build
from quire.graphs.events import Event, SectionProposed
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.run import commands
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import close_run, open_run
from quire.graphs.run.summary import sections_of
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import BadInput

HOSTS = pytest.mark.parametrize("config", [{}, {"max_concurrency": 1}, {"max_concurrency": 2}], ids=["free", "1", "2"])
PARKING = SectionProposed(title="Parking", why="Nobody says how many spaces there are.")


def proposing(**by_section: SectionProposed | list[SectionProposed]) -> Agent:
    """Make an agent that proposes sections when chosen ones are drafted for the first time."""

    async def propose(state: AgentState) -> Update:
        said: Any = by_section.get(state["scope"]["section"]["id"], [])
        first = state["event"]["round"] == 1 and state["scope"]["epoch"] == 1
        return {"outgoing": [emit(p) for p in (said if isinstance(said, list) else [said]) if first]}

    graph = subgraph("scout", (SectionProposed,), propose)
    return Agent("scout", handles=(SectionDrafted,), emits=(SectionProposed,), graph=graph)


def told(events: list[dict], *types: str) -> list[tuple]:
    return [(e["section"], e["type"], e["epoch"]) for e in events if not types or e["type"] in types]


def titles(events: list[dict]) -> list[str]:
    return [s["id"] for s in sections_of(Journal(events))]


async def until(stream: asyncio.Queue, wanted: Callable[[dict], bool]) -> list[dict]:
    got: list[dict] = []
    while not got or not wanted(got[-1]):
        got.append(await asyncio.wait_for(stream.get(), 20))
    return got


def start(agents: list[Agent], brief: dict, config: dict | None = None) -> tuple[asyncio.Task, asyncio.Queue]:
    stream: asyncio.Queue = asyncio.Queue()

    async def pump() -> None:
        async for event in events_of(build(agents), brief, config or {}):
            stream.put_nowait(event)

    return asyncio.ensure_future(pump()), stream


def ends(section_: str | None, type_: str) -> Callable[[dict], bool]:
    return lambda e: (e["section"], e["type"]) == (section_, type_)


async def test_a_proposed_section_is_written_while_an_unrelated_slow_one_still_is() -> None:
    hold = Hold("slow")
    running, stream = start(
        [hold.agent, proposing(height=PARKING)], toy_brief(section("height"), section("slow"), section("yards"))
    )

    before = await until(stream, ends("parking", "SectionApproved"))

    assert ("slow", "SectionApproved", 1) not in told(before)
    planned = next(e for e in before if ends("parking", "SectionPlanned")(e))
    proposed = next(e for e in before if e["type"] == "SectionProposed")
    assert (proposed["id"], "planner", "height") == (planned["cause"], planned["agent"], proposed["section"])
    hold.released["slow"].set()
    await until(stream, ends(None, "RunEnded"))
    await running


@HOSTS
async def test_however_many_lanes_a_host_runs_at_once_it_is_written_and_those_that_gather_read_it(config: dict) -> None:
    brief = toy_brief(
        section("summary", "height", "yards"), section("height"), section("yards", "height"), section("other")
    )
    agents = [proposing(height=PARKING, parking=SectionProposed(title="Signs", why="They are not told of."))]

    events = [e async for e in events_of(build(agents), brief, config)]

    assert "done" == events[-1]["data"]["status"]
    assert ["summary", "height", "yards", "other", "parking", "signs"] == titles(events)
    assert 6 == len(told(events, "SectionApproved"))


@HOSTS
async def test_a_section_that_gathers_what_all_say_waits_for_it_and_reads_it(config: dict) -> None:
    brief = toy_brief(section("height"), section("yards"), section("end", "height", "yards"))

    events = [e async for e in events_of(build([proposing(height=PARKING)]), brief, config)]

    (opened,) = [e for e in events if ends("end", "SectionOpened")(e)]
    assert {"height", "yards", "parking"} == set(opened["data"]["inputs"])
    assert ["height", "yards", "parking", "end"] == titles(events)
    assert [1] == [e["epoch"] for e in events if ends("end", "SectionApproved")(e)]


async def test_it_stands_where_the_proposal_says_and_waits_for_what_it_builds_on() -> None:
    wanted = PARKING.model_copy(update={"behind": "height", "after": ["yards"]})
    brief = toy_brief(section("height"), section("yards"), section("end", "height", "yards"))

    events = [e async for e in events_of(build([proposing(height=wanted)]), brief)]

    assert ["height", "parking", "yards", "end"] == titles(events)
    (opened,) = [e for e in events if ends("parking", "SectionOpened")(e)]
    assert {"yards"} == set(opened["data"]["inputs"])


async def test_what_one_that_gathers_proposes_itself_it_reads_in_a_further_revision() -> None:
    brief = toy_brief(section("height"), section("yards"), section("end", "height", "yards"))

    events = [e async for e in events_of(build([proposing(end=PARKING)]), brief)]

    opened = [e for e in events if ends("end", "SectionOpened")(e)]
    assert [{"height", "yards"}, {"height", "yards", "parking"}] == [set(e["data"]["inputs"]) for e in opened]
    assert "done" == events[-1]["data"]["status"]


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [
        (SectionProposed(title="Yards", why="Which are they?"), "it has the purpose of “Yards”"),
        (SectionProposed(title="The yards are deep.", why="?"), "not a few plain words"),
        (SectionProposed(title="The 77 signs", why="?"), "a figure that stands in nothing"),
        (PARKING.model_copy(update={"after": ["nowhere"]}), "'nowhere', which is not planned"),
        (PARKING.model_copy(update={"behind": "nowhere"}), "'nowhere', which is not planned"),
        (PARKING.model_copy(update={"after": ["yards.closed"]}), "it is no section"),
        (SectionProposed(title="P" * 400, why="?"), "it is no section"),
    ],
)
async def test_what_cannot_be_or_is_there_already_is_declined_with_its_reason(
    proposed: SectionProposed, reason: str
) -> None:
    brief = toy_brief(section("height"), section("yards"))

    events = [e async for e in events_of(build([proposing(height=proposed)]), brief)]

    (declined,) = [e for e in events if e["type"] == "SectionDeclined"]
    assert reason in declined["data"]["reason"]
    assert 2 == len(told(events, "SectionPlanned"))
    assert "done" == events[-1]["data"]["status"]


async def test_of_two_that_propose_the_same_the_second_is_declined() -> None:
    brief = toy_brief(section("height"), section("yards"))

    events = [e async for e in events_of(build([proposing(height=PARKING, yards=PARKING)]), brief)]

    assert [("parking", "SectionPlanned", 1)] == told(events, "SectionPlanned")[2:]
    assert [(None, "SectionDeclined", 1)] == told(events, "SectionDeclined")


async def test_agents_that_propose_without_end_come_to_one() -> None:
    @agent(handles=SectionPlanned, emits=SectionProposed, scope="document")
    async def restless(event: SectionPlanned) -> Event:
        words = ["Aspen", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ivy", "Juniper"]
        return SectionProposed(title=words[int(event.priority) % 10], why=f"{event.spec['title']} lacks it")

    titles_ = ["Aspen", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel"]
    many = [SectionProposed(title=t, why=f"{t} is not told of") for t in titles_]
    brief = toy_brief(section("height"))

    events = [e async for e in events_of(build([proposing(height=many), restless]), brief)]

    assert "done" == events[-1]["data"]["status"]
    assert 1 + 6 == len(told(events, "SectionPlanned"))
    assert any("no more" in e["data"]["reason"] for e in events if e["type"] == "SectionDeclined")


async def test_an_agent_of_the_document_may_propose_and_its_section_begins_at_once() -> None:
    hold = Hold("slow")

    @agent(handles=SectionPlanned, emits=SectionProposed, scope="document")
    async def scout(event: SectionPlanned) -> Event | None:
        return PARKING if event.spec["id"] == "slow" else None

    running, stream = start([hold.agent, scout], toy_brief(section("slow"), section("height")))
    before = await until(stream, ends("parking", "SectionApproved"))
    assert ("slow", "SectionApproved", 1) not in told(before)
    hold.released["slow"].set()
    after = await until(stream, ends(None, "RunEnded"))
    await running

    assert "done" == after[-1]["data"]["status"]
    assert [("parking", "SectionApproved", 1)] == [
        t for t in told(before + after, "SectionApproved") if t[0] == "parking"
    ]


async def test_a_section_added_from_outside_begins_at_once_too() -> None:
    hold = Hold("slow")
    going = Going(build([hold.agent]), toy_brief(section("slow"), section("height"), section("end", "slow", "height")))
    await going.until(lambda said: ("slow", "SectionDrafted", 1) in said)

    await commands.add_section(going.run, section("parking", "height"))
    await going.until(lambda said: ("parking", "SectionApproved", 1) in said)

    assert ("slow", "SectionApproved", 1) not in going.told
    hold.released["slow"].set()
    assert {"approved"} == set((await going.end()).values())
    assert {"slow", "height", "parking"} == set(going.run.blackboard.opened["end"]["data"]["inputs"])
    close_run("r")


# --- people ----------------------------------------------------------------------------------------------------------

ASKING = {"approve": ["plan"]}
SECTIONS = (section("height"), section("yards"), section("slow"), section("end", "height", "yards", "slow"))


@pytest.mark.parametrize("concurrency", [None, 1, 2])
@pytest.mark.parametrize("decision", ["approve", "reject"])
async def test_where_plans_are_approved_a_person_is_asked_and_only_what_gathers_is_held(
    decision: str, concurrency: int | None
) -> None:
    graph = build([proposing(height=PARKING)])
    graph.checkpointer = InMemorySaver()
    host: dict = {"configurable": {"thread_id": "t"}, "recursion_limit": 100}
    host |= {} if concurrency is None else {"max_concurrency": concurrency}
    run = open_run("r", MemoryRecord())
    await graph.ainvoke({**toy_brief(*SECTIONS, options=ASKING), "id": "r"}, host, context=run)
    out = await graph.ainvoke(Command(resume={"plan": "approve"}), host, context=run)

    (question,) = out["__interrupt__"][0].value["questions"]
    assert "section-proposed:parking" == question["id"]
    assert "“Parking”? Nobody says how many" in question["text"]
    closed = {s["id"]: s["status"] for s in sections_of(run.blackboard)}
    assert {"height": "approved", "yards": "approved", "slow": "approved", "end": "waiting"} == closed

    out = await graph.ainvoke(Command(resume={"section-proposed:parking": decision}), host, context=run)

    assert "done" == out["status"]
    wanted = ["height", "yards", "slow", *(["parking"] if decision == "approve" else []), "end"]
    assert wanted == [s["id"] for s in out["sections"]]
    assert ("parking" in run.blackboard.opened["end"]["data"]["inputs"]) == (decision == "approve")
    close_run("r")


async def test_an_answer_that_comes_while_others_are_written_begins_the_section_at_once() -> None:
    hold = Hold("slow")
    brief = toy_brief(*SECTIONS, options=ASKING)
    graph = build([hold.agent, proposing(height=PARKING)])
    graph.checkpointer = InMemorySaver()
    run = open_run("r", MemoryRecord())
    host: dict = {"configurable": {"thread_id": "t"}}
    await graph.ainvoke({**brief, "id": "r"}, host, context=run)
    running = asyncio.ensure_future(graph.ainvoke(Command(resume={"plan": "approve"}), host, context=run))
    await _until(run, lambda said: (None, "SectionConsidered") in said)

    with pytest.raises(BadInput, match="only proposed cannot be sent back"):
        await commands.answer(run, "section-proposed:parking", {"decision": "revise", "note": "x"})
    await commands.answer(run, "section-proposed:parking", "approve")
    await _until(run, lambda said: ("parking", "SectionApproved") in said)

    assert ("slow", "SectionApproved") not in [(e["section"], e["type"]) for e in run.blackboard.events.values()]
    hold.released["slow"].set()
    assert "done" == (await running)["status"]
    close_run("r")


async def _until(run: Any, happened: Callable[[list[tuple]], bool]) -> None:
    async with asyncio.timeout(20):
        while not happened([(e["section"], e["type"]) for e in run.blackboard.events.values()]):  # noqa: ASYNC110 - a board tells its lanes what happens, and no one else
            await asyncio.sleep(0.005)


# --- ends ------------------------------------------------------------------------------------------------------------


@pytest.mark.long
async def test_a_run_that_was_cut_off_anywhere_grows_to_the_same_document() -> None:
    brief = toy_brief(*SECTIONS)
    agents = [proposing(height=PARKING, parking=SectionProposed(title="Signs", why="They are not told of."))]
    whole = Going(build(agents), brief)
    await whole.end()
    close_run("r")

    for cut in range(5, len(whole.events), 4):
        going = Going(build(agents), brief)
        await going.until(lambda said, n=cut: len(said) >= n, pause=0)
        going.task.cancel()
        await going.settled()
        close_run("r")
        again = Going(build(agents), brief, going.record)
        assert {"approved"} == set((await again.end()).values())
        close_run("r")
        assert [e["id"] for e in _text(whole)] == [e["id"] for e in _text(again)]


def _text(going: Going) -> list[dict]:
    events = [e for e in going.run.blackboard.events.values() if e["type"] == SectionApproved.__name__]
    return sorted(events, key=lambda e: e["id"])


async def test_a_cancelled_run_stops_a_section_that_was_proposed() -> None:
    hold = Hold("parking")
    going = Going(build([hold.agent, proposing(height=PARKING)]), toy_brief(section("height"), section("yards")))
    await going.until(lambda said: ("parking", "SectionDrafted", 1) in said)

    await commands.cancel_run(going.run)
    await going.end()

    assert "cancelled" == going.events[-1]["data"]["status"]
    close_run("r")


async def test_nothing_works_on_after_a_fault_has_ended_the_run() -> None:
    hold = Hold("parking")

    @agent(handles=SectionDrafted, emits=())
    async def broken(event: SectionDrafted) -> None:
        if "front yard" in str(event.content):
            await hold.held.acquire()
            raise ZeroDivisionError

    agents = [hold.agent, proposing(height=PARKING), broken]
    going = Going(build(agents), toy_brief(section("height"), section("yards")))
    with pytest.raises(ZeroDivisionError):
        await going.end()

    said = len(going.told)
    hold.released["parking"].set()
    for _ in range(50):
        await asyncio.sleep(0)
    assert said == len(going.told)
    close_run("r")


# --- with a model ----------------------------------------------------------------------------------------------------


def model(*, accept: bool = True, wording: str = "", proposes: str = "Height") -> Callable[[Asked], str]:
    """Write what the sources say, propose parking from one section, and weigh what is proposed."""

    def reply(asked: Asked) -> str:
        properties = (asked.schema or {}).get("properties", {})
        if "accept" in properties:
            said = {"accept": accept, "reason": "Readers know.", "title": wording, "purpose": "", "questions": []}
            return json.dumps(said)
        if "proposed" in properties:
            seen = {"title": "Signs", "why": "They are not told of.", "quote": "front yard"}
            return json.dumps({"grade": 5, "objections": [], "proposed": [seen, {**seen, "quote": "not there"}]})
        line = "PROPOSE: Parking | nobody says how many [E3]\n" if f"section “{proposes}”" in asked.prompt else ""
        return agreeable(asked) + line if asked.drafts else agreeable(asked)

    return reply


async def written_by(online: ModelServer, reply: Callable[[Asked], str], **more: Any) -> list[dict]:
    online.reply = reply
    brief = toy_brief(section("height"), section("yards"), section("end", "height", "yards"), **more)
    return [e async for e in events_of(build(), brief)]


async def test_a_writer_proposes_with_a_line_that_is_no_part_of_the_text(online: ModelServer) -> None:
    events = await written_by(online, model(wording="Parking spaces"))

    (proposed,) = [e for e in events if e["type"] == "SectionProposed"]
    assert ("height", "writer", "Parking", "nobody says how many") == (
        proposed["section"], proposed["agent"], proposed["data"]["title"], proposed["data"]["why"]
    )  # fmt: skip
    assert "parking space" in proposed["data"]["evidence"][0]["quote"]
    assert ["height", "yards", "parking-spaces", "end"] == titles(events)
    assert "done" == events[-1]["data"]["status"]
    assert "PROPOSE" not in str([e["data"]["content"] for e in events if e["type"] == "SectionDrafted"])


async def test_the_planner_declines_with_the_models_reason(online: ModelServer) -> None:
    events = await written_by(online, model(accept=False))

    assert ["Readers know."] == [e["data"]["reason"] for e in events if e["type"] == "SectionDeclined"]
    assert ["height", "yards", "end"] == titles(events)


async def test_a_title_of_the_model_that_states_something_gives_way_to_the_one_proposed(
    online: ModelServer,
) -> None:
    events = await written_by(online, model(wording="The 99 spaces"))

    assert "parking" in titles(events)


async def test_a_planner_that_cannot_be_asked_leaves_codes_word(online: ModelServer) -> None:
    online.script = lambda asked: "refusal" if "accept" in (asked.schema or {}).get("properties", {}) else None
    events = await written_by(online, model())

    assert "parking" in titles(events)
    assert "done" == events[-1]["data"]["status"]


async def test_an_agent_that_a_blueprint_declares_may_propose_what_its_quotation_touches(online: ModelServer) -> None:
    scout = {"name": "scout", "prompt": "Look for what is missing.", "proposes": True}
    events = await written_by(online, model(proposes="-"), blueprint={"agents": [scout]})

    proposed = [e for e in events if e["type"] == "SectionProposed"]
    assert {("scout", "Signs")} == {(e["agent"], e["data"]["title"]) for e in proposed}
    assert any("front yard" in seen["quote"] for seen in proposed[0]["data"]["evidence"])
    assert 1 == len([t for t in titles(events) if t == "signs"])
