"""What the page on operations says is what the program does, and its commands work in the order in which they stand."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli import Quire
from postgres import Cluster, programs
from serving import ROOT, free_port
from toys import section, toy_brief

from quire.nodes.config.settings import Settings
from quire.server.execution.engine import retention, sweep, takeover, worker
from quire.server.observe.metrics import Metrics

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
SAID = " ".join(PAGE.split())


def families() -> set[str]:
    """Name what ``/metrics`` counts, as it is asked for."""
    kinds = re.findall(r"^# TYPE (\w+) (counter|histogram)$", Metrics().exposition().decode(), re.MULTILINE)
    return {name for name, _ in kinds}


def test_every_metric_is_named_as_it_is_and_no_other() -> None:
    assert families() == set(re.findall(r"`((?:quire|gen_ai|process)_\w+?)(?:\{\w+(?:,\w+)*\})?`", PAGE))


def test_the_settings_have_the_defaults_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUIRE_HOME")
    settings = Settings.read()
    values = {str(field.validation_alias): getattr(settings, name) for name, field in Settings.model_fields.items()}
    named = dict(re.findall(r"^\| `(QUIRE_\w+)` \| `?([^`|]+?)`? \|", PAGE, re.MULTILINE))

    assert len(named) > 5
    for variable, default in named.items():
        assert (variable, default) == (variable, str(values[variable] or "unset"))


def test_the_times_that_it_names_are_the_programs() -> None:
    assert f"for {worker.LAST_STEPS} seconds" in SAID
    assert worker.LAST_STEPS + worker.LETTING_GO < 30
    assert (10, 5.0, 3600.0, 20) == (takeover.HUNG, sweep.PAUSE, retention.PAUSE, retention.TOGETHER)
    assert "for ten seconds loses its documents" in SAID
    assert "by itself every five seconds" in SAID
    assert "once an hour" in SAID
    assert "twenty in a transaction" in SAID


@pytest.mark.long
@pytest.mark.timeout(600)
def test_its_commands_work(tmp_path: Path, postgres: Cluster, quire: Quire) -> None:
    found = programs()
    assert found is not None
    shim = tmp_path / "bin" / "quire"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quire "$@"\n')
    shim.chmod(0o755)
    (tmp_path / "brief.json").write_text(_brief())
    assert 4 == quire("write", "brief.json", "--run-id", "mill-lane", QUIRE_HOME=str(tmp_path / ".quire")).returncode
    script = "\n".join(["trap 'kill $(jobs -p) 2>/dev/null || true' EXIT", *BLOCKS]).replace(
        "postgresql://quire@127.0.0.1:5432/quire", postgres.database()
    )
    for port in ("8000", "8001", "9100"):
        script = script.replace(port, str(free_port()))
    env = {**os.environ, "PATH": f"{shim.parent}:{found}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    env.pop("QUIRE_HOME")

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )

    assert 0 == done.returncode, done.stdout[-2000:] + done.stderr[-3000:]
    assert 4 == done.stdout.count('{"status":"ok"}')
    assert "quire_runs_begun_total 0.0" in done.stdout
    assert "0 runs are removed" in done.stdout
    assert "mill-lane: cancelled" in done.stdout
    assert re.search(r"^mill-lane  cancelled", done.stdout, re.MULTILINE), "the restored home has it"
    assert re.fullmatch(r"\S{40,}:acme\n", (tmp_path / "keys").read_text())


def _brief() -> str:

    return json.dumps(toy_brief(section("height"), options={"approve": ["release"]}))
