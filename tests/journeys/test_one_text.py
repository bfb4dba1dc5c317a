"""The editor makes sections one text: proposals by claim, held against evidence, that reopen nobody."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from model_server import Asked, ModelServer, is_verifying, marked_up, upheld
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.nodes.evidence.content import claims_of

HEIGHT = "It is said that the height of a building shall not exceed 40 feet."
YARD = "It is said that the front yard shall be at least 20 feet deep."
SAID = {"Height": [HEIGHT], "Yards": [YARD, "One parking space is required for each 250 square feet of floor area."]}
NUMBERS = {HEIGHT: "E1", YARD: "E2", SAID["Yards"][1]: "E3"}
PLAIN = "By the code, the height of a building shall not exceed 40 feet."


def proposing(*rewordings: Mapping[str, str]) -> Callable[[Asked], str]:
    """Write two sections and propose other words for their claims."""
    sections = dict(SAID)

    def reply(asked: Asked) -> str:
        if is_verifying(asked):
            return upheld(asked)
        if asked.drafts:
            title = next(t for t in sections if f"Write the section “{t}”" in asked.prompt)
            return marked_up([{"text": text, "evidence": [NUMBERS.get(text, "E1")]} for text in sections[title]], asked)
        read = {"grade": 5, "objections": []}
        return json.dumps(read | ({"rewordings": list(rewordings)} if "a whole report" in asked.prompt else {}))

    return reply


def judging(verdict: str) -> Callable[[Asked], str]:
    """Uphold what writers say; give this verdict on what the editor words."""

    def judge(asked: Asked) -> str:
        said = json.loads(upheld(asked))
        if "By the code" in asked.prompt:
            said["verdicts"] = [{**v, "verdict": verdict} for v in said["verdicts"]]
        return json.dumps(said)

    return judge


def worded(text: str, section_: str = "height", claim: str = "c1", **more: str) -> dict[str, str]:
    return {"section": section_, "claim": claim, "text": text, "twice": "", "why": "One term for one thing.", **more}


def brief(**more: Any) -> dict[str, Any]:
    return toy_brief(section("height"), section("yards", "height"), **more)


def apart() -> dict[str, Any]:
    return toy_brief(section("height"), section("yards"))


async def told(**more: Any) -> list[dict[str, Any]]:
    return [event async for event in events_of(build(), brief(**more))]


def approved(events: Iterable[dict[str, Any]]) -> dict[str, Any]:
    (found,) = [e["data"] for e in events if e["type"] == "DocumentApproved"]
    return dict(found)


def reopened(events: Iterable[dict[str, Any]]) -> list[str]:
    return [e["section"] for e in events if e["type"] == "SectionReopened"]


def texts(out: Mapping[str, Any]) -> dict[str, list[str]]:
    made = out["document"]["sections"]
    return {s["id"]: [c["text"] for b in s["content"]["blocks"] for c in claims_of(b)] for s in made}


async def test_other_words_for_the_same_are_published_and_nobody_writes_again(online: ModelServer) -> None:
    online.reply, online.judge = proposing(worded(PLAIN)), judging("supported")

    events = await told()
    out = await build().ainvoke(brief())

    assert [] == reopened(events)
    (made,) = approved(events)["rewordings"]
    assert (HEIGHT, PLAIN, "supported") == (made["before"], made["text"], made["judged"]["verdict"])
    assert [PLAIN] == texts(out)["height"]
    assert 2 == len([a for a in online.asked if a.drafts]) / 2  # a draft a section, in each of the two runs


@pytest.mark.parametrize(
    ("proposed", "verdict"),
    [
        (worded(PLAIN), "insufficient"),
        (worded(PLAIN, claim="c9"), "supported"),
        (worded("", twice="yards c7"), "supported"),
        (worded("", twice="yards c1"), "supported"),
        (worded("", twice="height c1"), "supported"),
    ],
    ids=["not carried", "no such claim", "told nowhere", "told without its figure", "told by itself"],
)
async def test_what_is_not_carried_or_not_the_same_is_not_heard(
    proposed: dict[str, str], verdict: str, online: ModelServer
) -> None:
    online.reply, online.judge = proposing(proposed), judging(verdict)

    events = await told()

    assert [] == reopened(events)
    assert "rewordings" not in approved(events)


@pytest.mark.parametrize(
    "text",
    ["By the code, the height of a building shall not exceed 45 feet.", HEIGHT.replace("said", "said by Zanzibar")],
    ids=["figure", "name"],
)
async def test_what_would_state_something_else_is_an_objection_to_its_section(text: str, online: ModelServer) -> None:
    online.reply = proposing(worded(text))

    events = await told(options={"max_rounds": 2})

    assert {"height", "yards"} == set(reopened(events))
    opened = next(e["data"] for e in events if e["type"] == "SectionReopened" and e["section"] == "height")
    assert text in opened["findings"][0]["message"]
    assert "rewordings" not in approved(events)


async def test_what_is_told_twice_goes_where_another_section_tells_it_as_well(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SAID, "Yards", [*SAID["Yards"], HEIGHT])
    online.reply = proposing(worded("", "yards", "c3", twice="height c1"))

    out = await build().ainvoke(brief())

    assert [HEIGHT] == texts(out)["height"]
    assert SAID["Yards"][:2] == texts(out)["yards"]


async def test_what_more_than_one_section_tells_is_listed_with_where_it_belongs(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SAID, "Height", [HEIGHT, YARD])
    online.reply = proposing()

    await build().ainvoke(apart())

    (asked,) = [a.prompt for a in online.asked if "a whole report" in a.prompt]
    listed = asked.partition("Told in more than one section")[2].splitlines()
    assert ["yards c1; also height c2"] == [line for line in listed if "; also " in line]


@pytest.mark.parametrize(
    ("proposed", "left"),
    [
        (["height c2", "yards c1"], {"height": [HEIGHT], "yards": [YARD, SAID["Yards"][1]]}),
        (["yards c1", "height c2"], {"height": [HEIGHT, YARD], "yards": SAID["Yards"][1:]}),
    ],
)
async def test_of_two_that_tell_the_same_one_stays_whatever_is_proposed(
    proposed: list[str], left: dict[str, list[str]], online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SAID, "Height", [HEIGHT, YARD])
    named, other = proposed
    online.reply = proposing(worded("", *named.split(), twice=other), worded("", *other.split(), twice=named))

    assert left == texts(await build().ainvoke(apart()))


async def test_what_another_section_tells_may_be_shortened_to_what_is_left_and_where_it_is_told(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = "The height of a building is limited (see Yards)."
    monkeypatch.setitem(SAID, "Yards", [*SAID["Yards"], HEIGHT])
    online.reply, online.judge = proposing(worded(short, twice="yards c3")), upheld

    events = [event async for event in events_of(build(), apart())]

    assert [] == reopened(events)
    assert [short] == texts(await build().ainvoke(apart()))["height"]


@pytest.mark.parametrize("more", ["", " and a yard of 20 feet"], ids=["not told there", "brings something in"])
async def test_what_is_shortened_loses_nothing_and_brings_nothing_in(more: str, online: ModelServer) -> None:
    online.reply, online.judge = proposing(worded(f"A height{more} is set.", twice="yards c2")), upheld

    events = await told()

    assert [] == reopened(events)
    assert "rewordings" not in approved(events)


async def test_a_section_keeps_a_statement_for_each_question_that_it_must_answer(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SAID, "Height", [HEIGHT, YARD])
    online.reply = proposing(worded("", claim="c2", twice="yards c1"))
    asked = toy_brief(section("height", questions=["How high?", "How far away?"]), section("yards", "height"))

    assert [HEIGHT, YARD] == texts(await build().ainvoke(asked))["height"]


async def test_what_else_only_a_section_tells_that_builds_on_it_does_not_go(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SAID, "Height", [HEIGHT, YARD])
    monkeypatch.setitem(SAID, "Yards", [*SAID["Yards"], HEIGHT])
    online.reply = proposing(worded("", "height", "c1", twice="yards c3"))

    assert [HEIGHT, YARD] == texts(await build().ainvoke(brief()))["height"]


async def test_a_pointer_to_another_section_may_name_it(online: ModelServer) -> None:
    pointed = HEIGHT.replace("40 feet.", "40 feet (see Yards).")
    online.reply, online.judge = proposing(worded(pointed)), upheld

    assert [pointed] == texts(await build().ainvoke(brief()))["height"]


@pytest.mark.parametrize(("decision", "words"), [("approve", PLAIN), ("reject", HEIGHT)])
async def test_a_section_that_a_person_approved_is_only_proposed_to(
    decision: str, words: str, online: ModelServer
) -> None:
    online.reply, online.judge = proposing(worded(PLAIN)), judging("supported")
    graph, host = build(), {"configurable": {"thread_id": "t"}}
    graph.checkpointer = InMemorySaver()
    waits = await graph.ainvoke(brief(options={"approve": ["section:height", "release"]}), host)
    assert ["section:height"] == questions(waits)

    asked = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert ["rewordings"] == questions(asked)
    (question,) = asked["__interrupt__"][0].value["questions"]
    assert HEIGHT in question["text"]
    assert PLAIN in question["text"]
    release = await graph.ainvoke(Command(resume={"rewordings": decision}), host)
    assert ["release"] == questions(release)
    out = await graph.ainvoke(Command(resume={"release": "approve"}), host)
    assert [words] == texts(out)["height"]
    assert "done" == out["status"]


def questions(out: Mapping[str, Any]) -> list[str]:
    return [q["id"] for i in out.get("__interrupt__", ()) for q in i.value["questions"]]
