"""A reopened section's dependants wait for its new epoch and never read the old text."""

import json
import re

import pytest
from model_server import Asked, ModelServer, marked_up
from toys import Going, Hold, events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run import commands
from quire.graphs.run.reopening import reopened

HOSTS = pytest.mark.parametrize("config", [{}, {"max_concurrency": 1}], ids=["free", "one at a time"])


def planned(id_: str, *after: str) -> dict:
    spec = {"id": id_, "title": id_, "after": list(after)}
    return {"section": id_, "data": {"spec": spec, "position": 0, "priority": 1}}


def approved(id_: str, epoch: int = 1) -> dict:
    return {"type": "SectionApproved", "section": id_, "epoch": epoch, "data": {}}


def error(where: str) -> dict:
    return {"rule": "r", "severity": "error", "message": "wrong", "where": where}


PLAN = [planned("a"), planned("b", "a"), planned("c", "b"), planned("d")]
LAST = {s: approved(s) for s in "abcd"}


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        pytest.param([], [], id="nothing to mend"),
        pytest.param([error("d")], [("d", 2, {})], id="one section"),
        pytest.param([error("c, block 2")], [("c", 2, {"b": 1})], id="a section that waits for an untouched one"),
        pytest.param(
            [error("a")], [("a", 2, {}), ("b", 2, {"a": 2}), ("c", 2, {"b": 2})], id="and all that build on it"
        ),
        pytest.param([{**error("a"), "severity": "warning"}], [], id="a warning opens nothing"),
        pytest.param([error("document")], [], id="nor does what names no section"),
    ],
)
def test_what_the_editor_reopens(findings: list, expected: list) -> None:
    opened = reopened(PLAN, LAST, findings, most_epochs=2)

    assert expected == [(section_, epoch, data["need"]) for section_, epoch, data in opened]


def test_a_section_is_reopened_a_bounded_number_of_times() -> None:
    assert [] == reopened(PLAN, {**LAST, "d": approved("d", 2)}, [error("d")], most_epochs=2)


OLD, NEW = "The height of a building shall not exceed 40 feet", "A building shall not exceed 40 feet in height"


class Scribe:
    """Answers as a model would; words section ``height`` anew when it is sent back, and the editor objects once."""

    def __init__(self, *, mends: bool = True) -> None:
        self.mends = mends
        self.asked: list[tuple[str, str]] = []
        """Who asked for which section, with the words of ``height`` that were shown."""

    def __call__(self, asked: Asked) -> str:
        if asked.drafts:
            return self._draft(asked)
        objections = []
        if "You read a whole report" in asked.prompt and OLD in asked.prompt:
            objections = [{"section": "height", "quote": OLD, "problem": "say it more plainly"}]
        return json.dumps({"grade": 5, "objections": objections})

    def _draft(self, asked: Asked) -> str:
        prompt = asked.prompt
        about = re.search(r"Write the section “(\w+)”", prompt)[1].lower()
        read = [words for words in (OLD, NEW) if re.search(rf"^P\d+: {words}", prompt, re.MULTILINE)]
        self.asked.append((about, ",".join(read)))
        text = (
            (NEW if self.mends and "sent back" in prompt else OLD)
            if about == "height"
            else (read or ["Yards are 20 feet deep"])[0]
        )
        return marked_up([{"text": text + ".", "evidence": ["E1", "E2", "E3", "P1"]}], asked)


@HOSTS
async def test_dependants_of_a_reopened_section_wait_for_its_new_text(config: dict, online: ModelServer) -> None:
    scribe = Scribe()
    online.reply = scribe
    brief = toy_brief(section("height"), section("summary", "height"), section("yards"))

    events = [event async for event in events_of(build(), brief, config)]

    told = [(e["type"], e["section"], e["epoch"]) for e in events]
    again = told.index(("SectionApproved", "height", 2))
    assert again < told.index(("SectionOpened", "summary", 2))
    assert [("height", ""), ("summary", OLD), ("height", ""), ("summary", NEW)] == [
        asked for asked in scribe.asked if asked[0] != "yards"
    ]
    assert ("SectionReopened", "yards", 2) not in told
    assert "done" == events[-1]["data"]["status"]


async def test_a_dependant_is_shown_what_has_changed_and_keeps_word_for_word_what_that_does_not_touch(
    online: ModelServer,
) -> None:
    parking = "One parking space is required for each 250 square feet of floor area"
    prompts: list[str] = []

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            seen = "You read a whole report" in asked.prompt and OLD in asked.prompt
            found = [{"section": "height", "quote": OLD, "problem": "say it more plainly"}] if seen else []
            return json.dumps({"grade": 5, "objections": found})
        if "section “Height”" in asked.prompt:
            said = NEW if "sent back" in asked.prompt else OLD
            return marked_up([{"text": f"{said}.", "evidence": ["E1"]}], asked)
        prompts.append(asked.prompt)
        read = NEW if re.search(rf"^P1: {NEW}", asked.prompt, re.MULTILINE) else OLD
        kept = f"{parking}." if len(prompts) == 1 else f"For 250 square feet of floor area {parking[:33].lower()}."
        return marked_up([{"text": f"{read}.", "evidence": ["P1"]}, {"text": kept, "evidence": ["E3"]}], asked)

    online.reply = reply
    events = [event async for event in events_of(build(), toy_brief(section("height"), section("summary", "height")))]

    first, second = prompts
    told = second.partition("What it builds on has changed since.")[2]
    assert "it builds on has changed" not in first
    assert f"height:\n- it no longer says: {OLD}.\n- it says now: {NEW}." in told
    assert ["goes back", "stands"] == re.findall(r"\{c[12] (stands|goes back)\}", second)
    (*_, approved) = [e["data"] for e in events if e["type"] == "SectionApproved" and e["section"] == "summary"]
    claims = [c["text"] for block in approved["content"]["blocks"] for c in block["claims"]]
    assert f"{NEW}." in claims
    assert f"{parking}." in claims


async def test_who_is_told_another_fact_changes_what_rests_on_it_and_keeps_the_rest(online: ModelServer) -> None:
    prompts: list[str] = []

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        if "section “Slow”" in asked.prompt:
            return marked_up([{"text": f"{OLD}.", "evidence": ["E1"]}], asked)
        prompts.append(asked.prompt)
        client = "Quay Bank" if "Quay Bank" in asked.prompt else "Harbour"
        kept = OLD if len(prompts) == 1 else f"As asked, {OLD[0].lower()}{OLD[1:]}"
        said = [{"text": f"The client is {client}.", "evidence": ["F1"]}, {"text": f"{kept}.", "evidence": ["E1"]}]
        return marked_up(said, asked)

    online.reply, hold = reply, Hold("slow")
    brief = toy_brief(section("height"), section("slow"), facts={"client": "Harbour"})
    going = Going(build([hold.agent]), brief)
    await going.until(lambda told: ("height", "SectionApproved", 1) in told and ("slow", "SectionDrafted", 1) in told)
    await commands.change_fact(going.run, "client", "Quay Bank")
    hold.released["slow"].set()
    await going.end()

    first, second = prompts
    told = second.partition("What it builds on has changed since.")[2]
    assert "it builds on has changed" not in first
    assert "facts of the brief:\n- it no longer says: client: Harbour\n- it says now: client: Quay Bank" in told
    assert ["goes back", "stands"] == re.findall(r"\{c[12] (stands|goes back)\}", second)
    (*_, approved) = [e["data"] for e in going.events if e["type"] == "SectionApproved" and e["section"] == "height"]
    claims = [c["text"] for block in approved["content"]["blocks"] for c in block["claims"]]
    assert ["The client is Quay Bank.", f"{OLD}."] == claims


@HOSTS
async def test_a_dependant_keeps_its_text_when_what_it_reads_is_approved_unchanged(
    config: dict, online: ModelServer
) -> None:
    online.reply = Scribe(mends=False)
    brief = toy_brief(section("height"), section("summary", "height"))

    events = [event async for event in events_of(build(), brief, config)]

    drafts = [(e["section"], e["epoch"]) for e in events if e["type"] == "SectionDrafted"]
    assert [("height", 1), ("summary", 1), ("height", 2)] == drafts
    assert {"height": 2, "summary": 2} == {e["section"]: e["epoch"] for e in events if e["type"] == "SectionApproved"}
