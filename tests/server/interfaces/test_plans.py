"""Plans on their own: made, read, edited and followed, in the shell and over HTTP."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from cli import Quire
from model_server import Asked, ModelServer, marked_up, upheld
from prompt_prefix import Author, asked_of, notes
from serving import quire_server
from toys import section, toy_brief

WET = {
    "name": "wet.md",
    "text": "# Flood\n\n## Damage\n\nThe flood damaged 40 cellars.\n\n## Pumps\n\nTwo pumps failed.\n",
}


def brief() -> dict[str, Any]:
    sections = [section("intro", kind="template", instructions="Read on.", frame=True), section("flood")]
    return toy_brief(*sections, sources=[WET], blueprint={"plan": "open"}, facts={"question": "What was damaged?"})


def is_plan(asked: Asked) -> bool:
    return "unused" in (asked.schema or {}).get("properties", {})


def reply(asked: Asked) -> str:
    """Plan damage and pumps, and the pumps alone where somebody asks for a change; draft what the evidence says."""
    if is_plan(asked):
        more = {"form": "prose", "words": 150, "sources": [], "after": [], "answers": ["Q1"]}
        sections = [
            {
                "id": name,
                "title": name.capitalize(),
                "purpose": f"Tell {name} {name}s.",
                "questions": [f"{name}?"],
                **more,
            }
            for name in ("damage", "pumps")
        ]
        changes = "a person wants changed" in asked.prompt
        return json.dumps({"sections": sections[int(changes) :], "unused": [], "drop": []})
    if "sources" in (asked.schema or {}).get("properties", {}):
        return json.dumps({"sources": []})
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    if asked.drafts:
        said = [
            {"text": f"In row {n} the flood has damaged cellars, 40 in all.", "evidence": ["E1"]} for n in "abcdefghij"
        ]
        return marked_up(said)
    return upheld(asked)


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "brief.json").write_text(json.dumps(brief()))
    return "brief.json"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer(reply) as server:
        yield server


def online(model: ModelServer) -> dict[str, str]:
    return {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-ours"}


def sections(folder: Path) -> list[str]:
    return [s["id"] for s in json.loads((folder / "out/run.json").read_text())["sections"]]


@pytest.mark.long
def test_a_plan_is_made_edited_and_followed_without_being_paid_for_again(
    quire: Quire, path: str, tmp_path: Path, model: ModelServer
) -> None:
    made = quire("plan", path, "--out", "plan.yaml", **online(model))
    assert 0 == made.returncode, made.stderr
    assert [False, True] == [is_plan(asked) for asked in model.asked]  # it is asked what the sources are first
    assert "damage: Damage, about 150 words" in made.stdout
    assert "planning it took 2 calls" in made.stdout
    plan = yaml.safe_load((tmp_path / "plan.yaml").read_text())
    assert ["intro", "damage", "pumps"] == [s["id"] for s in plan["sections"]]

    plan["sections"] = [plan["sections"][0], {**plan["sections"][2], "title": "Why the pumps failed"}]
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(plan))
    done = quire("write", path, "--plan", "plan.yaml", "--out", "out", "--format", "md", **online(model))

    assert done.returncode in {0, 3}, done.stderr
    assert ["intro", "pumps"] == sections(tmp_path)
    assert 1 == sum(map(is_plan, model.asked))
    assert any("“Why the pumps failed”" in asked.prompt for asked in model.asked)
    assert "cancelled" in quire("runs").stdout


@pytest.mark.long
def test_without_a_model_a_plan_is_the_blueprints_own(quire: Quire, path: str, tmp_path: Path) -> None:
    made = quire("plan", path, "--out", "plan.json", "--json")
    report = json.loads(made.stdout)

    assert ["intro", "flood"] == [s["id"] for s in report["sections"]]
    assert (0, 0) == (report["calls"], report["expected"]["calls"])
    assert {"sections": report["sections"]} == json.loads((tmp_path / "plan.json").read_text())
    assert 0 == quire("write", path, "--plan", "plan.json", "--out", "out").returncode
    followed = (tmp_path / "out/document.md").read_text()
    assert 0 == quire("write", path, "--out", "out").returncode
    assert (tmp_path / "out/document.md").read_text() == followed


@pytest.mark.long
def test_the_plan_of_a_report_that_ships_can_be_followed(quire: Quire, tmp_path: Path) -> None:
    whole = {"blueprint": "general-report", "title": "Flood", "sources": [WET], "facts": {"question": "What failed?"}}
    (tmp_path / "brief.json").write_text(json.dumps(whole))

    made = quire("plan", "brief.json", "--out", "plan.yaml")

    assert 0 == made.returncode, made.stderr
    assert "summary: Summary" in made.stdout
    assert "(would be skipped)" in made.stdout
    assert quire("write", "brief.json", "--plan", "plan.yaml", "--out", "out").returncode in {0, 3}


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("sections:\n- id: a\n  title: A\n  after: [b]\n", "plan.yaml:4, sections[0].after[0]: there is no section"),
        ("sections:\n- id: a\n  titel: A\n", "sections[0].titel"),
        ("sections:\n- {id: a, title: A}\n- {id: a, title: B}\n", "plan.yaml:3, sections[1].id: 'a' is already the id"),
        ("sections: []\n", "plan.yaml:1, sections"),
        ("sections:\n- {id: a, title: A}\nnote: x\n", "plan.yaml:3, note: is no part of a plan"),
        ("- {id: a, title: A}\n", "a plan must be a mapping, not a list"),
        ("title: A\n", "sections: is missing"),
    ],
)
def test_a_plan_is_checked_as_strictly_as_a_brief(
    quire: Quire, path: str, tmp_path: Path, plan: str, told: str
) -> None:
    (tmp_path / "plan.yaml").write_text(plan)

    refused = quire("write", path, "--plan", "plan.yaml")

    assert 2 == refused.returncode
    assert told in refused.stderr


@pytest.mark.long
def test_what_a_plan_would_take_is_about_what_it_takes(
    quire: Quire, path: str, tmp_path: Path, model: ModelServer
) -> None:
    told = json.loads(quire("plan", path, "--out", "plan.yaml", "--json", **online(model)).stdout)["expected"]

    quire("write", path, "--plan", "plan.yaml", "--out", "out", **online(model))

    usage = json.loads((tmp_path / "out/run.json").read_text())
    took = usage["usage"]["prompt_tokens"] + usage["usage"]["completion_tokens"]
    assert 1 / 1.5 <= (told["prompt_tokens"] + told["completion_tokens"]) / took <= 1.5


@pytest.mark.long
@pytest.mark.parametrize("budget", ["16000", "4000"], ids=["whole", "searched"])
def test_what_a_report_would_take_is_about_what_it_takes_whether_its_sources_fit_a_prompt_or_not(
    quire: Quire, tmp_path: Path, budget: str
) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(asked_of(notes(11))))
    with ModelServer(Author()) as server:
        settings = {**online(server), "QUIRE_EVIDENCE_TOKENS": budget}
        told = json.loads(quire("plan", "brief.json", "--out", "plan.yaml", "--json", **settings).stdout)["expected"]
        quire("write", "brief.json", "--plan", "plan.yaml", "--out", "out", "--format", "md", **settings)

    took = json.loads((tmp_path / "out/run.json").read_text())["usage"]
    assert 1 / 1.5 <= told["calls"] / took["calls"] <= 1.5
    assert 1 / 1.5 <= told["prompt_tokens"] / took["prompt_tokens"] <= 1.5
    assert 1 / 1.5 <= told["completion_tokens"] / took["completion_tokens"] <= 1.5


@pytest.fixture
def server(model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in online(model).items():
        monkeypatch.setenv(name, value)
    with quire_server() as address:
        yield address


def waiting(server: str, run: str, times: int) -> dict[str, Any]:
    """Wait until a plan is asked about for the so-many-th time."""
    for _ in range(300):
        shown = httpx.get(f"{server}/documents/{run}/events", headers={"Accept": "application/json"}).json()["events"]
        report: dict[str, Any] = httpx.get(f"{server}/documents/{run}").json()
        proposed = [e["data"] for e in shown if e["type"] == "PlanProposed"]
        if report["status"] == "waiting" and len(proposed) == times:
            return dict(proposed[-1])
        time.sleep(0.1)
    raise AssertionError("it does not wait")


def test_over_http_a_plan_is_made_and_followed(server: str, model: ModelServer) -> None:
    made = httpx.post(f"{server}/plan", json=brief(), timeout=60)
    assert 200 == made.status_code, made.text
    plan = made.json()
    assert ["intro", "damage", "pumps"] == [s["id"] for s in plan["sections"]]
    assert plan["expected"]["calls"] > 0
    assert "cancelled" == httpx.get(f"{server}/documents/{plan['id']}").json()["status"]

    follows = {**brief(), "plan": {"sections": plan["sections"][:2]}}
    run = httpx.post(f"{server}/documents", json=follows).json()["id"]
    httpx.get(f"{server}/documents/{run}/events", timeout=60)

    assert ["intro", "damage"] == [s["id"] for s in httpx.get(f"{server}/documents/{run}").json()["sections"]]
    assert 1 == sum(map(is_plan, model.asked))
    refused = httpx.post(f"{server}/documents", json={**brief(), "plan": {"sections": [{"id": "a"}]}})
    assert (422, ["plan.sections[0].title"]) == (refused.status_code, [e["field"] for e in refused.json()["errors"]])


@pytest.mark.long
def test_over_http_a_plan_is_made_as_a_note_says(server: str, model: ModelServer) -> None:
    made = httpx.post(f"{server}/plan", params={"note": "Only the pumps."}, json=brief(), timeout=60)

    assert 200 == made.status_code, made.text
    assert ["intro", "pumps"] == [s["id"] for s in made.json()["sections"]]
    assert "Only the pumps." in next(asked.prompt for asked in reversed(model.asked) if is_plan(asked))


@pytest.mark.long
def test_over_http_a_plan_is_changed_as_often_as_a_person_asks(server: str) -> None:
    run = httpx.post(f"{server}/documents", json={**brief(), "options": {"approve": ["plan"]}}).json()["id"]
    assert ["intro", "damage", "pumps"] == [s["id"] for s in waiting(server, run, 1)["sections"]]

    for time_ in (2, 3):
        said = {"type": "answer", "question": "plan", "decision": "revise", "note": f"Only the pumps, {time_}."}
        assert 202 == httpx.post(f"{server}/documents/{run}/events", json=said).status_code
        assert ["intro", "pumps"] == [s["id"] for s in waiting(server, run, time_)["sections"]]
    approved = {"type": "answer", "question": "plan", "decision": "approve"}
    assert 202 == httpx.post(f"{server}/documents/{run}/events", json=approved).status_code
    httpx.get(f"{server}/documents/{run}/events", timeout=60)

    assert ["intro", "pumps"] == [s["id"] for s in httpx.get(f"{server}/documents/{run}").json()["sections"]]


@pytest.mark.long
def test_in_the_shell_a_plan_is_changed_and_asked_about_again(quire: Quire, tmp_path: Path, model: ModelServer) -> None:
    (tmp_path / "brief.json").write_text(json.dumps({**brief(), "options": {"approve": ["plan"]}}))
    first = quire("write", "brief.json", "--run-id", "r", "--out", "out", **online(model))
    second = quire("answer", "r", "plan", "revise", "--note", "Only the pumps.", **online(model))
    done = quire("answer", "r", "plan", "approve", **online(model))

    assert (4, 4) == (first.returncode, second.returncode)
    assert 'quire answer r plan revise --note "what is to change"' in first.stdout
    assert "damage: Damage" in first.stdout
    assert "question plan: May these sections be written?" in second.stdout
    assert "pumps: Pumps" in second.stdout
    assert "damage: Damage" not in second.stdout
    assert done.returncode in {0, 3}
    assert ["intro", "pumps"] == sections(tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("path", ["plan", "documents"])
def test_a_version_of_no_document_is_refused(path: str) -> None:
    with quire_server() as address:
        answer = httpx.post(f"{address}/{path}", json={"from": ""}, timeout=30)

    assert 422 == answer.status_code
    assert ["from"] == [error["field"] for error in answer.json()["errors"]]
