"""A model endpoint that is out of order for long: whoever has the run puts it aside, says so, and goes on."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli import Quire
from model_server import Asked, ModelServer
from serving import DATABASES, free_port, started, stopped, until_it_answers
from toys import section, toy_brief

SECTIONS = [section("height"), section("yards", "height")]


@pytest.mark.long
def test_quire_write_waits_says_so_and_goes_on(quire: Quire, brief: Path) -> None:
    def script(asked: Asked) -> str | None:
        return "error-503" if 3 <= asked.n <= 8 else None

    with ModelServer(script=script) as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_OUTAGE_PATIENCE": "0"}
        done = quire("write", str(brief), "--run-id", "r", "--out", "out", **settings)

    assert 0 == done.returncode, done.stderr
    assert "RunSuspended: the model endpoint has been out of order for" in done.stdout
    assert "tried again in 5 seconds" in done.stdout
    assert "r: done, 2 of 2 sections written" in done.stdout


class Service:
    """`quire serve` and, over Postgres, its database."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self._start()

    def _start(self) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._process = started(self._settings, "serve", "--port", str(port))
        until_it_answers(f"{self.address}/health", self._process.is_alive)

    def again(self) -> None:
        """Stop it and start it anew."""
        self.stop()
        self._start()

    def stop(self) -> None:
        stopped(self._process)

    def report(self, document: str) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.address}{document}", timeout=30).json()
        return found

    def until(self, document: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Look at a document until something holds of it."""
        for _ in range(600):
            if holds(report := self.report(document)):
                return report
            time.sleep(0.1)
        raise AssertionError(report)


@pytest.mark.long
@pytest.mark.parametrize("database", DATABASES)
def test_a_service_goes_on_by_itself_even_if_it_was_started_anew_meanwhile(
    tmp_path: Path, database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_out = False
    monkeypatch.setenv("QUIRE_OUTAGE_PATIENCE", "0")
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path / "home"))
    if database == "postgres":
        monkeypatch.setenv("QUIRE_DATABASE_URL", request.getfixturevalue("postgres").database())

    def script(asked: Asked) -> str | None:
        nonlocal is_out
        is_out = is_out or asked.n == 3
        return "error-503" if is_out else None

    with ModelServer(script=script) as server:
        service = Service({**os.environ, "OPENAI_BASE_URL": server.url})
        try:
            brief = toy_brief(*SECTIONS)
            document = httpx.post(f"{service.address}/documents", json=brief, timeout=30).headers["location"]
            waiting = service.until(document, lambda report: report["status"] == "waiting")
            service.again()
            server.script = lambda _: None
            ended = service.until(document, lambda report: report["status"] == "done")
        finally:
            service.stop()

    assert "the model endpoint has been out of order for" in waiting["reason"]
    assert ([], "") == (waiting["questions"], ended["reason"])
