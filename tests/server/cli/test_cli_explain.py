"""``quire explain``: why a document says what it says."""

import json
from pathlib import Path

from cli import Quire
from model_server import Asked, ModelServer, marked_up
from toys import section, toy_brief

SAID = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}


def written(quire: Quire, tmp_path: Path, **settings: str) -> None:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(section("height"), section("yards", "height"))))
    assert quire("write", str(path), "--run-id", "r", "--format", "md", **settings).returncode in {0, 3}


def answer(asked: Asked) -> str:
    return marked_up([SAID], asked) if asked.drafts else json.dumps({"grade": 5, "objections": []})


def test_every_claim_is_told_with_its_evidence_and_every_event_with_its_causes(quire: Quire, tmp_path: Path) -> None:
    written(quire, tmp_path)

    told = quire("explain", "r", "yards").stdout

    assert "yards: approved" in told
    assert "code.md, " in told
    assert "“The front yard shall be at least 20 feet deep.”" in told
    assert "section said SectionOpened (reads height)" in told
    assert "Model calls\n  none" in told


def test_which_questions_have_passages_that_speak_of_them(quire: Quire, tmp_path: Path) -> None:
    asked = ["What height shall a building not exceed?", "Who is the architect of the tower?"]
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(section("height", questions=asked))))
    quire("write", str(path), "--run-id", "r", "--format", "md")

    told = json.loads(quire("explain", "r", "height", "--json").stdout)["questions"]
    lines = quire("explain", "r", "height").stdout

    assert asked == [one["question"] for one in told]
    speaking = told[0]["evidence"][0]
    assert ("The height of a building shall not exceed 40 feet.", True) == (
        speaking["evidence"]["quote"],
        speaking["cited"],
    )
    assert [] == told[1]["evidence"]
    assert "  Who is the architect of the tower?\n      no passage that was gathered speaks of it" in lines
    assert [] == json.loads(quire("explain", "r", "--json").stdout)["questions"]


def test_calls_and_their_cost_are_told_by_section_and_agent(quire: Quire, tmp_path: Path) -> None:
    with ModelServer(answer, lambda a: "error-500" if a.n == 1 else None) as server:
        written(quire, tmp_path, OPENAI_BASE_URL=server.url)
        asked = len(server.asked)

    told = json.loads(quire("explain", "r", "--json").stdout)

    assert asked == sum(c["calls"] for c in told["calls"])
    assert {("height", "writer", "draft"), ("height", "reviewer", "read"), ("yards", "writer", "draft")} <= {
        (c["section"], c["agent"], c["step"]) for c in told["calls"]
    }
    assert asked - 1 == sum(c["ended"].get("ok", 0) for c in told["calls"])
    assert ["gpt-4o-mini"] == told["models"]
    assert told["usage"]["prompt_tokens"] == sum(c["usage"]["prompt_tokens"] for c in told["calls"])
    assert [("height", {"source": 1})] == [(s["id"], s["claims"]) for s in told["sections"] if s["id"] == "height"]


def test_causes_lead_back_to_the_request(quire: Quire, tmp_path: Path) -> None:
    written(quire, tmp_path)

    causes = {c["n"]: c for c in json.loads(quire("explain", "r", "--json").stdout)["causes"]}
    of_height = {c["n"]: c for c in json.loads(quire("explain", "r", "height", "--json").stdout)["causes"]}

    assert [1, "DocumentRequested", []] == [causes[1]["n"], causes[1]["type"], causes[1]["because"]]
    for number, cause in of_height.items():
        assert all(before < number for before in cause["because"])
        assert cause["because"], cause
    assert {"ClaimsVerified", "SectionReviewed", "SectionChecked"} == {
        of_height[n]["type"] for c in of_height.values() if c["type"] == "SectionApproved" for n in c["because"]
    }


def test_an_unknown_section_is_told_with_those_that_there_are(quire: Quire, tmp_path: Path) -> None:
    written(quire, tmp_path)

    done = quire("explain", "r", "nonsense")

    assert (2, True) == (done.returncode, "height, yards" in done.stderr)


def test_a_section_tells_of_each_claim_what_it_is_and_what_was_found_of_it_by_whom(
    quire: Quire, tmp_path: Path
) -> None:
    said = "No building may be higher than 40 feet [E1].\n\nTowers are hardly possible [⇒ E1].\n\n"
    said += "The sources do not name the architect [∅ looked: code].\n"
    with ModelServer(lambda a: said if a.drafts else json.dumps({"grade": 5, "objections": []})) as server:
        written(quire, tmp_path, OPENAI_BASE_URL=server.url)

    told = quire("explain", "r", "height").stdout

    assert "verifier said ClaimsVerified (judged by gpt-4o-mini)" in told
    assert "fact, supported (model), by the words “The height of a building shall not exceed 40 feet.”" in told
    assert "inference, supported (model), by the words “" in told
    assert "gap, supported (model)" in told
    assert "looked for in: code" in told
