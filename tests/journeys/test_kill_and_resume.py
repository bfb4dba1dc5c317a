"""``kill -9`` at any moment, then ``quire resume``: the same document, and nothing recorded is done again."""

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from killing import attempts, count, finish, journal, kill_at, quire
from model_server import ModelServer
from toys import section, toy_brief

SECTIONS = (
    section("height"), section("yards"), section("parking"), section("a", "height"), section("b", "height", "yards"),
    section("c", "a"), section("d", "b", "parking"), section("e", "c", "d"), section("f"), section("g", "f"),
)  # fmt: skip
FILES = ("document.md", "document.json", "document.html", "document.docx", "document.pdf")


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(*SECTIONS)))
    return path


def write(home: Path, brief: Path, **settings: str) -> tuple[dict[str, bytes], int]:
    """Write without interruption; give the files and the number of events."""
    out = home.parent / f"{home.name}-out"
    assert finish(quire(home, settings, "write", str(brief), "--out", str(out), "--run-id", "r")) == 0
    return files(out), count(home)


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def killed(home: Path, brief: Path, moment: int, **settings: str) -> int:
    """Write, and be killed at a moment; give the events there were."""
    out = home.parent / f"{home.name}-out"
    return kill_at(quire(home, settings, "write", str(brief), "--out", str(out), "--run-id", "r"), home, moment)


def resumed(home: Path, **settings: str) -> dict[str, bytes]:
    """Resume; give the files. What was written before the kill must stand as it was."""
    before = journal(home)
    assert finish(quire(home, settings, "resume", "r")) == 0
    after = journal(home)
    assert before == after[: len(before)]
    assert list(range(1, len(after) + 1)) == [e["n"] for e in after]
    assert max(Counter(e["id"] for e in after).values()) == 1
    return files(home.parent / f"{home.name}-out")


@pytest.mark.long
@pytest.mark.timeout(600)  # thirty kills
def test_a_killed_run_ends_in_the_same_document_byte_for_byte(tmp_path: Path, brief: Path) -> None:
    whole, events = write(tmp_path / "whole", brief)
    reached = set()

    for n in range(30):
        home = tmp_path / f"home-{n}"
        reached.add(killed(home, brief, 1 + n * (events - 1) // 30))
        assert whole == resumed(home)

    assert len(reached) >= 20


@pytest.mark.long
def test_no_reply_that_was_recorded_is_asked_for_again(tmp_path: Path, brief: Path) -> None:
    with ModelServer(delay=0.02) as server:
        settings = {"OPENAI_BASE_URL": server.url}
        whole, events = write(tmp_path / "whole", brief, **settings)
        calls = len(server.asked)
        for n in range(4):
            server.asked.clear()
            home = tmp_path / f"home-{n}"
            killed(home, brief, 15 + n * (events - 20) // 4, **settings)
            asked, recorded = len(server.asked), attempts(home)
            assert whole == resumed(home, **settings)
            assert asked + (calls - recorded) == len(server.asked), "only calls in flight are made again"


@pytest.mark.long
def test_who_follows_a_run_whose_process_is_killed_carries_it_on(tmp_path: Path, brief: Path) -> None:
    home, told = tmp_path / "home", tmp_path / "told"
    told.mkdir()
    with ModelServer() as server:
        settings = {"OPENAI_BASE_URL": server.url}
        whole, _ = write(tmp_path / "whole", brief, **settings)
        answered = len(server.asked) + 4
        server.hold = lambda asked: asked.n > answered
        first = quire(home, settings, "write", str(brief), "--out", str(tmp_path / "home-out"), "--run-id", "r")
        until(lambda: len(server.asked) > answered)
        second = quire(home, settings, "resume", "r", told=told)
        until((told / "stdout").exists)
        while (told / "stdout").read_text() == "":
            assert first.is_alive(), "it ended before anybody followed it"
            answered += 1
            time.sleep(1)
        first.kill()
        answered = 1_000

        assert 0 == finish(second)
        assert whole == files(tmp_path / "home-out")


def until(holds: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come to that")
