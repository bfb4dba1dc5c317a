"""A run that nobody carries on is said to be interrupted, wherever it is looked at."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli import Quire
from killing import finish
from killing import quire as start
from model_server import ModelServer
from serving import ROOT, quire_server


@pytest.fixture
def holding() -> Iterator[ModelServer]:
    """Give a model that lets everybody wait."""
    with ModelServer() as server:
        server.hold = lambda _asked: True
        yield server


def stated(quire: Quire) -> str:
    return str(json.loads(quire("runs", "--json").stdout)["status"])


def at_work(brief: Path, home: Path, server: ModelServer) -> Any:
    running = start(home, {"OPENAI_BASE_URL": server.url}, "write", str(brief), "--run-id", "r", "--out", "out")
    while not server.asked:
        time.sleep(0.01)
    return running


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["Ctrl-C", "TERM", "KILL"])
def test_a_run_whose_process_ended_is_interrupted_everywhere(
    quire: Quire, brief: Path, tmp_path: Path, holding: ModelServer, sent: signal.Signals
) -> None:
    running = at_work(brief, tmp_path / "home", holding)
    live = stated(quire)
    os.kill(running.pid, sent)
    running.join(60)

    assert ("running", "interrupted") == (live, stated(quire))
    assert "quire resume r" in quire("events", "r").stderr
    if sent == signal.SIGINT:
        assert "interrupted" == json.loads((tmp_path / "out/run.json").read_text())["status"]
    with quire_server() as server:
        report, listed = httpx.get(f"{server}/documents/r").json(), httpx.get(f"{server}/documents").json()
        assert ("interrupted", ["interrupted"]) == (report["status"], [d["status"] for d in listed["documents"]])
        holding.hold = None
        assert 202 == httpx.post(f"{server}/documents/r/resume").status_code
        httpx.get(f"{server}/documents/r/events", timeout=60)
        assert httpx.get(f"{server}/documents/r").json()["status"] in {"done", "partial", "failed"}


@pytest.mark.long
def test_a_run_that_waits_for_a_person_or_for_the_server_is_not_interrupted(quire: Quire, tmp_path: Path) -> None:
    asking = json.dumps({**json.loads(BRIEF), "options": {"approve": ["plan"]}})
    (tmp_path / "asking.json").write_text(asking)
    quire("write", "asking.json", "--run-id", "r", "--out", "out")

    assert "waiting" == stated(quire)
    with quire_server() as server:
        run = httpx.post(f"{server}/documents", content=BRIEF, headers={"Content-Type": "application/json"}).json()
        seen = {httpx.get(f"{server}/documents/{run['id']}").json()["status"] for _ in range(30)}
    assert seen <= {"queued", "running", "done"}


@pytest.mark.long
@pytest.mark.parametrize("arguments", [(), ("--json",)], ids=["lines", "JSON"])
def test_a_closed_pipe_ends_it_quietly_and_it_goes_on_where_it_stood(
    quire: Quire, brief: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "quire", "write", str(brief), "--run-id", "r", "--out", "out", *arguments]
    env = {**os.environ, "QUIRE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()  # as `head -1` does
        told = process.stderr.read().decode()

    assert (130, "interrupted; to carry on: quire resume r") == (process.returncode, told.strip())
    assert "interrupted" == stated(quire) == json.loads((tmp_path / "out/run.json").read_text())["status"]
    assert 0 == quire("resume", "r").returncode
    assert "done" == json.loads((tmp_path / "out/run.json").read_text())["status"]


@pytest.mark.long
@pytest.mark.parametrize("command", [("events", "r"), ("runs",)])
def test_other_commands_say_nothing_of_a_closed_pipe(
    quire: Quire, brief: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    finish(start(tmp_path / "home", {}, "write", str(brief), "--run-id", "r", "--format", "md", told=tmp_path))
    read, write = os.pipe()
    os.close(read)
    env = {**os.environ, "QUIRE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "quire", *command], env=env, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)

    assert b"" == done.stderr
    assert "done" == stated(quire)


BRIEF = json.dumps(
    {
        "blueprint": {"name": "n", "title": "N", "sections": [{"id": "roof", "title": "Roof"}]},
        "title": "T",
        "sources": [{"name": "a.md", "text": "The roof was replaced in 2021."}],
    }
)
