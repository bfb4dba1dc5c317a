"""Watching runs from a shell: while they go on in another process, and after they were interrupted."""

import json
import time
from datetime import datetime
from pathlib import Path

import pytest
from cli import Quire
from killing import count, finish, kill_at
from killing import quire as start
from model_server import ModelServer


def test_a_timeline_stands_in_a_pipe(quire: Quire, brief: Path) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    shown = quire("timeline", "r").stdout

    assert "\x1b" not in shown
    assert all(told in shown for told in ("r took", "Critical path", "“yards” waited for “height”", "if the "))
    assert "█" in next(line for line in shown.splitlines() if line.startswith("height"))


def test_a_timeline_is_drawn_into_a_file(quire: Quire, brief: Path, tmp_path: Path) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    assert (0, "") == quire("timeline", "r", "--svg", "t.svg")[:2]
    assert (tmp_path / "t.svg").read_text().startswith("<svg")


@pytest.mark.long
def test_the_time_before_a_resumption_is_shown_as_nobodys(brief: Path, tmp_path: Path, quire: Quire) -> None:
    home = tmp_path / "home"
    with ModelServer(delay=0.05) as server:
        settings = {"OPENAI_BASE_URL": server.url}
        kill_at(start(home, settings, "write", str(brief), "--run-id", "r", told=tmp_path), home, 8)
        time.sleep(0.5)
        quire("resume", "r", **settings)

    told = json.loads(quire("timeline", "r", "--json").stdout)
    (pause,) = told["pauses"]
    assert "interrupted" == pause["why"]
    assert pause["end"] - pause["start"] > 0.5
    assert told["worked"] < told["seconds"] - 0.5
    assert sum(step["seconds"] for step in told["critical_path"]) <= told["worked"] + 0.01


@pytest.mark.long
def test_a_run_whose_process_died_is_drawn_to_its_last_event(brief: Path, tmp_path: Path, quire: Quire) -> None:
    home = tmp_path / "home"
    with ModelServer(delay=0.05) as server:
        settings = {"OPENAI_BASE_URL": server.url}
        kill_at(start(home, settings, "write", str(brief), "--run-id", "r", told=tmp_path), home, 8)
    time.sleep(0.5)

    told = json.loads(quire("timeline", "r", "--json").stdout)

    last = json.loads(quire("events", "r", "--json").stdout.splitlines()[-1])
    assert told["seconds"] == seconds_between(told["started"], last["at"])
    assert told["seconds"] >= max(span["end"] for row in told["lanes"] for span in row["spans"])
    assert not told["over"]


def seconds_between(earlier: str, later: str) -> float:
    return round((datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds(), 3)


@pytest.mark.long
def test_another_processs_run_is_followed_to_its_end(brief: Path, tmp_path: Path) -> None:
    home, (writing, looking) = tmp_path / "home", (tmp_path / "writing", tmp_path / "looking")
    writing.mkdir()
    looking.mkdir()
    with ModelServer(delay=0.2) as server:
        settings = {"OPENAI_BASE_URL": server.url}
        writer = start(home, settings, "write", str(brief), "--run-id", "r", "--format", "md", told=writing)
        while count(home) < 2:
            time.sleep(0.01)
        follower = start(home, {}, "events", "r", "--follow", "--json", told=looking)
        while not (looking / "stdout").exists() or not (looking / "stdout").read_text():
            time.sleep(0.01)
        assert count(home) < 12, "the follower tells events while the run goes on"
        assert finish(writer) in {0, 3}
        assert finish(follower) == 0

    told = [json.loads(line) for line in (looking / "stdout").read_text().splitlines()]
    assert list(range(1, count(home) + 1)) == [e["n"] for e in told]
    assert "RunEnded" == told[-1]["type"]
