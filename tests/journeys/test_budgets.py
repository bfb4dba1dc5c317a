"""A budget ends a run in good order: what is finished is published, the rest is named, and nothing is overspent."""

import json
import re
from typing import Any

import pytest
from model_server import Asked, ModelServer
from toys import section, toy_brief

from graphs.document import build
from graphs.run import open_run
from nodes.record.accounts import Spend
from nodes.record.memory import MemoryRecord

CHAIN = (section("height"), section("yards", "height.drafted"), section("parking", "yards"), section("end", "parking"))


def reply(asked: Asked) -> str:
    """Say what the evidence says, and object to nothing."""
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    said = {"text": re.findall(r"<<\w+ E1>>\n(.*)", asked.prompt)[0], "evidence": ["E1"]}
    return json.dumps({"paragraphs": [{"sentences": [said]}], "open_questions": [], "missing": []})


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
        open_run(run, record, tenant)
        await build().ainvoke(toy_brief(section("height"), id=run, options={"max_rounds": 1}))

    assert [3, 1, 1] == [await record.calls(run) for run in ("a1", "a2", "b1")]


@pytest.mark.usefixtures("paid")
async def test_a_price_of_the_operators_is_what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_MODEL", "ours")
    monkeypatch.setenv("QUIRE_PRICES", '{"ours": {"prompt": 10, "completion": 20}}')
    record = MemoryRecord()
    open_run("r", record)
    out = await build().ainvoke(toy_brief(section("height"), id="r", options={"max_rounds": 1, "budget": {"usd": 9.0}}))

    usage = out["usage"]
    assert usage["usd"] == pytest.approx((10 * usage["prompt_tokens"] + 20 * usage["completion_tokens"]) / 1e6)
    assert (
        Spend(3, usage["prompt_tokens"] + usage["completion_tokens"], pytest.approx(usage["usd"]))
        == (await record.accounts.balance("run/r")).spent
    )
