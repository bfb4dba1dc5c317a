"""Agents are called in while a section is written, declared as data, or made of anything that can be awaited."""

import json
import re

import pytest
from model_server import Asked, ModelServer, marked_up
from stories import Requested, told
from toys import events_of, section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.document.document_graph import build
from quire.graphs.events import AgentRecruited, Event, Verdict
from quire.graphs.kernel.contract import Agent
from quire.nodes.faults import BadInput

PLAIN = ["researcher", "writer", "reviewer", "compliance", "arbiter"]


class Judged(Verdict):
    """A draft was judged."""


def judge(name: str, *, on_call: bool = False, recruits: str | None = None) -> Agent:
    @agent(handles=SectionDrafted, emits=(Judged, AgentRecruited), name=name, on_call=on_call)
    async def judging(_event: SectionDrafted) -> list[Event]:
        called = [AgentRecruited(agent=recruits, reason="it names a statute")] if recruits else []
        return [*called, Judged(blocks=False, findings=[])]

    return judging


async def written(*agents: Agent, blueprint: dict | None = None, sections: tuple = ()) -> list[dict]:
    brief = toy_brief(*(sections or (section("height"), section("yards"))), blueprint=blueprint or {})
    return [e async for e in events_of(build(agents), brief)]


def said(events: list[dict], *names: str) -> list[tuple]:
    return [(e["section"], e["agent"], e["type"]) for e in events if e["agent"] in names]


async def test_an_agent_on_call_takes_part_only_once_it_is_recruited() -> None:
    events = await written(judge("lawyer", on_call=True))

    assert [] == said(events, "lawyer")


async def test_a_recruited_agent_hears_what_moved_the_other_and_the_arbiter_waits_for_it() -> None:
    events = await written(judge("lawyer", on_call=True), judge("clerk", recruits="lawyer"), sections=(section("a"),))

    assert [("a", "clerk", "AgentRecruited"), ("a", "clerk", "Judged"), ("a", "lawyer", "Judged")] == (
        said(events, "clerk", "lawyer")
    )
    drafted = next(e for e in events if e["type"] == "SectionDrafted")
    types = [(e["agent"], e["type"]) for e in events]
    assert drafted["id"] == next(e["cause"] for e in events if e["agent"] == "lawyer")
    assert types.index(("lawyer", "Judged")) < types.index(("arbiter", "SectionApproved"))


async def test_it_takes_part_in_that_section_and_no_other() -> None:
    @agent(handles=SectionDrafted, emits=AgentRecruited)
    async def clerk(event: SectionDrafted) -> AgentRecruited | None:
        about = json.dumps(event.content)
        return AgentRecruited(agent="lawyer", reason="yards are disputed") if "front yard" in about else None

    events = await written(judge("lawyer", on_call=True), clerk)

    assert [("yards", "lawyer", "Judged")] == said(events, "lawyer")


async def test_a_recruit_that_took_part_already_judges_nothing_twice() -> None:
    events = await written(judge("lawyer"), judge("clerk", recruits="lawyer"), sections=(section("a"),))

    assert [("a", "lawyer", "Judged")] == said(events, "lawyer")
    assert "done" == events[-1]["data"]["status"]


@pytest.mark.parametrize("who", ["lawyer", "declared", "editor"])
async def test_an_agent_that_nobody_declares_cannot_be_recruited_and_the_section_says_so(who: str) -> None:
    events = await written(judge("clerk", recruits=who), sections=(section("a"), section("b")))

    reasons = {e["section"]: e["data"]["reason"] for e in events if e["type"] == "SectionFailed"}
    assert dict.fromkeys("ab", f"clerk: it called in “{who}”, an agent that nobody declares") == reasons


async def test_a_recruit_may_recruit() -> None:
    agents = (judge("clerk", recruits="lawyer"), judge("lawyer", on_call=True, recruits="actuary"))
    events = await written(*agents, judge("actuary", on_call=True), sections=(section("a"),))

    assert ["clerk", "clerk", "lawyer", "lawyer", "actuary"] == [
        a for _, a, _ in said(events, "clerk", "lawyer", "actuary")
    ]


# --- declared as data ------------------------------------------------------------------------------------------------

SHALL = "The height of a building shall not exceed 40 feet."
TONE = {"name": "tone", "prompt": "Object to whatever sounds like a threat."}
LISTED = {"name": "checklist", "checklist": ["It names no limit of height.", "It names a street."]}


def reading(grade: int, *objections: dict) -> str:
    return json.dumps({"grade": grade, "objections": list(objections)})


def model(**by_words: str) -> object:
    """Reply as a writer that keeps to the source, and as readers do whose instructions hold certain words."""

    def reply(asked: Asked) -> str:
        if asked.drafts:
            sentence = {"text": SHALL, "evidence": ["E1", "E2", "E3"]}
            return marked_up([sentence], asked)
        return next((r for words, r in by_words.items() if words.replace("_", " ") in asked.prompt), reading(5))

    return reply


async def test_an_agent_declared_with_a_prompt_takes_part_with_no_code(online: ModelServer) -> None:
    objection = {"quote": "shall not exceed", "problem": "commanding"}
    online.reply = model(sounds_like_a_threat=reading(4, objection))

    events = await written(blueprint={"agents": [TONE]}, sections=(section("height"),))

    assert [("height", "tone", "DraftJudged")] == said(events, "tone")
    approved = next(e for e in events if e["type"] == "SectionApproved")
    assert ["“shall not exceed”: commanding"] == [
        f["message"] for f in approved["data"]["findings"] if f["rule"] == "tone"
    ]


async def test_what_its_checklist_demands_must_hold(online: ModelServer) -> None:
    objection = {"place": "1", "quote": "40 feet", "problem": "It does name one."}
    online.reply = model(names_a_street=reading(2, objection))

    events = await written(blueprint={"agents": [LISTED]}, sections=(section("height"),))

    sent_back = next(e for e in events if e["type"] == "RevisionRequested")
    assert "It names no limit of height." in sent_back["data"]["findings"][0]["message"]
    failed = next(e for e in events if e["type"] == "SectionFailed")
    assert "It names no limit of height." in failed["data"]["reason"]


async def test_several_declared_agents_read_the_same_draft(online: ModelServer) -> None:
    online.reply = model()

    events = await written(blueprint={"agents": [TONE, LISTED]}, sections=(section("height"),))

    assert {("height", "tone", "DraftJudged"), ("height", "checklist", "DraftJudged")} == set(
        said(events, "tone", "checklist")
    )


async def test_a_declared_agent_can_be_recruited_where_it_does_not_take_part(online: ModelServer) -> None:
    online.reply = model()
    agents = ["researcher", "writer", "reviewer", "compliance", "arbiter", "clerk"]

    events = await written(
        judge("clerk", recruits="tone"), blueprint={"agents": [TONE]}, sections=(section("height", agents=agents),)
    )

    assert [("height", "tone", "DraftJudged")] == said(events, "tone")


async def test_a_document_says_which_declared_agents_could_not_read_it() -> None:
    brief = toy_brief(section("height"), section("yards"), section("plain", agents=PLAIN), blueprint={"agents": [TONE]})

    out = await build().ainvoke(brief)

    told = "In 2 sections: nobody read it as “tone”: that takes a model, and none was asked."
    assert told in out["document"]["warnings"]


async def test_a_declared_agent_that_cannot_read_says_so() -> None:
    events = await written(blueprint={"agents": [TONE]}, sections=(section("height"),))

    approved = next(e for e in events if e["type"] == "SectionApproved")
    assert any("Nobody read it as “tone”" in f["message"] for f in approved["data"]["findings"])


@pytest.mark.parametrize("declared", [TONE, {**TONE, "handles": ["section-drafted"]}], ids=["by default", "by name"])
async def test_what_a_declared_agent_handles_may_be_spelt_either_way(declared: dict, online: ModelServer) -> None:
    online.reply = model()

    events = await written(blueprint={"agents": [declared]}, sections=(section("height"),))

    assert 1 == len(said(events, "tone"))


# --- made of anything ------------------------------------------------------------------------------------------------


class Noted(Event, terminal=True):
    by: str


class Desk:
    """Something with a coroutine method, made by somebody who has never heard of Quire."""

    def __init__(self, owner: str) -> None:
        self.owner = owner

    async def take(self, event: Requested) -> list[Noted]:
        return [Noted(by=f"{self.owner}, {event.what}, {n}") for n in (1, 2)]


async def test_whatever_can_be_awaited_is_an_agent() -> None:
    desk = agent(handles=Requested, emits=Noted, name="desk")(Desk("Ames").take)

    story = await told([desk], Requested(what="a bakery"))

    assert ["Ames, a bakery, 1", "Ames, a bakery, 2"] == [e["data"]["by"] for e in story[1:]]


async def test_an_agent_of_another_makers_takes_part_in_a_document() -> None:
    async def outsider(_event: SectionDrafted) -> Judged:
        return Judged(blocks=False, findings=[])

    events = await written(agent(handles=SectionDrafted, emits=Judged)(outsider), sections=(section("a"),))

    assert [("a", "outsider", "Judged")] == said(events, "outsider")


LANE = ["researcher", "writer", "reviewer", "compliance", "arbiter"]


@pytest.mark.parametrize(
    ("blueprint", "agents", "problem"),
    [
        pytest.param(
            {}, ["reviwer"], "sections[0].agents: there is no agent 'reviwer' (did you mean reviewer?)", id="who"
        ),
        pytest.param({}, ["editor"], "sections[0].agents: there is no agent 'editor'", id="who works elsewhere"),
        pytest.param(
            {"agents": [{**TONE, "name": "writer"}]},
            LANE,
            "agents[0].name: there is an agent 'writer'",
            id="a taken name",
        ),
        pytest.param(
            {"agents": [{**TONE, "name": "editor"}]},
            LANE,
            "agents[0].name: there is an agent 'editor'",
            id="the name of who works elsewhere",
        ),
        *(
            pytest.param(
                {"agents": [TONE, {**TONE, "name": name}]},
                LANE,
                f"agents[1].name: {name!r} is a name of Quire's own (choose another)",
                id=f"the name {name}",
            )
            for name in ("declared", "approval", "finish", "person", "document")
        ),
        pytest.param(
            {"agents": [{**TONE, "handles": ["SectionDrafed"]}]},
            LANE,
            "agents[0].handles: there is no event 'SectionDrafed' (did you mean SectionDrafted?)",
            id="what",
        ),
    ],
)
async def test_a_blueprint_that_names_what_there_is_not_is_refused(blueprint: dict, agents: list, problem: str) -> None:
    with pytest.raises(BadInput, match=re.escape(problem)):
        await written(blueprint=blueprint, sections=(section("height", agents=agents),))


async def test_a_section_may_name_agents_that_the_blueprint_declares() -> None:
    events = await written(blueprint={"agents": [TONE]}, sections=(section("a", agents=[*LANE, "tone"]), section("b")))

    assert "done" == events[-1]["data"]["status"]
