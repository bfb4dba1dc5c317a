"""Tokens that an endpoint read from its cache are told wherever what a run spent is told, at their own price."""

import json
from pathlib import Path

import httpx
import pytest
from cli import Quire
from model_server import ModelServer
from serving import quire_server
from toys import section, toy_brief

CACHED = 40
PRICES = json.dumps({"my-model": {"prompt": 10.0, "cached": 1.0, "completion": 0.0}})


@pytest.mark.long
def test_they_stand_in_the_report_and_the_explanation_and_cost_what_they_cost(
    quire: Quire, online: ModelServer, brief: Path, tmp_path: Path
) -> None:
    online.cached = CACHED
    told = {"OPENAI_BASE_URL": online.url, "QUIRE_MODEL": "my-model", "QUIRE_PRICES": PRICES}
    quire("write", str(brief), "--run-id", "r", "--out", str(tmp_path / "out"), "--format", "md", **told)
    usage = json.loads((tmp_path / "out/run.json").read_text())["usage"]

    cached = CACHED * len(online.asked)
    assert cached == usage["cached_tokens"] > 0
    assert pytest.approx((10 * (usage["prompt_tokens"] - cached) + cached) / 1_000_000) == usage["usd"]
    assert f"({CACHED:,} cached)" in quire("explain", "r").stdout


@pytest.mark.long
def test_a_price_that_is_not_known_is_not_zero(quire: Quire, online: ModelServer, brief: Path, tmp_path: Path) -> None:
    told = {"OPENAI_BASE_URL": online.url, "QUIRE_MODEL": "my-model"}
    quire("write", str(brief), "--run-id", "r", "--out", str(tmp_path / "out"), "--format", "md", **told)

    assert json.loads((tmp_path / "out/run.json").read_text())["usage"]["usd"] is None
    assert "price unknown" in quire("explain", "r").stdout


@pytest.mark.long
def test_metrics_count_them_and_the_attempts_without_a_price(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    online.cached = CACHED
    monkeypatch.setenv("QUIRE_MODEL", "my-model")
    with quire_server() as address:
        document = httpx.post(f"{address}/documents", json=toy_brief(section("height")), timeout=30).headers["location"]
        httpx.get(f"{address}{document}/events", timeout=60)
        metrics = httpx.get(f"{address}/metrics").text

    lines = dict(line.rsplit(" ", 1) for line in metrics.splitlines() if not line.startswith("#"))
    asked = len(online.asked)
    assert CACHED * asked == float(lines['quire_model_tokens_total{kind="cached",model="my-model"}'])
    assert asked == float(lines['quire_model_unpriced_attempts_total{model="my-model"}'])
    assert not any(name.startswith('quire_model_usd_total{model="my-model"') for name in lines)
