"""Sources that do not fit a prompt, searched by words and by meaning: recorded, kept, budgeted, and done without."""

import json
from typing import Any

import pytest
from model_server import Asked, ModelServer, first_extract, hashed, marked_up
from toys import Going, events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.insight.explanation import explain
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import searched_by_words
from quire.nodes.event_store.memory import MemoryRecord

SAID = "The certificate of the payment gateway had run out at noon."
ASKED = "Which credential was too old?"
FENCES = "\n\n".join(f"Fence number {n} stands in the village and is painted white." for n in range(100))
NOTES = {"name": "notes.md", "text": f"# Notes\n\n{FENCES}\n\n{SAID}\n\n{FENCES.replace('Fence', 'Gate')}\n"}
ALIKE = {"credential": "certificate", "old": "out"}
"""Words that mean the same to the embedding model of these tests."""


def meaning(text: str) -> list[float]:
    return hashed(" ".join(ALIKE.get(word, word) for word in text.lower().strip(" ?.").split()), 512)


def reply(asked: Asked) -> str:
    """Word the question as it is, draft the first extract, object to nothing."""
    if "queries" in (asked.schema or {}).get("properties", {}):
        return json.dumps({"queries": [ASKED, ASKED.lower()]})
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    return marked_up([{"text": first_extract(asked.prompt), "evidence": ["E1"]}], asked)


@pytest.fixture(autouse=True)
def embedder(online: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "1000")
    monkeypatch.setenv("QUIRE_EMBEDDING_MODEL", "embed-1")
    online.reply, online.vector = reply, meaning
    return online


def brief(*sections: dict[str, Any], **more: Any) -> dict[str, Any]:
    return toy_brief(*(sections or [section("cause")]), **{"sources": [NOTES], "facts": {"question": ASKED}, **more})


async def written(*sections: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [e async for e in events_of(build(), brief(*sections, **more))]


def gathered(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [e["data"] for e in events if e["type"] == "EvidenceGathered"]


def embeddings(server: ModelServer) -> list[Asked]:
    return [asked for asked in server.asked if asked.texts]


def is_found(data: dict[str, Any]) -> bool:
    return any(e["quote"] == SAID for e in data["evidence"])


async def test_what_is_asked_in_other_words_is_found_by_what_it_means(
    embedder: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data,) = gathered(await written())
    assert is_found(data)
    assert "embed-1" == data["meant_by"]
    assert "by_words_alone" not in data
    asked = embeddings(embedder)
    assert {"/v1/embeddings"} == {a.path for a in asked}
    assert len(asked) == len({t for a in asked for t in a.texts}) // 64 + 2
    assert all(len(a.texts) <= 64 for a in asked)
    assert len([t for a in asked for t in a.texts]) == len({t for a in asked for t in a.texts})

    monkeypatch.delenv("QUIRE_EMBEDDING_MODEL")
    (data,) = gathered(await written())
    assert not is_found(data)
    assert "meant_by" not in data


async def test_sections_share_what_passages_mean(embedder: ModelServer) -> None:
    found = gathered(await written(section("cause"), section("owner")))

    assert [True, True] == list(map(is_found, found))
    texts = [text for a in embeddings(embedder) for text in a.texts if text.startswith("Notes")]
    assert len(texts) == len(set(texts)) == 201


async def test_sources_that_fit_are_not_embedded(embedder: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "16000")
    (data,) = gathered(await written())

    assert is_found(data)
    assert [] == embeddings(embedder)


async def test_where_no_model_writes_nobody_is_asked(embedder: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_OFFLINE", "1")
    await written()

    assert [] == embedder.asked


@pytest.mark.parametrize("fault", ["unauthorized", "model-missing"])
async def test_an_endpoint_that_fails_is_done_without_and_the_reader_is_told(embedder: ModelServer, fault: str) -> None:
    embedder.script = lambda asked: fault if asked.texts else None
    record = MemoryRecord()
    asked = {"question": "Which fence number stands in the village?"}
    await Going(build(), brief(section("cause"), section("owner"), facts=asked), record).end()

    events = await record.events("r")
    found = gathered([dict(e) for e in events])
    assert all(data["by_words_alone"] and "meant_by" not in data for data in found)
    (said,) = searched_by_words(Journal(events))
    assert said.startswith("Sources were searched by words alone for ")
    assert {"cause", "owner"} == {word.strip(",:") for word in said.split()} & {"cause", "owner"}
    assert "done" == events[-1]["data"]["status"]


async def test_a_run_that_is_resumed_asks_for_no_vector_again_and_ranks_alike(embedder: ModelServer) -> None:
    record = MemoryRecord()
    embedder.hold = lambda asked: asked.drafts
    going = Going(build(), brief(), record)
    await going.until(lambda told: any(type_ == "EvidenceGathered" for _, type_, _ in told))
    going.task.cancel()
    await going.settled()
    before = [e for e in await record.events("r") if e["type"] == "EvidenceGathered"]
    asked = len(embeddings(embedder))

    embedder.hold = None
    again = Going(build(), brief(), record)
    await again.end()
    after = [e for e in await record.events("r") if e["type"] == "EvidenceGathered"]
    assert before == after
    assert asked == len(embeddings(embedder))


async def test_what_was_answered_before_a_crash_is_not_asked_again(embedder: ModelServer) -> None:
    record = MemoryRecord()
    embedder.hold = lambda asked: ASKED in asked.texts
    going = Going(build(), brief(), record)
    await going.until(lambda _: any(ASKED in a.texts for a in embeddings(embedder)))
    going.task.cancel()
    await going.settled()
    asked = len(embeddings(embedder))

    embedder.hold = None
    await Going(build(), brief(), record).end()
    (data,) = gathered([dict(e) for e in await record.events("r")])
    assert is_found(data)
    assert asked + 1 == len(embeddings(embedder))


async def test_calls_for_vectors_are_on_the_runs_account(embedder: ModelServer) -> None:
    out = await build().ainvoke(brief())
    assert len(embedder.asked) == out["usage"]["calls"]

    events = await written(options={"budget": {"calls": 2}})
    (data,) = gathered(events)
    assert "budget" in data["by_words_alone"]


async def test_each_call_says_what_it_came_to() -> None:
    record = MemoryRecord()
    await Going(build(), brief(), record).end()

    told = explain("r", Journal(await record.events("r")), await record.ledger("r"))
    own = [calls for calls in told["calls"] if calls["step"] == "embed"]
    assert [("cause", {"searched": 1}), ("document", {"searched": 4})] == [(c["section"], c["came_to"]) for c in own]
    assert ["embed-1"] * 2 == [c["model"] for c in own]
