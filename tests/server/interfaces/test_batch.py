"""``quire write BRIEF --each ROWS``: a document a row, nothing twice, one budget over all."""

import csv
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli import Quire
from killing import attempts, finish
from killing import quire as start
from model_server import Asked, ModelServer, first_extract, marked_up
from serving import quire_server
from toys import section, toy_brief

FACTS = {"project": {"description": "x", "required": True}, "town": {"description": "x"}}
ABOUT = {"id": "about", "title": "About", "kind": "template", "instructions": "{{ facts.project }} in {{ facts.town }}"}


def _brief(tmp_path: Path, **more: Any) -> Path:
    blueprint = {"facts": FACTS}
    brief = toy_brief(ABOUT, section("height"), blueprint=blueprint, facts={"town": "Alder Falls"}, **more)
    (tmp_path / "brief.json").write_text(json.dumps(brief))
    return tmp_path / "brief.json"


def _rows(tmp_path: Path, *rows: tuple[str, str]) -> Path:
    with (tmp_path / "rows.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("project", "town"), *rows])
    return tmp_path / "rows.csv"


def _told(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def _reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    return marked_up([{"text": first_extract(asked.prompt), "evidence": ["E1"]}], asked)


def test_each_row_is_a_document_with_its_facts(quire: Quire, tmp_path: Path) -> None:
    rows = _rows(tmp_path, ("Mill", "Alder Falls"), ("Bridge", ""), ("Dam", "Selby"))

    done = quire("write", str(_brief(tmp_path)), "--each", str(rows), "--out", str(tmp_path / "out"), "--format", "md")

    assert 0 == done.returncode, done.stderr
    assert ["001-mill", "002-bridge", "003-dam"] == sorted(p.name for p in (tmp_path / "out").iterdir())
    written = [(tmp_path / "out" / name / "document.md").read_text() for name in ("002-bridge", "003-dam")]
    assert "Bridge in Alder Falls" in written[0]  # the brief's own, where a cell is empty
    assert "Dam in Selby" in written[1]
    assert 3 == len([line for line in done.stdout.splitlines() if "done" in line])


@pytest.mark.long
def test_what_is_written_is_not_written_again_and_a_new_row_is(
    quire: Quire, online: ModelServer, tmp_path: Path
) -> None:
    online.reply = _reply
    settings = {"OPENAI_BASE_URL": online.url, "QUIRE_MODEL": "my-model"}
    command = ("write", str(_brief(tmp_path)), "--each", str(tmp_path / "rows.csv"), "--out", str(tmp_path), "--json")
    _rows(tmp_path, ("Mill", "Selby"))
    first = _told(quire(*command, **settings).stdout)
    asked = len(online.asked)

    _rows(tmp_path, ("Dam", "Selby"), ("Mill", "Selby"))
    second = _told(quire(*command, **settings).stdout)

    assert 0 < asked
    assert 2 * asked == len(online.asked)
    assert first[0]["id"] == second[1]["id"] != second[0]["id"]


@pytest.mark.long
@pytest.mark.timeout(180)
def test_a_batch_that_is_killed_goes_on_and_asks_for_nothing_twice(
    quire: Quire, online: ModelServer, tmp_path: Path
) -> None:
    online.reply = _reply
    settings = {"OPENAI_BASE_URL": online.url, "QUIRE_MODEL": "my-model"}
    rows = _rows(tmp_path, ("Mill", "Selby"), ("Bridge", "Selby"), ("Dam", "Selby"))
    command = ("write", str(_brief(tmp_path)), "--each", str(rows), "--out", str(tmp_path / "out"), "--format", "md")
    whole = tmp_path / "whole"
    whole.mkdir()
    assert 0 == finish(start(whole / "home", settings, *command, told=whole))
    needed = attempts(whole / "home")

    killed = start(tmp_path / "home", settings, *command, told=tmp_path)
    while killed.is_alive() and _recorded(tmp_path / "home") < needed // 2:
        time.sleep(0.005)
    os.kill(killed.pid, signal.SIGKILL)
    killed.join(30)
    before, asked = _recorded(tmp_path / "home"), len(online.asked)
    done = quire(*command, **settings)

    assert 0 == done.returncode, done.stderr
    assert 0 < before < needed
    assert needed == attempts(tmp_path / "home")
    assert needed - before == len(online.asked) - asked
    assert 3 == len(list((tmp_path / "out").glob("*/document.md")))


def _recorded(home: Path) -> int:
    try:
        return attempts(home)
    except Exception:  # noqa: BLE001 - its tables are not there yet
        return 0


@pytest.mark.long
def test_one_budget_bounds_all_of_them(quire: Quire, online: ModelServer, tmp_path: Path) -> None:
    online.reply = _reply
    settings = {"OPENAI_BASE_URL": online.url, "QUIRE_MODEL": "my-model"}
    brief = _brief(tmp_path, options={"batch": {"budget": {"calls": 5}}})
    rows = _rows(tmp_path, *((f"Mill {n}", "Selby") for n in range(4)))

    done = quire("write", str(brief), "--each", str(rows), "--out", str(tmp_path / "out"), "--json", **settings)

    statuses = [one["status"] for one in _told(done.stdout)]
    assert 5 == len(online.asked)
    assert "done" == statuses[0]
    assert "done" != statuses[-1]
    assert 0 != done.returncode


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("Mill", "a"), ("Mill", "a")], "rows 1 and 2 ask for the same document"),
        ([("Mill", "a"), ("", "b")], "row 2"),
        ([], "holds no rows"),
    ],
)
def test_rows_that_cannot_be_written_are_told_before_anything_begins(
    quire: Quire, tmp_path: Path, rows: list[tuple[str, str]], told: str
) -> None:
    done = quire("write", str(_brief(tmp_path)), "--each", str(_rows(tmp_path, *rows)), "--out", str(tmp_path / "out"))

    assert 2 == done.returncode
    assert told in done.stderr
    assert not (tmp_path / "out").exists()
    assert 2 == quire("write", str(_brief(tmp_path)), "--each", str(tmp_path / "no.csv")).returncode


@pytest.mark.long
def test_over_http_a_batch_is_accepted_once(tmp_path: Path) -> None:
    brief = json.loads(_brief(tmp_path).read_text())
    rows = [{"project": "Mill", "town": "Selby"}, {"project": "Dam"}]
    with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
        first = client.post("/batches", json={"brief": brief, "rows": rows})
        again = client.post("/batches", json={"brief": brief, "rows": rows})
        ids = [one["id"] for one in first.json()["documents"]]
        for run in ids:
            client.get(f"/documents/{run}/events")
        written = client.get(f"/documents/{ids[1]}/content", params={"format": "md"}).text
        wrong = client.post("/batches", json={"brief": brief, "rows": [{"town": "Selby"}]})

    assert 202 == first.status_code
    assert ids == [one["id"] for one in again.json()["documents"]]
    assert [] == first.json()["rest"]
    assert "Dam in Alder Falls" in written
    assert (422, True) == (wrong.status_code, "row 1" in wrong.text)


@pytest.mark.long
def test_over_http_one_budget_bounds_all_of_them_too(online: ModelServer, tmp_path: Path) -> None:
    online.reply = _reply
    brief = json.loads(_brief(tmp_path, options={"batch": {"budget": {"calls": 5}}}).read_text())
    rows = [{"project": f"Mill {n}", "town": "Selby"} for n in range(4)]
    with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
        begun = client.post("/batches", json={"brief": brief, "rows": rows}).json()["documents"]
        for one in begun:
            client.get(f"/documents/{one['id']}/events")
        ends = [client.get(f"/documents/{one['id']}").json()["status"] for one in begun]

    assert 4 == len(ends)
    assert 5 == len(online.asked)
    assert any(end != "done" for end in ends)


@pytest.mark.long
def test_over_http_nothing_is_begun_behind_a_row_for_which_there_was_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_MAX_OPEN_RUNS", "5")
    rows = [{} for _ in range(1_000)]  # long enough that documents end while the rows behind them are looked at
    with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
        told = client.post("/batches", json={"brief": toy_brief(section("height")), "rows": rows}).json()

    begun = len(told["documents"])
    assert begun >= 5
    assert list(range(begun + 1, 1_001)) == told["rest"]
