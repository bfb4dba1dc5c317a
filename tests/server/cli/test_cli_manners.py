"""How the command line behaves, whatever the command: help, JSON, colours, completion."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from cli import Quire
from killing import finish
from killing import quire as start
from postgres import Cluster
from serving import ROOT
from toys import section, toy_brief

from quire.server.cli.commands import COMMANDS, loaded


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_listed_in_the_words_of_its_own_help(command: str) -> None:
    first = " ".join((loaded(command).help or "").split("\n\n")[0].split())

    assert first.startswith(COMMANDS[command].line)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str) -> None:
    told = loaded(command).help or ""

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
    ("typed", "offered"),
    [
        pytest.param("eve", ["events"], id="a command"),
        pytest.param("events --f", ["--follow"], id="an option"),
        pytest.param("explain mill", ["mill-lane"], id="a run"),
        pytest.param("blueprints site-", ["site-zoning-report"], id="a blueprint"),
        pytest.param("answer mill-lane plan re", ["revise", "reject"], id="a decision"),
    ],
)
def test_a_shell_completes_what_is_typed(quire: Quire, brief: Path, typed: str, offered: list[str]) -> None:
    quire("write", str(brief), "--run-id", "mill-lane", "--format", "md")
    words = f"quire {typed}"

    told = quire(_QUIRE_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1))

    assert offered == told.stdout.split()


def test_completing_leaves_nothing_behind(quire: Quire, tmp_path: Path) -> None:
    told = quire(_QUIRE_COMPLETE="complete_bash", COMP_WORDS="quire events x", COMP_CWORD="2")

    assert ("", False) == (told.stdout.strip(), (tmp_path / "home").exists())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_json(command: str) -> None:
    if command == "mcp":
        return  # it speaks nothing else
    assert "--json" in [o for p in loaded(command).params for o in p.opts]


@pytest.mark.parametrize(
    "typed",
    ["runs", "events r", "timeline r", "explain r", "explain r height", "blueprints", "agents", "check brief.json"],
)
def test_every_command_speaks_json(quire: Quire, brief: Path, typed: str) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    done = quire(*typed.split(), "--json")

    assert (0, "") == (done.returncode, done.stderr)
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())


@pytest.mark.long
def test_what_carries_a_run_on_speaks_json_to_its_end(quire: Quire, tmp_path: Path) -> None:
    asking = toy_brief(section("height"), options={"approve": ["release"]})
    (tmp_path / "asking.json").write_text(json.dumps(asking))
    told = [
        quire("write", "asking.json", "--run-id", "a", "--json", "--format", "md"),
        quire("resume", "a", "--json"),
        quire("answer", "a", "release", "approve", "--json"),
        quire("write", "asking.json", "--run-id", "b", "--json", "--format", "md"),
        quire("cancel", "b", "--json"),
    ]

    lines = [[json.loads(line) for line in done.stdout.splitlines()] for done in told]
    assert ["waiting", "waiting", "done", "waiting", "cancelled"] == [said[-1]["status"] for said in lines]
    assert [4, 4, 0, 4, 0] == [done.returncode for done in told]


def test_a_server_says_where_it_listens_and_when_it_has_stopped(tmp_path: Path) -> None:
    serving = start(tmp_path / "home", {}, "serve", "--port", "0", "--json", told=tmp_path)
    until(lambda: "up" in said(tmp_path))
    up = json.loads((tmp_path / "stdout").read_text())
    assert 200 == httpx.get(f"{up['url']}/health").status_code

    os.kill(serving.pid, signal.SIGTERM)

    assert (0, ["up", "stopped"]) == (finish(serving), said(tmp_path))


@pytest.mark.long
def test_a_worker_says_when_it_is_up_and_when_it_has_stopped(tmp_path: Path, quire: Quire, postgres: Cluster) -> None:
    database = {"QUIRE_DATABASE_URL": postgres.database()}
    migrated = quire("migrate", "--json", **database)
    working = start(tmp_path / "home", database, "worker", "--json", told=tmp_path)
    until(lambda: "up" in said(tmp_path))

    os.kill(working.pid, signal.SIGTERM)

    assert "migrated" == json.loads(migrated.stdout)["status"]
    assert (0, ["up", "stopped"]) == (finish(working), said(tmp_path))


def said(folder: Path) -> list[str]:
    """Give what a process that goes on for long has said of itself."""
    told = folder / "stdout"
    whole = told.read_text().rpartition("\n")[0] if told.exists() else ""
    return [json.loads(line)["status"] for line in whole.splitlines()]


def until(happened: Callable[[], bool]) -> None:
    """Wait for a process to come so far."""
    for _ in range(600):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


@pytest.mark.long
@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(
    quire: Quire, brief: Path, tmp_path: Path, settings: dict[str, str], *, coloured: bool
) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    ours, theirs = pty.openpty()
    env = {**os.environ, "QUIRE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    subprocess.run([sys.executable, "-m", "quire", "timeline", "r"], stdout=theirs, env=env | settings, check=True)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode(errors="replace")
    os.close(ours)

    assert coloured == ("\x1b[36m" in shown or "\x1b[1;31m" in shown)
    assert "\x1b" not in quire("timeline", "r").stdout
