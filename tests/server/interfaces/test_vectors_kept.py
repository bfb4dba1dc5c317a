"""What a passage means serves the tenant's later runs and nobody else's, and goes with the last of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from documents import written_for
from model_server import Asked, ModelServer, first_extract, marked_up
from serving import command_server
from toys import section, toy_brief

FENCES = "\n\n".join(f"Fence number {n} stands in the village and is painted white." for n in range(90))
FIRST = {"name": "fences.md", "text": f"# Fences\n\n{FENCES}\n"}
SECOND = {"name": "walls.md", "text": f"# Walls\n\n{FENCES.replace('Fence', 'Wall')}\n"}
SMALL = {"QUIRE_EVIDENCE_TOKENS": "1000", "QUIRE_EMBEDDING_MODEL": "embed-1"}
QUESTION = "Which fence is white?"


def reply(asked: Asked) -> str:
    if "queries" in (asked.schema or {}).get("properties", {}):
        return json.dumps({"queries": [QUESTION, QUESTION.lower()]})
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    return marked_up([{"text": first_extract(asked.prompt), "evidence": ["E1"]}], asked)


def brief(*sources: dict[str, str]) -> dict[str, Any]:
    return toy_brief(section("fences"), sources=list(sources), facts={"question": QUESTION})


def texts(server: ModelServer) -> list[str]:
    return [text for asked in server.asked for text in asked.texts]


@pytest.mark.long
def test_a_later_run_pays_only_for_passages_that_are_new_and_a_pruned_one_leaves_nothing(
    quire: Quire, tmp_path: Path
) -> None:
    with ModelServer(reply) as server:
        place = {"OPENAI_BASE_URL": server.url, **SMALL}
        asked: list[int] = []
        found: list[Any] = []
        for name, sources in (("first", [FIRST]), ("second", [FIRST]), ("third", [FIRST, SECOND])):
            (tmp_path / f"{name}.json").write_text(json.dumps(brief(*sources)))
            before = len(texts(server))
            written = quire("write", f"{name}.json", "--run-id", name, "--out", name, "--format", "md", **place)
            assert 0 == written.returncode, written.stderr
            asked.append(len(texts(server)) - before)
            events = [json.loads(line) for line in quire("events", name, "--json", **place).stdout.splitlines()]
            found.append(next(e["data"] for e in events if e["type"] == "EvidenceGathered"))
        assert [90 + 2, 0, 90] == asked
        assert found[0] == found[1]
        assert {"embed-1"} == {data["meant_by"] for data in found}

        assert "3 runs are removed" in quire("prune", "--older-than", "0m", **place).stdout
        before = len(texts(server))
        quire("write", "first.json", "--run-id", "fourth", "--out", "fourth", "--format", "md", **place)
        assert 90 + 2 == len(texts(server)) - before


@pytest.mark.long
def test_another_tenant_pays_for_itself(tmp_path: Path, online: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    online.reply = reply
    monkeypatch.setenv("QUIRE_API_KEYS", "one:acme,two:beta")
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)
    with command_server(tmp_path / "log") as server:
        for key, times in (("one", 1), ("one", 1), ("two", 2)):
            written_for(server, key, brief(FIRST))
            assert times * 92 == len(texts(online))


@pytest.mark.long
def test_a_version_pays_for_new_passages_alone_and_its_plan_asks_nobody(quire: Quire, tmp_path: Path) -> None:
    more = {**FIRST, "text": f"{FIRST['text']}\nA boat lies in the harbour.\n"}
    for name, source in (("one", FIRST), ("two", more)):
        (tmp_path / f"{name}.json").write_text(json.dumps(brief(source)))
    with ModelServer(reply) as server:
        place = {"OPENAI_BASE_URL": server.url, **SMALL}
        assert 0 == quire("write", "one.json", "--run-id", "one", "--out", "one", "--format", "md", **place).returncode
        known = len(server.asked)
        plan = quire("plan", "one.json", "--against", "one", "--json", **place)
        assert [True] == [one["stands"] for one in json.loads(plan.stdout)["versions"]]
        assert known == len(server.asked)

        version = ("write", "two.json", "--from", "one", "--run-id", "two", "--out", "two", "--format", "md")
        assert 0 == quire(*version, **place).returncode
        assert [["Fences\nA boat lies in the harbour."]] == [asked.texts for asked in server.asked[known:]]


@pytest.mark.long
def test_a_plan_foretells_what_vectors_take(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(brief(FIRST)))
    with ModelServer(reply) as server:
        place = {"OPENAI_BASE_URL": server.url}
        priced = json.dumps({"embed-1": {"prompt": 1.0, "completion": 0}})
        settings: list[dict[str, str]] = [
            {"QUIRE_EVIDENCE_TOKENS": SMALL["QUIRE_EVIDENCE_TOKENS"]},
            SMALL,
            {**SMALL, "QUIRE_PRICES": priced},
        ]
        told = [json.loads(quire("plan", "one.json", "--json", **place, **s).stdout)["expected"] for s in settings]
        assert [] == server.asked
    plain, unpriced, whole = told
    assert plain["calls"] + 3 == unpriced["calls"] == whole["calls"]
    tokens = whole["prompt_tokens"] - plain["prompt_tokens"]
    assert 90 * 10 < tokens < 90 * 25
    assert unpriced["usd"] is None
    assert pytest.approx(whole["usd"] - plain["usd"], rel=0.05) == tokens / 1e6
