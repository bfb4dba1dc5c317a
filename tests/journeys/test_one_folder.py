"""An agent is added by adding its folder, as ``docs/agents.md`` shows; nothing else changes."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from checkout import copied
from serving import ROOT, free_port, until_it_answers
from toys import section, toy_brief
from typer.main import get_command

import quire.graphs.agents
from quire.graphs.catalogue import __main__ as catalogue
from quire.graphs.document.document_graph import build
from quire.server.cli.command import app

PAGE = (ROOT / "docs" / "agents.md").read_text("utf-8")
FILES = dict(re.findall(r"`graphs/agents/counter/(\w+\.py)`.*?```python\n(.*?)```", PAGE, re.DOTALL))
"""The agent that the page on agents shows."""


def _drop_into(agents: Path) -> None:
    folder = agents / "counter"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)


@pytest.fixture
def _counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _drop_into(tmp_path)
    monkeypatch.setattr(quire.graphs.agents, "__path__", [*quire.graphs.agents.__path__, str(tmp_path)])
    yield
    for module in [name for name in sys.modules if name.startswith("quire.graphs.agents.counter")]:
        del sys.modules[module]


@pytest.mark.usefixtures("_counter")
async def test_a_dropped_in_agent_takes_part_and_is_heard() -> None:
    graph = build()
    types = [
        e["type"] async for _, e in graph.astream(toy_brief(section("height")), stream_mode="custom", subgraphs=True)
    ]

    assert "WordsCounted" in types
    assert types.index("WordsCounted") < types.index("SectionApproved")


@pytest.mark.usefixtures("_counter")
async def test_what_it_finds_reaches_the_section() -> None:
    graph = build()
    brief = toy_brief(section("height", words=1))
    approved = [
        e async for _, e in graph.astream(brief, stream_mode="custom", subgraphs=True) if e["type"] == "SectionApproved"
    ]

    assert "count" in [f["rule"] for f in approved[0]["data"]["findings"]]


@pytest.mark.usefixtures("_counter")
def test_the_command_line_lists_it(capsys: pytest.CaptureFixture[str]) -> None:
    get_command(app)(["agents"], standalone_mode=False)

    assert "counter (section): SectionDrafted\n" in capsys.readouterr().out


@pytest.mark.usefixtures("_counter")
def test_studio_is_told_of_it_by_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = Path(shutil.copy(ROOT / "langgraph.json", tmp_path))
    before = json.loads(manifest.read_text())

    stale, written, fresh = (catalogue.main([how, str(manifest)]) for how in ("--check", "--write", "--check"))

    assert (1, 0, 0) == (stale, written, fresh)
    command = f"python -m quire.graphs.catalogue --write {manifest}"
    assert f"{manifest}: does not fit the code; run {command}\n" == capsys.readouterr().err
    after = json.loads(manifest.read_text())
    assert "quire.graphs.studio:counter" == after["graphs"].pop("counter")["path"]
    assert before == after


@pytest.mark.long
def test_the_server_of_a_project_with_it_starts_and_serves_it(tmp_path: Path) -> None:
    copied(tmp_path)
    _drop_into(tmp_path / "graphs/agents")
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "quire", "serve", "--port", str(port)]
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL) as server:
        try:
            until_it_answers(f"{address}/health", lambda: server.poll() is None)
            served = httpx.get(f"{address}/langserve/agents/counter/input_schema").status_code
        finally:
            server.terminate()

    assert 200 == served
