"""``quire evaluate``: documents are held against what was expected of them, and against an earlier evaluation."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from model_server import ModelServer
from toys import section, toy_brief

SAYS_40 = {"id": "height", "says": r"\b40 feet\b"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases").mkdir()
    _write(tmp_path / "cases" / "brief.json", toy_brief(section("height"), section("yards", "height")))
    return tmp_path / "cases"


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value))


def _expect(folder: Path, **expected: Any) -> None:
    _write(folder / "evaluation.yaml", {"brief": "brief.json", **expected})


def test_facts_traps_and_conflicts_are_counted_by_name(quire: Quire, folder: Path) -> None:
    facts = [SAYS_40, {"id": "parking", "says": "parking space", "section": "height"}]
    traps = [
        {"id": "yard", "says": "20 feet"},
        {"id": "yard-told", "says": "20 feet", "unless": "front yard"},
    ]
    _expect(folder, facts=facts, traps=traps, conflicts=[{"id": "heights", "says": ["40 feet", "45 feet"]}])

    done = quire("evaluate", str(folder), "--json")

    (told,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert 1 == done.returncode
    assert (["height"], ["parking"]) == (told["facts_found"], told["facts_missing"])
    assert ["yard"] == [fallen["id"] for fallen in told["traps_fallen_into"]]
    assert "20 feet deep" in told["traps_fallen_into"][0]["text"]
    assert ["heights"] == told["conflicts_missing"]
    assert ("done", "offline", 0, 0) == (told["status"], told["mode"], told["calls"], told["prompt_tokens"])
    plain = quire("evaluate", str(folder)).stdout
    assert "facts      1 of 2; missing: parking" in plain
    assert "traps      fell into 1 of 2" in plain


@pytest.mark.long
def test_what_is_as_expected_ends_with_0_and_fewer_facts_may_be_enough(quire: Quire, folder: Path) -> None:
    _expect(folder, facts=[SAYS_40, {"id": "moon", "says": "moon"}])
    assert 1 == quire("evaluate", str(folder)).returncode

    _expect(folder, facts=[SAYS_40, {"id": "moon", "says": "moon"}], at_least=1)
    done = quire("evaluate", str(folder))

    assert 0 == done.returncode
    assert "1 of 2 (1 are enough)" in done.stdout


def test_a_record_is_a_row_of_a_table(quire: Quire, folder: Path) -> None:
    blueprint = {
        "name": "lots",
        "title": "Lots",
        "records": {"lot": {"title": "Lots", "fields": {"lot": {"key": True}, "area": {"type": "number"}}}},
        "sections": [{"id": "lots", "title": "Lots", "kind": "table", "show": [{"kind": "table", "of": "lot"}]}],
    }
    sources = [{"name": "lots.csv", "text": "Lot,Area\nNorth,120\nSouth,90\n"}]
    _write(folder / "brief.json", {"blueprint": blueprint, "title": "Lots", "sources": sources})
    stated = {"id": "north", "record": {"lot": "north", "Area": "120"}}
    _expect(folder, facts=[stated, {"id": "crossed", "record": {"Lot": "North", "Area": "90"}}])

    told = json.loads(quire("evaluate", str(folder), "--json").stdout)

    assert (["north"], ["crossed"]) == (told["facts_found"], told["facts_missing"])


@pytest.mark.long
def test_an_earlier_run_is_compared_claim_by_claim(quire: Quire, folder: Path, tmp_path: Path) -> None:
    _expect(folder, facts=[SAYS_40, {"id": "moon", "says": "moon"}])
    before = tmp_path / "before.jsonl"
    before.write_text(quire("evaluate", str(folder), "--json").stdout)
    unchanged = quire("evaluate", str(folder), "--against", str(before))
    brief = toy_brief(section("height"), section("parking"))
    brief["sources"] = [{**brief["sources"][0], "text": brief["sources"][0]["text"].replace("40 feet", "35 feet")}]
    _write(folder / "brief.json", brief)

    worse = quire("evaluate", str(folder), "--against", str(before))
    told = json.loads(quire("evaluate", str(folder), "--against", str(before), "--json").stdout)

    assert (0, True) == (unchanged.returncode, "as before" in unchanged.stdout)
    assert 1 == worse.returncode
    assert "facts lost: height" in worse.stdout
    difference = told["difference"]
    assert ["height"] == difference["facts_lost"]
    assert any("35 feet" in said["text"] for said in difference["said_new"])
    assert any("40 feet" in said["text"] for said in difference["said_no_more"])
    assert not any("35 feet" in said["text"] for said in difference["said_no_more"])


@pytest.mark.long
def test_what_a_model_cost_is_told(quire: Quire, online: ModelServer, folder: Path) -> None:
    _expect(folder, facts=[SAYS_40], at_least=0)
    settings = {"OPENAI_BASE_URL": online.url, "QUIRE_MODEL": "my-model"}

    told = json.loads(quire("evaluate", str(folder), "--json", **settings).stdout)

    assert ("model", ["my-model"], len(online.asked)) == (told["mode"], told["models"], told["calls"])
    assert told["verdicts"]
    assert 0 < told["completion_tokens"]


def test_nobody_is_asked(quire: Quire, folder: Path) -> None:
    _write(folder / "brief.json", toy_brief(section("height"), options={"approve": ["release"]}))
    _expect(folder, facts=[SAYS_40])

    assert 0 == quire("evaluate", str(folder)).returncode


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"facts": [{"id": "x"}]}, "facts[0]"),
        ({"facts": [{"id": "x", "says": "("}]}, "facts[0]"),
        ({"facts": [{"id": "x", "says": "a"}, {"id": "x", "says": "b"}]}, "uses an id twice: x"),
        ({"facts": [], "at_least": 3}, "`at_least` is 3"),
        ({"brief": "nowhere.yaml"}, "nowhere.yaml"),
        ({"fact": []}, "fact"),
    ],
)
def test_a_wrong_evaluation_file_is_told_with_its_place(quire: Quire, folder: Path, written: Any, told: str) -> None:
    _expect(folder, **written)

    done = quire("evaluate", str(folder))

    assert 2 == done.returncode
    assert told in done.stderr


def test_a_folder_without_evaluations_and_a_file_that_is_none_are_told(quire: Quire, folder: Path) -> None:
    nothing = quire("evaluate", str(folder))
    assert (2, True) == (nothing.returncode, "evaluation.yaml" in nothing.stderr)

    _expect(folder)
    (folder / "old.jsonl").write_text('{"name": 3}\n')
    done = quire("evaluate", str(folder), "--against", str(folder / "old.jsonl"))
    assert (2, True) == (done.returncode, "old.jsonl:1" in done.stderr)
