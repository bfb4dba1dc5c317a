"""``quire extract`` and ``POST /extract``: records for a person to correct, taken back by a brief as they are."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from cli import Quire
from model_server import Asked, ModelServer, valid_reply
from serving import command_server, quire_server

CODE = "# Yards\n\nThe front yard shall be not less than 50 feet.\n\nA side yard shall be not less than 15 feet.\n"
BLUEPRINT = {
    "name": "yards",
    "title": "Yards",
    "records": {
        "standard": {
            "title": "Standards",
            "sources": ["*.md"],
            "one_per": "mention",
            "fields": {"standard": {"key": True}, "value": {"type": "number", "critical": True}},
        },
        "site": {"title": "Site", "sources": ["*.csv"], "fields": {"item": {"key": True}, "size": {"type": "number"}}},
    },
    "sections": [
        {
            "id": "all",
            "title": "All",
            "kind": "table",
            "show": [{"kind": "table", "of": "standard"}, {"kind": "table", "of": "site"}],
        }
    ],
}
BRIEF = {
    "blueprint": BLUEPRINT,
    "title": "Yards",
    "sources": [{"name": "code.md", "text": CODE}, {"name": "survey.csv", "text": "Item,Size\nfront yard,48 feet\n"}],
}


def reply(asked: Asked) -> str:
    if "records" not in (asked.schema or {}).get("properties", {}):
        return valid_reply(0)(asked)
    lines = asked.prompt.splitlines()
    found = []
    for name, value in (("front yard", "50 feet"), ("side yard", "15 feet")):
        (line,) = (each for each in lines if f"{name} shall be" in each)
        passage = int(line.partition(":")[0].removeprefix("E"))
        quote = f"{name} shall be not less than {value}"
        said = [("standard", name), ("value", value)]
        fields = [{"name": n, "value": v, "quote": "", "passage": passage, "column": ""} for n, v in said]
        found.append({"passage": passage, "quote": quote, "fields": fields})
    return json.dumps({"records": found})


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer(reply) as server:
        yield server


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "brief.json").write_text(json.dumps(BRIEF))
    return "brief.json"


def _online(model: ModelServer) -> dict[str, str]:
    return {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-ours"}


@pytest.mark.long
def test_records_are_extracted_corrected_and_taken_back_without_being_read_again(
    quire: Quire, path: str, tmp_path: Path, model: ModelServer
) -> None:
    made = quire("extract", path, "--out", "records.yaml", **_online(model))
    assert 0 == made.returncode, made.stderr
    assert "standard: 2" in made.stdout
    assert "reading them took 2 calls" in made.stdout
    file = (tmp_path / "records.yaml").read_text()
    assert "front yard shall be not less than 50 feet" in file

    corrected = yaml.safe_load(file)
    corrected["standard"] = corrected["standard"][1:]
    (tmp_path / "records.yaml").write_text(yaml.safe_dump(corrected))
    (tmp_path / "brief.json").write_text(json.dumps({**BRIEF, "records": "records.yaml"}))
    done = quire("write", path, "--out", "out", "--format", "md", **_online(model))

    assert 0 == done.returncode, done.stderr
    assert 2 == sum("records" in (a.schema or {}).get("properties", {}) for a in model.asked)
    document = (tmp_path / "out/document.md").read_text()
    assert "side yard" in document
    assert "50 feet" not in document


@pytest.mark.long
def test_what_a_tenant_has_had_read_is_not_paid_for_again_and_a_pruned_run_leaves_nothing(
    quire: Quire, path: str, tmp_path: Path, model: ModelServer
) -> None:
    first = quire("extract", path, "--out", "first.yaml", **_online(model))
    moved = {"name": "code.md", "text": f"\n\n{CODE}"}
    (tmp_path / "brief.json").write_text(json.dumps({**BRIEF, "sources": [moved, *BRIEF["sources"][1:]]}))
    second = quire("extract", path, "--out", "second.yaml", **_online(model))

    assert "reading them took 2 calls" in first.stdout
    assert "reading them took 0 calls" in second.stdout
    found = [yaml.safe_load((tmp_path / name).read_text())["standard"] for name in ("first.yaml", "second.yaml")]
    assert [["line 3", "line 5"], ["line 5", "line 7"]] == [[one["address"] for one in listed] for listed in found]

    assert "2 runs are removed" in quire("prune", "--older-than", "0m").stdout
    assert "took 2 calls" in quire("extract", path, "--out", "third.yaml", **_online(model)).stdout


@pytest.mark.long
def test_what_another_tenant_has_had_read_is_neither_given_nor_spared(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {**_online(model), "QUIRE_HOME": str(tmp_path), "QUIRE_API_KEYS": "one:acme,two:beta"}.items():
        monkeypatch.setenv(name, value)
    with command_server(tmp_path / "log") as address, httpx.Client(base_url=address, timeout=60) as client:
        for key, times in (("one", 2), ("one", 2), ("two", 4)):
            of = {"Authorization": f"Bearer {key}"}
            made = client.post("/extract", json=BRIEF, headers=of).raise_for_status().json()
            assert times == len(model.asked)
            other = {"Authorization": f"Bearer {'two' if key == 'one' else 'one'}"}
            assert 404 == client.get(f"/documents/{made['id']}", headers=other).status_code


def test_without_a_model_code_alone_reads_and_says_what_it_leaves(quire: Quire, path: str) -> None:
    made = quire("extract", path)

    assert 0 == made.returncode, made.stderr
    found = yaml.safe_load(made.stdout)
    assert [{"item": "front yard", "size": "48 feet"}] == [one["fields"] for one in found["site"]]
    assert [] == found["standard"]
    assert "# Not accepted: Standards: they stand in running text" in made.stdout


def test_a_brief_without_record_types_is_bad_input(quire: Quire, tmp_path: Path) -> None:
    blueprint = {key: value for key, value in BLUEPRINT.items() if key != "records"}
    section = {"id": "all", "title": "All", "kind": "template", "instructions": "All."}
    (tmp_path / "brief.json").write_text(json.dumps({**BRIEF, "blueprint": {**blueprint, "sections": [section]}}))

    made = quire("extract", "brief.json")

    assert 2 == made.returncode
    assert "declares no types of records" in made.stderr


@pytest.mark.long
def test_records_are_extracted_over_http_and_sent_back_with_the_brief(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {**_online(model), "QUIRE_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
        made: dict[str, Any] = client.post("/extract", json=BRIEF).raise_for_status().json()
        assert 2 == len(made["records"]["standard"])
        assert 1 == len(made["records"]["site"])
        assert "cancelled" == client.get(f"/documents/{made['id']}").json()["status"]

        taken = client.post("/documents", json={**BRIEF, "records": made["records"]})
        assert 202 == taken.status_code
        made["records"]["standard"][0]["fields"]["value"] = "51 feet"
        refused = client.post("/documents", json={**BRIEF, "records": made["records"]})
        assert 422 == refused.status_code
        assert "records.standard[0].fields.value" in refused.text
