"""Whoever listens to a run hears its replies grow; the document is the same as if nobody did."""

import json

from model_server import Asked, ModelServer, marked_up
from toys import section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.graphs.run.token_stream import Words
from quire.nodes.event_store.memory import MemoryRecord

SAID = "The height of a building shall not exceed 40 feet."


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


async def test_a_listener_hears_the_draft_grow_and_the_document_does_not_change(online: ModelServer) -> None:
    online.reply = reply
    unheard = await build().ainvoke(toy_brief(section("height")))
    run, heard = open_run("heard", MemoryRecord()), list[Words]()
    with run.listeners.heard_by(heard.append):
        out = await build().ainvoke(toy_brief(section("height"), id="heard"), context=run)

    drafts = [w for w in heard if w.step == "draft"]
    assert SAID == "".join(w.text for w in drafts).strip()
    assert len(drafts) > 3
    assert {("height", 1, "writer", "draft")} == {(w.section, w.epoch, w.agent, w.step) for w in drafts}
    assert unheard["markdown"] == out["markdown"]
    assert [False, False, False, True, False, False] == [asked.stream for asked in online.asked]


async def test_what_a_failed_attempt_said_is_void_and_said_again(online: ModelServer) -> None:
    online.reply = reply
    online.script = lambda asked: "stream-unfinished" if asked.n == 1 else None
    run, heard = open_run("twice", MemoryRecord()), list[Words]()
    with run.listeners.heard_by(heard.append):
        out = await build().ainvoke(toy_brief(section("height"), id="twice"), context=run)

    texts = [w.text for w in heard if w.step == "draft"]
    assert 1 == texts.count("")
    assert SAID == "".join(texts[texts.index("") :]).strip()
    assert "done" == out["status"]
