"""A section may start on another's draft: kept if that is approved as drafted, written again if not."""

import json

import pytest
from model_server import ModelServer
from toys import Hold, events_of, section, toy_brief

from graphs.brief import decode
from graphs.document import build
from nodes.faults import BadInput

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


@HOSTS
async def test_it_is_written_again_when_the_approved_text_differs(config: dict, online: ModelServer) -> None:
    def reply(asked) -> str:  # noqa: ANN001 - the model server's request
        if not asked.prompt.startswith("You write"):
            sent_back = OLD in asked.prompt and "“Height”" in asked.prompt
            objections = [{"section": "height", "quote": OLD, "problem": "plainer"}] if sent_back else []
            return json.dumps({"grade": 2 if objections else 5, "objections": objections})
        again = "sent back" in asked.prompt or NEW in asked.prompt
        sentence = {"text": (NEW if again else OLD) + ".", "evidence": ["E1", "E2", "P1"]}
        return json.dumps({"paragraphs": [{"sentences": [sentence]}], "open_questions": [], "missing": []})

    online.reply = reply
    events = [e async for e in events_of(build(), BRIEF, config)]

    drafts = [e for e in events if e["type"] == "SectionDrafted" and e["section"] == "end"]
    approved = next(e for e in events if e["type"] == "SectionApproved" and e["section"] == "end")
    header = next(e for e in events if e["type"] == "SectionApproved" and e["section"] == "height")
    assert len(drafts) >= 2 or header["data"]["rounds"] == 1
    assert NEW in json.dumps(approved["data"]["content"])
    assert "done" == events[-1]["data"]["status"]


def test_waiting_for_a_draft_is_waiting_all_the_same() -> None:
    with pytest.raises(BadInput, match="a -> b -> a"):
        decode(toy_brief(section("a", "b.drafted"), section("b", "a")))
