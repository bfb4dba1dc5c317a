"""A run that is being made takes changes from outside: journalled, and still there after a crash."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from crash_stories import in_own_words
from model_server import ModelServer
from toys import Going, Hold, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run import commands as outside
from quire.graphs.run.edits import claims_to_edit
from quire.nodes.faults import BadInput

FACTS = {"client": "Harbour", "other": "x"}
TEMPLATE = {"kind": "template", "instructions": "For {{ facts.client }}."}


@pytest.fixture
def hold() -> Hold:
    return Hold("slow")


@pytest.fixture
async def going(hold: Hold) -> AsyncIterator[Going]:
    brief = toy_brief(
        section("slow"), section("header", **TEMPLATE), section("height"), section("end", "height"), facts=FACTS
    )
    made = Going(build([hold.agent]), brief)
    await made.until(lambda told: ("end", "SectionApproved", 1) in told and ("slow", "SectionDrafted", 1) in told)
    yield made
    made.task.cancel()


async def test_a_changed_section_is_written_again_and_its_dependants_know(going: Going, hold: Hold) -> None:
    await outside.change_section(going.run, "height", {"words": 3})
    hold.released["slow"].set()

    assert {"approved"} == set((await going.end()).values())
    told = going.told
    assert told.index(("height", "SectionApproved", 2)) < told.index(("end", "SectionApproved", 2))
    assert ("header", "SectionReopened", 2) not in told


async def test_a_section_at_work_takes_its_change_up_where_it_stands(going: Going, hold: Hold) -> None:
    await outside.change_section(going.run, "slow", {"title": "Yards"})
    hold.released["slow"].set()
    await going.end()

    assert ("slow", "ChangesTaken", 1) in going.told
    assert ("slow", "SectionReopened", 2) not in going.told
    assert "front yard" in going.text("slow")


async def test_a_changed_title_is_the_one_in_the_document(going: Going, hold: Hold) -> None:
    await outside.change_section(going.run, "slow", {"title": "Yards"})
    await outside.change_section(going.run, "height", {"title": "Height of buildings"})
    hold.released["slow"].set()
    await going.end()

    (published,) = [e for e in await going.record.events("r") if e["type"] == "DocumentPublished"]
    document = json.loads(await going.record.get(published["data"]["digest"]))
    assert ["Yards", "Header", "Height of buildings", "End"] == [s["title"] for s in document["sections"]]


async def test_a_changed_fact_reaches_the_sections_that_use_it_and_no_others(going: Going, hold: Hold) -> None:
    await outside.change_fact(going.run, "client", "Quay Bank")
    hold.released["slow"].set()
    await going.end()

    assert "For Quay Bank." in going.text("header")
    assert [("header", "SectionReopened", 2)] == [t for t in going.told if t[1] == "SectionReopened"]


async def test_an_added_section_starts_at_the_next_rejoin(going: Going, hold: Hold) -> None:
    await outside.add_section(going.run, section("parking", "end"))
    hold.released["slow"].set()

    assert "approved" == (await going.end())["parking"]


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        (section("height"), "there is a section 'height' already"),
        (section("new", "nowhere"), "no section 'nowhere'"),
        (section("new", "new"), "new -> new"),
        ({"id": "new"}, "title"),
    ],
)
async def test_a_section_that_cannot_be_added_is_refused(going: Going, spec: dict, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        await outside.add_section(going.run, spec)


async def test_a_cancelled_section_stops_at_once_and_the_rest_goes_on(going: Going) -> None:
    await outside.cancel_section(going.run, "slow", "not wanted")

    assert {"slow": "cancelled", "header": "approved", "height": "approved", "end": "approved"} == await going.end()


async def test_a_cancelled_run_stops_at_once(going: Going) -> None:
    await outside.cancel_run(going.run)
    await going.end()

    assert "cancelled" == going.events[-1]["data"]["status"]
    assert "cancelled" == (await going.record.events("r"))[-1]["data"]["status"]


async def test_a_finished_section_cannot_be_cancelled(going: Going) -> None:
    with pytest.raises(BadInput, match="'height' is finished"):
        await outside.cancel_section(going.run, "height")


async def test_nothing_reaches_a_run_that_is_over(going: Going, hold: Hold) -> None:
    hold.released["slow"].set()
    await going.end()

    with pytest.raises(BadInput, match="is over"):
        await outside.change_fact(going.run, "client", "x")


async def test_a_change_is_still_there_after_a_crash(going: Going, hold: Hold) -> None:
    await outside.change_section(going.run, "height", {"words": 3})
    going.task.cancel()
    await asyncio.gather(going.task, return_exceptions=True)

    hold.released["slow"].set()
    brief = toy_brief(section("slow"))
    again = Going(build([hold.agent]), brief, going.record)
    await again.end()

    assert ("height", "SectionApproved", 2) in again.told
    numbers = [e["n"] for e in await again.record.events("r")]
    assert list(range(1, len(numbers) + 1)) == numbers


async def test_what_was_changed_holds_when_the_section_is_opened_again(going: Going, hold: Hold) -> None:
    await outside.change_section(going.run, "slow", {"title": "Yards"})
    hold.released["slow"].set()
    await going.until(lambda told: ("slow", "ChangesTaken", 1) in told)
    await outside.change_fact(going.run, "client", "Quay Bank")
    await going.end()

    (planned,) = [e for e in going.run.blackboard.plan() if e["section"] == "slow"]
    assert "Yards" == planned["data"]["spec"]["title"]


async def test_an_added_section_reads_what_is_written_again_beside_it(going: Going, hold: Hold) -> None:
    await outside.change_section(going.run, "height", {"words": 3})
    await outside.add_section(going.run, section("parking", "height"))
    hold.released["slow"].set()
    await going.end()

    opened = next(e for e in going.events if (e["section"], e["type"]) == ("parking", "SectionOpened"))
    assert 2 == opened["data"]["inputs"]["height"]["epoch"]


async def test_the_same_change_sent_twice_is_one_change_and_the_same_section_is_added_once(going: Going) -> None:
    first = await outside.change_fact(going.run, "client", "Quay Bank")
    other = await outside.change_fact(going.run, "client", "Harbour")

    assert other == await outside.change_fact(going.run, "client", "Harbour")
    assert first["id"] != (await outside.change_fact(going.run, "client", "Quay Bank"))["id"]
    await outside.add_section(going.run, section("parking", "end"))
    with pytest.raises(BadInput, match="there is a section 'parking' already"):
        await outside.add_section(going.run, section("parking", "end"))


async def test_nobody_works_on_a_section_that_was_cancelled(going: Going, hold: Hold) -> None:
    await outside.cancel_section(going.run, "slow", "not wanted")
    hold.released["slow"].set()
    await going.end()

    after = going.told[going.told.index(("slow", "SectionCancelled", 1)) + 1 :]
    assert [] == [t for t in after if t[0] == "slow"]


@pytest.mark.parametrize("later", range(40))
async def test_nobody_begins_to_work_on_a_section_that_was_cancelled(later: int) -> None:
    hold = Hold("slow")
    going = Going(build([hold.agent]), toy_brief(section("slow"), section("next")))
    await going.until(lambda told: ("slow", "SectionDrafted", 1) in told, pause=0)
    for _ in range(later):  # turns of the event loop, in which those that the draft wakes are called one by one
        await asyncio.sleep(0)
    await outside.cancel_section(going.run, "slow", "not wanted")

    assert {"slow": "cancelled", "next": "approved"} == await going.end()


async def test_a_cancelled_section_stays_cancelled_when_what_it_would_build_on_is_written_again() -> None:
    hold = Hold("slow")
    slow = section("slow", "header")
    going = Going(build([hold.agent]), toy_brief(slow, section("header", **TEMPLATE), facts=FACTS))
    await going.until(lambda told: ("slow", "SectionDrafted", 1) in told)
    await outside.cancel_section(going.run, "slow", "not wanted")
    await outside.change_fact(going.run, "client", "Quay Bank")

    assert {"slow": "cancelled", "header": "approved"} == await going.end()
    assert ("header", "SectionReopened", 2) in going.told


async def test_a_person_who_edits_a_draft_that_nobody_has_judged_spares_it_no_judge(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody can judge what the model says in words of its own; so it is published in those of its source."""
    hold = Hold("height")
    with ModelServer(in_own_words) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("QUIRE_VERIFY", "code")
        going = Going(build([hold.agent]), toy_brief(section("height")))
        await going.until(lambda told: ("height", "SectionDrafted", 1) in told)
        (claim,) = claims_to_edit(going.run.blackboard, "height")
        edit = {"claim": claim["claim"], "text": "So it is built.", "behind": True}
        await outside.edit_section(going.run, "height", edit)
        hold.released["height"].set()
        await going.end()

    assert "It is said" in claim["text"]
    assert "It is said" not in going.text("height")
    assert "shall not exceed 40 feet" in going.text("height")
    assert "So it is built." in going.text("height")
