"""A budget ends a run in good order: what is finished is published, the rest is named, and nothing is overspent."""

import contextlib
import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from killing import finish, quire
from model_server import Asked, ModelServer, first_extract, marked_up
from toys import section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.nodes.event_store.accounts import Spend
from quire.nodes.event_store.memory import MemoryRecord

CHAIN = (section("height"), section("yards", "height.drafted"), section("parking", "yards"), section("end", "parking"))


def reply(asked: Asked) -> str:
    """Say what the evidence says, and object to nothing."""
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    said = {"text": first_extract(asked.prompt), "evidence": ["E1"]}
    return marked_up([said], asked)


@pytest.fixture(name="paid")
def paid_server(online: ModelServer) -> ModelServer:
    online.reply = reply
    return online


async def made(*sections: Any, **budget: float) -> dict[str, Any]:
    brief = toy_brief(*(sections or CHAIN), options={"max_rounds": 1, "budget": budget})
    return dict(await build().ainvoke(brief))


async def test_what_is_finished_when_the_budget_ends_is_published_and_the_rest_is_named(paid: ModelServer) -> None:
    out = await made(section("height"), section("yards", "height"), section("parking", "yards"), calls=5)

    assert "partial" == out["status"]
    assert ["approved", "approved", "failed"] == [s["status"] for s in out["sections"]]
    assert "the budget of 5 calls" in out["sections"][-1]["reason"]
    assert "40 feet" in out["markdown"]
    assert "the budget of 5 calls" in out["markdown"]
    assert 5 == len(paid.asked)


async def test_a_document_that_nobody_can_afford_to_read_as_a_whole_stands_and_says_so(paid: ModelServer) -> None:
    out = await made(section("height"), calls=2)

    assert "done" == out["status"]
    assert "No model has read the document as a whole: the next call would exceed the budget" in out["markdown"]
    assert 2 == len(paid.asked)


@pytest.mark.parametrize("budget", [{"calls": 3}, {"tokens": 6500}, {"usd": 0.003}, {"seconds": 0.0001}])
@pytest.mark.usefixtures("paid")
async def test_no_kind_of_budget_is_exceeded(budget: dict[str, float]) -> None:
    out = await made(**budget)
    usage = out["usage"]

    assert out["status"] in {"partial", "failed"}
    assert any("budget" in s.get("reason", "") for s in out["sections"])
    assert usage["calls"] <= budget.get("calls", 99)
    assert usage["prompt_tokens"] + usage["completion_tokens"] <= budget.get("tokens", 10**9)
    assert (usage["usd"] or 0) <= budget.get("usd", 99)


async def test_the_operators_budget_holds_whatever_the_brief_says(
    paid: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_RUN_BUDGET", '{"calls": 2}')
    await made(calls=50)

    assert 2 == len(paid.asked)


@pytest.mark.usefixtures("paid")
async def test_the_runs_of_a_tenant_share_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_TENANT_BUDGETS", '{"acme": {"calls": 4}, "*": {"calls": 1}}')
    record = MemoryRecord()
    for run, tenant in (("a1", "acme"), ("a2", "acme"), ("b1", "other")):
        brief = toy_brief(section("height"), id=run, options={"max_rounds": 1})
        await build().ainvoke(brief, context=open_run(run, record, tenant))

    assert [3, 1, 1] == [await record.calls(run) for run in ("a1", "a2", "b1")]


@pytest.mark.usefixtures("paid")
async def test_a_price_of_the_operators_is_what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_MODEL", "ours")
    monkeypatch.setenv("QUIRE_PRICES", '{"ours": {"prompt": 10, "completion": 20}}')
    record = MemoryRecord()
    brief = toy_brief(section("height"), id="r", options={"max_rounds": 1, "budget": {"usd": 9.0}})
    out = await build().ainvoke(brief, context=open_run("r", record))

    usage = out["usage"]
    assert usage["usd"] == pytest.approx((10 * usage["prompt_tokens"] + 20 * usage["completion_tokens"]) / 1e6)
    assert (
        Spend(3, usage["prompt_tokens"] + usage["completion_tokens"], pytest.approx(usage["usd"]))
        == (await record.accounts.balance("run/r")).spent
    )


def test_a_call_under_way_at_a_kill_counts_in_full_and_the_time_goes_on_where_it_stopped(
    paid: ModelServer, tmp_path: Path
) -> None:
    paid.script = lambda asked: "hang" if asked.n == 2 else None
    settings = {"OPENAI_BASE_URL": paid.url, "QUIRE_CALL_TIMEOUT": "60"}
    brief = tmp_path / "brief.json"
    limits = {"calls": 5, "seconds": 600}
    brief.write_text(json.dumps(toy_brief(section("height"), section("yards", "height"), options={"budget": limits})))
    writing = quire(tmp_path / "home", settings, "write", str(brief), "--out", str(tmp_path), "--run-id", "r")
    while len(paid.asked) < 2:
        time.sleep(0.05)
    writing.kill()
    writing.join()
    before = account(tmp_path / "home")
    finish(quire(tmp_path / "home", settings, "resume", "r"))
    after, report = account(tmp_path / "home"), json.loads((tmp_path / "run.json").read_text())

    assert 5 == after["calls"] == len(paid.asked)
    assert 1 == after["unsettled"]
    assert any("1 calls were under way when a process died" in warning for warning in report["warnings"])
    assert after["seconds"] > before["seconds"] > 0


def account(home: Path) -> dict[str, float]:
    """Read the run's account as it is stored."""
    with contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        db.row_factory = sqlite3.Row
        return dict(db.execute("SELECT * FROM accounts WHERE name = 'run/r'").fetchone())
