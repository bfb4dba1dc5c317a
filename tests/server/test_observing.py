"""What the service tells those who watch it: metrics, logs, traces; and that it tells nobody else."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
import yaml
from collector import collector
from model_server import ModelServer
from serving import ROOT, quire_server
from toys import SOURCE, section, toy_brief

CANARY = "canary-4711"
BRIEF = toy_brief(section("height"), section("yards", "height"))
WATCHED = """
import sys
def watch(event, details):
    if event == "socket.connect":
        sys.stderr.write(f"CONNECT {details[1]}\\n")
sys.addaudithook(watch)
from quire.server.cli import main
main()
"""


def written(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Write a document in a process of its own whose connections are watched."""
    (folder / "brief.yaml").write_text(yaml.safe_dump(BRIEF))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LANG", "OTEL", "QUIRE", "OPENAI"))}
    env = {**kept, "QUIRE_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-c", WATCHED, "write", "brief.yaml", "--out", "out"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=100)


def test_metrics_count_runs_sections_calls_tokens_and_waits(online: ModelServer) -> None:
    del online
    with quire_server() as address:
        document = httpx.post(f"{address}/documents", json=BRIEF, timeout=30).headers["location"]
        httpx.get(f"{address}{document}/events", timeout=60)
        usage = httpx.get(f"{address}{document}").json()["usage"]
        told = httpx.get(f"{address}/metrics")

    lines = dict(line.rsplit(" ", 1) for line in told.text.splitlines() if not line.startswith("#"))
    attempts = sum(float(value) for name, value in lines.items() if name.startswith("quire_model_attempts_total"))
    prompt = sum(float(v) for name, v in lines.items() if "quire_model_tokens_total" in name and "prompt" in name)
    assert told.headers["content-type"].startswith("text/plain")
    assert "1.0" == lines["quire_runs_begun_total"]
    assert 1 == sum(float(v) for name, v in lines.items() if name.startswith("quire_runs_ended_total"))
    assert 2 == sum(float(v) for name, v in lines.items() if name.startswith("quire_sections_closed_total"))
    assert (usage["calls"], usage["prompt_tokens"]) == (attempts, prompt)
    assert 2 <= float(lines['quire_wait_seconds_count{for="section"}'])


def test_logs_name_runs_and_sections_and_hold_no_word_of_a_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, online: ModelServer
) -> None:
    online.script = lambda asked: "error-500" if asked.n == 1 else None
    monkeypatch.setenv("OPENAI_API_KEY", f"sk-{CANARY}")
    brief = {**BRIEF, "title": CANARY, "facts": {"note": CANARY}}
    brief["sources"] = [
        {"name": "code.md", "text": f"{SOURCE['text']}\n## Height {CANARY}\n\n{CANARY} height is {CANARY}.\n"}
    ]
    brief["options"] = {"budget": {"calls": 1}}
    script = (
        "import sys, uvicorn\nfrom quire.server.observe import logs\nfrom quire.server.app import create_app\n"
        "from quire.nodes.config.settings import Settings\nlogs.configure()\n"
        "uvicorn.run(create_app(Settings.read()), port=int(sys.argv[1]), log_config=None)\n"
    )
    from serving import free_port  # noqa: PLC0415 - only here

    port, log = free_port(), tmp_path / "log"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with log.open("w") as told:
        server = subprocess.Popen([sys.executable, "-c", script, str(port)], env=env, cwd=tmp_path, stderr=told)
        try:
            address = _up(f"http://127.0.0.1:{port}")
            document = httpx.post(f"{address}/documents", json=brief, timeout=30).headers["location"]
            httpx.get(f"{address}{document}/events", timeout=60)
        finally:
            server.terminate()
            server.wait(20)

    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    run = document.rpartition("/")[2]
    assert {"height", "yards"} <= {line.get("section") for line in lines if line.get("run") == run}
    assert CANARY not in text
    assert "model call" in {line["message"] for line in lines}


def _up(address: str) -> str:
    for _ in range(300):
        try:
            httpx.get(f"{address}/health")
        except httpx.TransportError:
            threading.Event().wait(0.1)
        else:
            return address
    raise AssertionError("the server does not answer")


def test_a_run_is_a_trace_where_the_standard_variables_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as (endpoint, taken):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        with quire_server() as address:
            document = httpx.post(f"{address}/documents", json=BRIEF, timeout=30).headers["location"]
            httpx.get(f"{address}{document}/events", timeout=60)

    sent = b"".join(body for path, body in taken if path == "/v1/traces")
    assert b"document" in sent
    assert b"section" in sent
    assert b"40 feet" not in sent


def test_nothing_leaves_this_machine_or_even_the_process_when_nothing_asks_for_it(tmp_path: Path) -> None:
    done = written(tmp_path)

    assert (0, "") == (done.returncode, "".join(line for line in done.stderr.splitlines() if "CONNECT" in line))


def test_langsmith_hears_of_a_run_when_its_variables_are_set(tmp_path: Path) -> None:
    with collector() as (endpoint, taken):
        done = written(tmp_path, LANGSMITH_TRACING="true", LANGSMITH_ENDPOINT=endpoint, LANGSMITH_API_KEY="lsv2_x")

    assert 0 == done.returncode, done.stderr[-2000:]
    assert [path for path, _ in taken if path.startswith("/runs")]
    connected = [line for line in done.stderr.splitlines() if line.startswith("CONNECT")]
    assert connected
    assert all("127.0.0.1" in line for line in connected)
