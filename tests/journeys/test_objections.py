"""What readers object to: it goes back, stays open and is told, or is a remark to those who make the document."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

import pytest
from model_server import Asked, ModelServer, is_verifying, marked_up, upheld
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.journal import Journal
from quire.graphs.run.objections import objections_of
from quire.nodes.event_store.port import Envelope

HEIGHT = "The height of a building shall not exceed 40 feet."
PLAIN = "By the code, the height of a building shall not exceed 40 feet."
REVIEW = "You read one section of a professional"
QUOTED = "The height of a building"
KEPT_OUT = "in words that name a figure which stands neither in the text nor in its evidence."
MISSING = "It says nothing of the front yard, which shall be at least 20 feet deep (E2)."


def reading(grade: int, problem: str, rewordings: tuple[Mapping[str, str], ...] = ()) -> Callable[[Asked], str]:
    """Write one section, and object to it with this grade; the editor proposes these words."""

    def reply(asked: Asked) -> str:
        if is_verifying(asked):
            return upheld(asked)
        if asked.drafts:
            return marked_up([{"text": HEIGHT, "evidence": ["E1"]}], asked)
        if "a whole report" in asked.prompt:
            return json.dumps({"grade": 5, "objections": [], "rewordings": list(rewordings)})
        found = [{"quote": QUOTED, "problem": problem}] if REVIEW in asked.prompt else []
        return json.dumps({"grade": grade, "objections": found})

    return reply


def brief(**options: Any) -> dict[str, Any]:
    return toy_brief(section("height"), options={"max_rounds": 1, **options})


async def told(config: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Give what is open in the document, and in the run's report."""
    out = await build().ainvoke(config)
    (written,) = out["document"]["sections"]
    events = Journal(cast("list[Envelope]", [e async for e in events_of(build(), config)]))
    return written.get("objections", []), [o["text"] for o in objections_of(events)]


@pytest.mark.parametrize(
    ("problem", "open_"),
    [
        (MISSING, f"“{QUOTED}”: {MISSING.replace(' (E2)', '')}"),
        ("The yard is 77 feet deep.", f"A reader objected to “{QUOTED}”, {KEPT_OUT}"),
    ],
    ids=["in the evidence", "nowhere"],
)
async def test_an_objection_may_name_what_its_reader_was_shown(problem: str, open_: str, online: ModelServer) -> None:
    online.reply = reading(2, problem)

    assert ([open_], [open_]) == await told(brief())


async def test_an_objection_that_sends_nothing_back_is_a_remark_to_those_who_make_the_document(
    online: ModelServer,
) -> None:
    online.reply = reading(4, MISSING)
    events = [e async for e in events_of(build(), brief(max_rounds=3))]

    assert [] == [e for e in events if e["type"] == "RevisionRequested"]
    (approved,) = [e["data"] for e in events if e["type"] == "SectionApproved"]
    (remark,) = approved["findings"]
    assert (MISSING.replace(" (E2)", ""), True) == (remark["message"].partition(": ")[2], remark["remark"])
    assert ([], []) == await told(brief())
    asked = [a.prompt for a in online.asked if REVIEW in a.prompt]
    assert "With 3 or less" in asked[0]


async def test_what_the_editor_words_otherwise_is_objected_to_no_more(online: ModelServer) -> None:
    worded = {"section": "height", "claim": "c1", "text": PLAIN, "twice": "", "why": "Say whose rule it is."}
    online.reply, online.judge = reading(2, "Say whose rule."), upheld
    assert 1 == len((await told(brief()))[0])

    online.reply = reading(2, "Say whose rule.", (worded,))

    assert 1 == len((await told(brief()))[0])  # its words stand in the new ones as well
    other = {**worded, "text": PLAIN.replace("the height of a building", "building height")}
    online.reply = reading(2, "Say whose rule.", (other,))
    assert ([], []) == await told(brief())
