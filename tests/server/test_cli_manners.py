"""How the command line behaves, whatever the command: help, JSON, colours, completion."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cli import Quire
from serving import ROOT
from typer.main import get_command

from server.cli.commands import app

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]  # a group, by its type a command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str) -> None:
    told = get_command(app).commands[command].help  # type: ignore[attr-defined]  # a group, by its type a command

    assert f"quire {command}" in told.partition("Example: ")[2]


def test_everything_that_is_promised_is_there() -> None:
    promised = "write resume answer cancel runs events check blueprints agents explain timeline serve"

    assert set(promised.split()) <= set(COMMANDS)


def test_a_shell_can_complete_it(quire: Quire) -> None:
    assert "--install-completion" in quire("--help").stdout


def test_a_migration_without_a_database_is_refused_and_not_taken_for_done(quire: Quire) -> None:
    done = quire("migrate")

    assert 2 == done.returncode
    assert "QUIRE_DATABASE_URL" in done.stderr
    assert "a home needs no migration" in done.stderr


@pytest.mark.parametrize(
    "typed",
    ["runs", "events r", "timeline r", "explain r", "explain r height", "blueprints", "agents", "check brief.json"],
)
def test_every_command_speaks_json(quire: Quire, brief: Path, typed: str) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    done = quire(*typed.split(), "--json")

    assert (0, "") == (done.returncode, done.stderr)
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())


@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(
    quire: Quire, brief: Path, tmp_path: Path, settings: dict[str, str], *, coloured: bool
) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    ours, theirs = pty.openpty()
    env = {**os.environ, "QUIRE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    subprocess.run([sys.executable, "-m", "server", "timeline", "r"], stdout=theirs, env=env | settings, check=True)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode(errors="replace")
    os.close(ours)

    assert coloured == ("\x1b[36m" in shown or "\x1b[1;31m" in shown)
    assert "\x1b" not in quire("timeline", "r").stdout
