"""Whatever a model says, and however its endpoint fails: the run ends, bounded, and marks no nonsense as supported."""

import json
import random

import pytest
from model_server import ModelServer, marked_up, random_faults, valid_reply
from toys import section, toy_brief

from quire.graphs.document.document_graph import build

BRIEF = toy_brief(section("height"), section("yards", "height"), section("parking"), section("end", "yards", "parking"))


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 6))])
async def test_a_run_over_random_answers_and_faults_ends_true(seed: int, online: ModelServer) -> None:
    online.reply = online.judge = valid_reply(seed)
    slow = {"hang", "body-drip", "flood", "stream-silent", "stream-keepalive", "rate-limit-hour"}
    online.script = random_faults(seed, 0.2, without=slow)

    out = await build().ainvoke(BRIEF)

    assert out["status"] in {"done", "partial", "failed"}
    assert len(online.asked) <= 300
    approved = [s for s in out["sections"] if s["status"] == "approved"]
    assert (len(approved) == 4) == (out["status"] == "done")
    for written in (out["document"] or {"sections": []})["sections"]:
        for block in written.get("content", {"blocks": []})["blocks"]:
            for claim in block.get("claims", ()):
                assert claim["basis"] != "unsupported"
                known = " ".join(e["quote"] for e in claim["evidence"])
                assert claim["basis"] != "source" or claim["text"].strip("“”").rstrip(".")[:30] in known


async def test_a_model_that_says_what_the_sources_say_is_believed(online: ModelServer) -> None:
    said = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}

    def reply(asked) -> str:  # noqa: ANN001 - the server's request
        if asked.drafts:
            return marked_up([said], asked)
        return json.dumps({"grade": 5, "objections": []})

    online.reply = reply
    out = await build().ainvoke(toy_brief(section("height")))

    assert "done" == out["status"]
    assert "Written with gpt-4o-mini" in out["markdown"]
    assert out["usage"]["calls"] == len(online.asked)
    assert out["usage"]["usd"] > 0


async def test_a_model_that_changes_a_figure_is_not(online: ModelServer) -> None:
    said = {"text": "The height of a building shall not exceed 45 feet.", "evidence": ["E1", "E2", "E3"]}
    online.reply = lambda asked: (
        marked_up([said], asked) if asked.drafts else json.dumps({"grade": 5, "objections": []})
    )

    out = await build().ainvoke(toy_brief(section("height")))

    assert "45 feet" not in out["markdown"]
    assert "40 feet" in out["markdown"]


async def test_each_agent_can_have_a_model_of_its_own(online: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_MODEL", "small")
    monkeypatch.setenv("QUIRE_MODEL_WRITER", "large")
    online.reply = valid_reply(random.Random(1).randrange(100))

    await build().ainvoke(toy_brief(section("height")))

    assert {"large"} == {a.model for a in online.asked if a.drafts}
    assert {"large"} >= {a.model for a in online.asked} - {"small"}
