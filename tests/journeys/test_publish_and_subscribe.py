"""Agents hear events by their type or by a base type, and join; nobody names who listens."""

import asyncio

from stories import Opinion, Requested, told
from toys import events_of, section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.document.document_graph import build
from quire.graphs.events import AgentFailed, Event, Verdict
from quire.graphs.kernel.contract import Agent
from quire.nodes.faults import SourceFault


class Legal(Opinion):
    pass


class Tax(Opinion):
    pass


class Decided(Event, terminal=True):
    on: list[str]


@agent(handles=Requested, emits=Legal)
async def lawyer(event: Requested) -> Legal:
    return Legal(text=f"{event.what} is lawful")


@agent(handles=Requested, emits=Tax)
async def accountant(event: Requested) -> Tax:
    return Tax(text=f"{event.what} is taxed")


@agent(handles=(Opinion, AgentFailed), emits=Decided, joins=True)
async def board(opinions: list[Event]) -> Decided:
    return Decided(on=[type(opinion).__name__ for opinion in opinions])


async def test_an_event_is_heard_by_everyone_who_handles_its_type() -> None:
    story = await told([lawyer, accountant, board], Requested(what="a bakery"))

    assert {("lawyer", "Legal"), ("accountant", "Tax")} == {(e["agent"], e["type"]) for e in story[1:3]}


async def test_who_handles_a_base_type_hears_every_type_below_it() -> None:
    heard = []

    @agent(handles=Opinion)
    async def clerk(event: Opinion) -> None:
        heard.append(type(event))

    await told([lawyer, accountant, clerk, board], Requested(what="a bakery"))

    assert {Legal, Tax} == set(heard)


async def test_a_join_closes_once_with_all_that_was_said() -> None:
    story = await told([lawyer, accountant, board], Requested(what="a bakery"))

    assert [["Legal", "Tax"]] == [sorted(e["data"]["on"]) for e in story if e["type"] == "Decided"]


async def test_a_join_closes_when_an_agent_failed_instead_of_speaking() -> None:
    @agent(handles=Requested, emits=Tax, name="accountant")
    async def absent(_event: Requested) -> None:
        raise SourceFault("the books are lost")

    story = await told([lawyer, absent, board], Requested(what="a bakery"))

    assert [["AgentFailed", "Legal"]] == [sorted(e["data"]["on"]) for e in story if e["type"] == "Decided"]


async def test_a_join_waits_for_the_slowest_and_holds_up_nobody_else() -> None:
    released = asyncio.Event()
    noted = []

    @agent(handles=Requested, emits=Tax, name="accountant")
    async def slow(_event: Requested) -> Tax:
        await released.wait()
        return Tax(text="at last")

    @agent(handles=Requested, emits=Legal, name="lawyer")
    async def quick(_event: Requested) -> Legal:
        noted.append("lawyer")
        released.set()
        return Legal(text="fine")

    story = await told([slow, quick, board], Requested(what="a bakery"))

    assert ["lawyer"] == noted
    assert [["Legal", "Tax"]] == [sorted(e["data"]["on"]) for e in story if e["type"] == "Decided"]


class Inspected(Verdict):
    """The premises were inspected."""


def inspector(*, blocks: bool) -> Agent:
    finding = {"rule": "inspection", "severity": "error", "message": "no fire exit", "where": "height"}

    @agent(handles=SectionDrafted, emits=Inspected, name="inspector")
    async def inspect(_event: SectionDrafted) -> Inspected:
        return Inspected(blocks=blocks, findings=[finding] if blocks else [])

    return inspect


async def test_the_arbiter_hears_the_verdict_of_an_agent_that_nobody_was_edited_for() -> None:
    events = [e async for e in events_of(build([inspector(blocks=True)]), toy_brief(section("height")))]

    failed = next(e for e in events if e["type"] == "SectionFailed")
    assert "no fire exit" in failed["data"]["reason"]
    assert "arbiter" == failed["agent"]


async def test_and_lets_the_draft_stand_where_it_does_not_block() -> None:
    events = [e async for e in events_of(build([inspector(blocks=False)]), toy_brief(section("height")))]

    types = [e["type"] for e in events]
    assert types.index("Inspected") < types.index("SectionApproved")
    assert 1 == types.count("SectionApproved")
