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
from collector import attributes, collector, spans_in
from model_server import ModelServer
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
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
    took = {
        name: float(v) for name, v in lines.items() if name.startswith("gen_ai_client_operation_duration_seconds_count")
    }
    assert sum(took.values()) == attempts
    assert all('gen_ai_request_model="' in name for name in took)
    used = sum(float(v) for name, v in lines.items() if "token_usage_sum" in name and "input" in name)
    assert used == prompt
    assert "_created" not in told.text
    assert "process_resident_memory_bytes" in lines


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
def test_agents_and_model_calls_are_spans_by_the_conventions(tmp_path: Path) -> None:
    with collector() as (endpoint, taken), ModelServer() as models:
        models.script = lambda asked: "error-500" if asked.n == 1 else None
        done = written(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, OPENAI_BASE_URL=models.url, QUIRE_MODEL="m-1")

    assert not done.stderr or "Traceback" not in done.stderr, done.stderr
    spans = spans_in(taken)
    calls = [span for span in spans if span.name == "chat m-1"]
    assert len(calls) == len(models.asked)
    assert {span.kind for span in calls} == {Span.SPAN_KIND_CLIENT}
    told = [attributes(span) for span in calls]
    assert {one["gen_ai.operation.name"] for one in told} == {"chat"}
    assert {one["gen_ai.provider.name"] for one in told} == {"openai"}
    assert {"gen_ai.response.model", "gen_ai.response.finish_reasons", "gen_ai.usage.input_tokens"} <= set(told[-1])
    failed = [span for span in calls if span.status.code == Status.STATUS_CODE_ERROR]
    assert len(failed) == 1
    assert attributes(failed[0])["error.type"]
    by_id = {span.span_id: span for span in spans}
    agents = [span for span in spans if span.name.startswith("invoke_agent ")]
    assert {"invoke_agent writer", "invoke_agent reviewer", "invoke_agent planner"} <= {span.name for span in agents}
    for span in calls:
        agent = attributes(span)["gen_ai.agent.name"]
        assert by_id[span.parent_span_id].name == f"invoke_agent {agent}"
    assert all(span.end_time_unix_nano >= span.start_time_unix_nano for span in spans)
    assert [span.name for span in spans if not span.parent_span_id] == ["document"]


@pytest.mark.long
def test_a_run_that_failed_is_a_span_that_failed(tmp_path: Path) -> None:
    with collector() as (endpoint, taken), ModelServer() as models:
        models.script = lambda _: "error-401"
        settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OPENAI_BASE_URL": models.url}
        done = written(tmp_path, **settings)

    assert done.returncode == 1
    spans = spans_in(taken)
    status = {span.name: span.status.code for span in spans}
    assert status["document"] == Status.STATUS_CODE_ERROR
    assert status["section height"] == Status.STATUS_CODE_ERROR


@pytest.mark.long
def test_a_program_that_sends_its_own_spans_gets_ours_among_them(tmp_path: Path) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(BRIEF))
    program = """
import asyncio, sys
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
kept = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
trace.set_tracer_provider(provider)
import quire
if sys.argv[1] == "write":
    quire.write("brief.json")
else:
    asyncio.run(quire.graph.ainvoke(quire.load("brief.json")))
print(sorted({span.name for span in kept.get_finished_spans()}))
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for way in ("write", "graph"):
        command = [sys.executable, "-c", program, way]
        ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=100)
        assert {"document", "section height", "invoke_agent writer"} <= set(json.loads(ran.stdout.replace("'", '"')))


@pytest.mark.long
def test_nothing_leaves_this_machine_or_even_the_process_when_nothing_asks_for_it(tmp_path: Path) -> None:
    done = written(tmp_path)

    assert (0, "") == (done.returncode, "".join(line for line in done.stderr.splitlines() if "CONNECT" in line))


@pytest.mark.long
def test_langsmith_hears_of_a_run_when_its_variables_are_set(tmp_path: Path) -> None:
    with collector() as (endpoint, taken):
        done = written(tmp_path, LANGSMITH_TRACING="true", LANGSMITH_ENDPOINT=endpoint, LANGSMITH_API_KEY="lsv2_x")

    assert 0 == done.returncode, done.stderr[-2000:]
    assert [path for path, _ in taken if path.startswith("/runs")]
    connected = [line for line in done.stderr.splitlines() if line.startswith("CONNECT")]
    assert connected
    assert all("127.0.0.1" in line for line in connected)
