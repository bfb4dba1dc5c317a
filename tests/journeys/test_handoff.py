"""An agent hands over to another by name, with a reason; and asks, and is answered or told that it will not be."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from model_server import Asked as ModelAsked
from model_server import ModelServer, marked_up
from stories import Requested, told
from toys import events_of, section, toy_brief

from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.document.document_graph import build
from quire.graphs.events import Event, RequestUnanswered, Verdict
from quire.graphs.kernel.agent_state import Outgoing
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.kernel.registry import WiringError
from quire.nodes.faults import SourceFault


class ClaimRaised(Event):
    text: str


class Settled(Event, terminal=True):
    by: str


@agent(handles=Requested, emits=ClaimRaised)
async def triage(event: Requested) -> Outgoing:
    return emit(ClaimRaised(text=event.what), to="lawyer", reason="it is about a contract")


def settling(name: str, to: str | None = None) -> Agent:
    """Make an agent that settles a claim, or hands it on."""

    @agent(handles=ClaimRaised, emits=(ClaimRaised, Settled), name=name)
    async def settle(event: ClaimRaised) -> Outgoing:
        return emit(event, to=to, reason=f"not for {name}") if to else emit(Settled(by=name))

    return settle


def trail(story: Sequence[dict[str, Any]]) -> list[tuple]:
    return [(e["agent"], e["type"], e.get("to"), e.get("reason")) for e in story[1:]]


async def test_only_the_named_agent_hears_what_it_is_handed_and_the_trail_says_why() -> None:
    story = await told([triage, settling("lawyer"), settling("adjuster")], Requested(what="a leak"))

    assert [
        ("triage", "ClaimRaised", "lawyer", "it is about a contract"),
        ("lawyer", "Settled", None, None),
    ] == trail(story)


async def test_what_was_handed_over_can_be_handed_on() -> None:
    story = await told([triage, settling("lawyer", to="adjuster"), settling("adjuster")], Requested(what="a leak"))

    assert [
        ("triage", "ClaimRaised", "lawyer", "it is about a contract"),
        ("lawyer", "ClaimRaised", "adjuster", "not for lawyer"),
        ("adjuster", "Settled", None, None),
    ] == trail(story)


async def test_two_agents_do_not_hand_over_to_each_other_for_ever() -> None:
    story = await told([triage, settling("lawyer", to="adjuster"), settling("adjuster", to="lawyer")],
                       Requested(what="a leak"))  # fmt: skip

    assert ("AgentFailed", "turns") == (story[-1]["type"], story[-1]["data"]["code"])
    assert len(story) < 25


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("nobody", "it handed ClaimRaised to “nobody”, who takes no part here"),
        ("triage", "it handed ClaimRaised to “triage”, who handles no such event"),
    ],
)
async def test_a_handoff_that_nobody_can_hear_is_a_failure_of_who_handed_over(to: str, problem: str) -> None:
    story = await told([triage, settling("lawyer", to=to)], Requested(what="a leak"))

    assert ("lawyer", "AgentFailed") == (story[-1]["agent"], story[-1]["type"])
    assert problem == story[-1]["data"]["reason"]


class RateAsked(Event, asks=True):
    pass


class RateGiven(Event):
    percent: int


@agent(handles=(Requested, RateGiven, RequestUnanswered), emits=(RateAsked, Settled))
async def clerk(event: Event) -> Event:
    if isinstance(event, Requested):
        return RateAsked()
    return Settled(by=f"{event.percent} %" if isinstance(event, RateGiven) else f"no rate: {event.reason}")


@agent(handles=(RateAsked, RateGiven), emits=RateGiven)
async def bank(event: Event) -> RateGiven | None:
    return RateGiven(percent=4) if isinstance(event, RateAsked) else None


@agent(handles=RateGiven)
async def listener(_event: RateGiven) -> None:
    raise AssertionError("an answer is for the asker alone")


async def test_an_answer_goes_to_the_asker_alone_and_the_asker_goes_on() -> None:
    story = await told([clerk, bank, listener], Requested(what="a loan"))

    assert [
        ("clerk", "RateAsked", None, None),
        ("bank", "RateGiven", "clerk", None),
        ("clerk", "Settled", None, None),
    ] == trail(story)
    assert "4 %" == story[-1]["data"]["by"]


async def test_an_asker_is_told_that_whoever_it_asked_has_failed() -> None:
    @agent(handles=RateAsked, emits=RateGiven, name="bank")
    async def broken(_event: RateAsked) -> RateGiven:
        raise SourceFault("the bank is closed")

    story = await told([clerk, broken], Requested(what="a loan"))

    assert ("bank", "RequestUnanswered", "clerk", None) == trail(story)[1]
    assert "no rate: the bank is closed" == story[-1]["data"]["by"]


async def test_an_asker_is_told_that_nobody_answers() -> None:
    @agent(handles=RateAsked, emits=RateGiven, name="bank")
    async def silent(_event: RateAsked) -> None:
        return None

    story = await told([clerk, silent], Requested(what="a loan"))

    assert ("reacting", "RequestUnanswered", "clerk", None) == trail(story)[1]
    assert "no rate: nobody answered" == story[-1]["data"]["by"]


async def test_an_asker_that_takes_too_long_to_be_answered_is_told_by_the_deadline() -> None:
    @agent(handles=RateAsked, emits=RateGiven, name="bank", deadline=0.05)
    async def slow(_event: RateAsked) -> None:
        await asyncio.sleep(60)

    story = await told([clerk, slow], Requested(what="a loan"))

    assert "no rate: it took longer than its 0.05 seconds" == story[-1]["data"]["by"]


async def test_the_first_answer_counts() -> None:
    @agent(handles=RateAsked, emits=RateGiven)
    async def other_bank(_event: RateAsked) -> RateGiven:
        return RateGiven(percent=5)

    story = await told([clerk, bank, other_bank], Requested(what="a loan"))

    assert ["4 %"] == [e["data"]["by"] for e in story if e["type"] == "Settled"]


async def test_who_answers_may_ask_for_its_part() -> None:
    class LevelAsked(Event, asks=True):
        pass

    class LevelGiven(Event):
        level: int

    @agent(handles=(RateAsked, LevelGiven, RequestUnanswered), emits=(LevelAsked, RateGiven), name="bank")
    async def asking(event: Event) -> Event | Outgoing:
        return emit(RateGiven(percent=event.level), to="clerk") if isinstance(event, LevelGiven) else LevelAsked()

    @agent(handles=LevelAsked, emits=LevelGiven)
    async def central_bank(_event: LevelAsked) -> LevelGiven:
        return LevelGiven(level=3)

    story = await told([clerk, asking, central_bank], Requested(what="a loan"))

    assert ["clerk", "bank", "central-bank", "bank", "clerk"] == [e["agent"] for e in story[1:]]
    assert "3 %" == story[-1]["data"]["by"]


async def test_who_asks_again_and_again_fails_in_the_end() -> None:
    @agent(handles=(Requested, RateGiven, RequestUnanswered), emits=(RateAsked, Settled), name="clerk")
    async def insatiable(_event: Event) -> RateAsked:
        return RateAsked()

    story = await told([insatiable, bank], Requested(what="a loan"))

    assert ("clerk", "AgentFailed", "turns") == (story[-1]["agent"], story[-1]["type"], story[-1]["data"]["code"])
    assert len(story) < 25


async def test_who_asks_must_be_able_to_hear_that_there_is_no_answer() -> None:
    @agent(handles=(Requested, RateGiven), emits=RateAsked)
    async def trusting(_event: Event) -> RateAsked:
        return RateAsked()

    with pytest.raises(WiringError, match=r"'trusting' asks \(RateAsked\) and does not handle"):
        await told([trusting, bank], Requested(what="a loan"))


class Priced(Verdict):
    """The draft was priced."""


async def test_a_judge_that_asks_holds_the_arbiter_until_it_has_spoken() -> None:
    @agent(handles=(SectionDrafted, RequestUnanswered), emits=(RateAsked, Priced))
    async def pricer(event: Event) -> Event:
        return RateAsked() if isinstance(event, SectionDrafted) else Priced(blocks=False, findings=[])

    @agent(handles=RateAsked, name="bank")
    async def silent(_event: RateAsked) -> None:
        return None

    events = [e async for e in events_of(build([pricer, silent]), toy_brief(section("height")))]

    types = [e["type"] for e in events]
    assert types.index("RequestUnanswered") < types.index("Priced") < types.index("SectionApproved")
    assert "SectionReviewed" in types


# --- the writer asks the researcher ----------------------------------------------------------------------------------

HEIGHT = "The height of a building shall not exceed 40 feet"


def lacking(*, always: bool = False) -> Any:
    """Reply as a model that lacks a fact the first time it writes."""
    drafts: list[int] = []

    def reply(asked: ModelAsked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        drafts.append(asked.n)
        lacks = always or len(drafts) == 1
        said = [{"text": HEIGHT + ".", "evidence": ["E1", "E2", "E3"]}]
        return marked_up(said, asked, missing=["How many parking spaces are required?"] if lacks else [])

    return reply


async def written(*agents: Agent, **more: Any) -> list[dict]:
    return [e async for e in events_of(build(agents), toy_brief(section("height", **more)))]


def between(events: list[dict]) -> list[tuple]:
    """Tell who said what to whom, from the evidence to the draft."""
    types = [e["type"] for e in events]
    return [
        (e["agent"], e["type"], e.get("to"))
        for e in events[types.index("EvidenceGathered") : types.index("SectionDrafted") + 1]
    ]


async def test_the_writer_asks_for_a_fact_and_goes_on_with_the_answer(online: ModelServer) -> None:
    online.reply = lacking()
    events = await written()

    assert [
        ("researcher", "EvidenceGathered", None),
        ("writer", "FactRequested", None),
        ("researcher", "EvidenceGathered", "writer"),
        ("writer", "SectionDrafted", None),
    ] == between(events)
    asked, answer = (e for e in events if e["type"] == "FactRequested" or e["data"].get("answers"))
    assert asked["id"] == answer["cause"]
    assert asked["data"]["question"] == answer["data"]["answers"]
    assert "done" == events[-1]["data"]["status"]


async def test_a_writer_that_still_lacks_it_does_not_ask_twice_in_a_round(online: ModelServer) -> None:
    online.reply = lacking(always=True)
    events = await written()

    assert 1 == sum(e["type"] == "FactRequested" for e in events)
    assert "done" == events[-1]["data"]["status"]


async def test_the_writer_goes_on_when_its_question_cannot_be_answered(online: ModelServer) -> None:
    @agent(handles=SectionOpened, emits=EvidenceGathered)
    async def opener(_event: SectionOpened) -> EvidenceGathered:
        return EvidenceGathered(evidence=[])

    @agent(handles=FactRequested, emits=EvidenceGathered)
    async def archivist(_event: FactRequested) -> EvidenceGathered:
        raise SourceFault("the archive is closed")

    online.reply = lacking(always=True)
    taking_part = ["opener", "archivist", "writer", "reviewer", "compliance", "arbiter"]
    events = await written(opener, archivist, agents=taking_part)

    assert [
        ("opener", "EvidenceGathered", None),
        ("writer", "FactRequested", None),
        ("archivist", "RequestUnanswered", "writer"),
        ("writer", "SectionDrafted", None),
    ] == between(events)
