"""What users get wrong is told in words, with its place, and keeps nobody from the rest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from checkout import copied
from cli import Quire
from serving import quire_server

BRIEF = "blueprint: general-report\ntitle: T\nfacts: {questoin: why, audience: all}\nsources: [memo.txt]\n"
TOLD = "facts.questoin: the blueprint 'general-report' knows no such fact (did you mean question?)"


def test_a_fact_that_nothing_asks_for_is_a_warning_with_the_name_that_may_be_meant(
    quire: Quire, tmp_path: Path
) -> None:
    (tmp_path / "memo.txt").write_text("The roof was replaced in 2021.\n")
    (tmp_path / "brief.yaml").write_text(BRIEF)

    checked = quire("check", "brief.yaml")
    written = quire("write", "brief.yaml", "--run-id", "r", "--out", "out", "--format", "md")

    assert (0, f"  warning: {TOLD}\n" in checked.stdout) == (checked.returncode, True)
    assert f"  warning: {TOLD}\n" in written.stdout
    assert [TOLD] == [w for w in json.loads((tmp_path / "out/run.json").read_text())["warnings"] if "facts." in w]


@pytest.mark.long
def test_over_http_such_a_fact_is_a_warning_too() -> None:
    source = {"name": "memo.txt", "text": "The roof was replaced in 2021."}
    brief = {"blueprint": "general-report", "title": "T", "facts": {"questoin": "why"}, "sources": [source]}
    with quire_server() as server:
        run = httpx.post(f"{server}/documents", json=brief).json()["id"]
        httpx.get(f"{server}/documents/{run}/events", timeout=30)
        assert TOLD in httpx.get(f"{server}/documents/{run}").json()["warnings"]


def test_a_template_that_is_none_is_named_with_file_line_and_field(quire: Quire, tmp_path: Path) -> None:
    section = '{id: d, title: D, kind: template, instructions: "{{ facts.x }"}'
    (tmp_path / "brief.yaml").write_text(f"title: T\nblueprint:\n  name: n\n  title: N\n  sections:\n    - {section}\n")

    for command in ("check", "write"):
        refused = quire(command, "brief.yaml")
        assert (2, False) == (refused.returncode, "Traceback" in refused.stderr)
        assert "brief.yaml:6, blueprint.sections[0].instructions: is no template" in refused.stderr


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        ("QUIRE_MODEL_WRITTER", "(did you mean QUIRE_MODEL_WRITER?)"),
        ("QUIRE_MODEL_PUBLISHR", "(did you mean QUIRE_MODEL_PUBLISHER?)"),
        ("QUIRE_MODEL_ZZZ", "nothing reads it unless a blueprint declares one"),
    ],
)
def test_a_model_for_no_agent_is_named(quire: Quire, variable: str, told: str) -> None:
    stderr = quire("runs", **{variable: "gpt-4o"}).stderr

    assert stderr.startswith(f"quire: {variable} is the model of no agent that there is")
    assert told in stderr
    assert "" == quire("runs", QUIRE_MODEL_WRITER="gpt-4o").stderr


BROKEN = {
    "graph.py is missing": (
        {"agent.py": "from quire.graphs.agents.odd.graph import graph\n"},
        "agent.py:1: ModuleNotFound",
    ),
    "it is no Python": ({"agent.py": "x = 1\ndef (\n"}, "agents/odd/agent.py:2: SyntaxError"),
    "another file is no Python": (
        {"agent.py": "import quire.graphs.agents.odd.graph\n", "graph.py": "\nraise RuntimeError('no')\n"},
        "agents/odd/graph.py:2: RuntimeError: no",
    ),
    "it declares none": ({"agent.py": "AGENT = None\n"}, "agents/odd/agent.py: declares no AGENT"),
    "there is no agent.py": ({}, "ModuleNotFoundError"),
    "nobody hears it": (
        {
            "agent.py": "from quire import Agent, subgraph\n"
            "from quire.graphs.events import Event, SectionAdded\n"
            "class Lost(Event):\n    pass\nasync def step(state):\n    return {'said': []}\n"
            "AGENT = Agent('odd', (SectionAdded,), (Lost,), subgraph('odd', (Lost,), step), 'document')\n"
        },
        "emits Lost, which no agent handles",
    ),
}


def project(folder: Path, agent: str, files: dict[str, str]) -> Path:
    """Make a copy of the project in which an agent's folder holds other files."""
    copied(folder)
    place = folder / "graphs" / "agents" / agent
    place.mkdir(exist_ok=True)
    for name, text in {"__init__.py": "", **files}.items():
        (place / name).write_text(text)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(folder / "src"), "QUIRE_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "quire", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.long
@pytest.mark.parametrize(("files", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_agent_is_named_and_left_out(tmp_path: Path, files: dict[str, str], told: str) -> None:
    done = run(project(tmp_path, "odd", files), "agents")

    assert (0, False) == (done.returncode, "Traceback" in done.stderr), done.stderr
    assert 1 == done.stderr.count("the agent folder 'odd' is left out: ")
    assert told in done.stderr
    assert ("writer" in done.stdout, "odd" in done.stdout) == (True, False)


@pytest.mark.long
def test_without_an_agent_that_every_document_needs_none_is_written_and_the_rest_works(tmp_path: Path) -> None:
    folder = project(tmp_path, "planner", {"graph.py": "import nothing_of_this_name\n"})
    (folder / "memo.txt").write_text("The roof was replaced in 2021.\n")
    (folder / "brief.yaml").write_text(BRIEF)

    listed, written = run(folder, "runs"), run(folder, "write", "brief.yaml", "--run-id", "r")
    left = run(folder, "runs", "--json")

    assert (0, 1) == (listed.returncode, written.returncode), written.stderr
    assert "no document can be written without the agent 'planner': graphs/agents/planner/graph.py:1" in written.stderr
    assert not any("Traceback" in done.stderr for done in (listed, written))
    assert "interrupted" == json.loads(left.stdout)["status"], "it goes on once that is put right"
