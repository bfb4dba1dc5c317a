"""Every command of ``docs/shell.md`` does what the page says."""

import json
import os
import re
import shlex
from pathlib import Path

import httpx
import pytest
from cli import Quire
from postgres import Cluster
from serving import ROOT, free_port, started, stopped, until_it_answers
from toys import section, toy_brief

from quire.server.cli.commands import COMMANDS

GUIDE = (ROOT / "docs" / "shell.md").read_text()
STEPS, SERVING = ([shlex.split(line, comments=True)[1:] for line in block.splitlines()]
                  for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))  # fmt: skip
EXITS = {"write": 4, "answer": 3, "resume": 3}
"""Of commands that do not end with 0: it waits for a person, and without a model sections are left out."""
BRIEF = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]


def test_the_guide_has_every_command() -> None:
    assert set(COMMANDS) == {command for command, *_ in [*STEPS, *SERVING]}


@pytest.mark.long
@pytest.mark.timeout(180)
def test_every_command_of_the_guide_works(tmp_path: Path, quire: Quire) -> None:
    (tmp_path / "brief.yaml").write_text(BRIEF)
    (tmp_path / "code.md").write_text("## Height\n\nThe height of a building shall not exceed 40 feet.\n")

    (tmp_path / "claims.jsonl").write_text('{"claim": "It is 40 feet high.", "evidence": ["It is 40 feet high."]}\n')
    (tmp_path / "evaluation.yaml").write_text("facts: [{id: height, says: 40 feet}]\n")

    for step in STEPS:
        done = quire(*step)
        assert EXITS.get(step[0], 0) == done.returncode, f"{step}: {done.stdout}{done.stderr}"

    assert {"document.md", "document.html", "run.json"} == {path.name for path in (tmp_path / "out").iterdir()}
    told = json.loads((tmp_path / "out" / "run.json").read_text())
    assert all(f"`{field}`" in GUIDE for field in told)
    assert ("partial", 3) == (told["status"], len(told["left_out"]))
    assert "<svg" in (tmp_path / "timeline.svg").read_text()
    assert "cancelled" == json.loads((tmp_path / "other" / "run.json").read_text())["status"]


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_guide_serves(tmp_path: Path, quire: Quire, postgres: Cluster) -> None:
    serve, _tools, migrate, worker = SERVING
    port = str(free_port())
    home = {**os.environ, "QUIRE_HOME": str(tmp_path / "served")}
    database = {"QUIRE_DATABASE_URL": postgres.database()}

    server = started(home, *(port if word == "8000" else word for word in serve))
    until_it_answers(f"http://127.0.0.1:{port}/health", server.is_alive)
    stopped(server)
    assert 0 == quire(*migrate, **database).returncode
    shared = {**home, **database}
    api, working = started(shared, *serve[:1], "--no-worker", "--port", port), started(shared, *worker)
    until_it_answers(f"http://127.0.0.1:{port}/health", api.is_alive)
    begun = httpx.post(f"http://127.0.0.1:{port}/documents", json=toy_brief(section("height")), timeout=30).json()
    told = httpx.get(f"http://127.0.0.1:{port}/documents/{begun['id']}/events", timeout=90).text
    stopped(api)
    assert "RunEnded" in told
    assert 0 == stopped(working)
