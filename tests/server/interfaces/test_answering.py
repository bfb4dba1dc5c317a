"""Answers do what was said, in the shell, at a terminal, over HTTP."""

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cli import Quire
from crash_stories import agreeable
from model_server import ModelServer
from serving import ROOT, quire_server
from toys import section, toy_brief

SECTIONS = (section("height"), section("yards", "height"), section("parking"))


def asking(folder: Path, *approve: str) -> str:
    path = folder / "asking.json"
    path.write_text(json.dumps(toy_brief(*SECTIONS, options={"approve": list(approve)})))
    return str(path)


def statuses(folder: Path) -> dict[str, str]:
    return {s["id"]: s["status"] for s in json.loads((folder / "out/run.json").read_text())["sections"]}


@pytest.mark.parametrize(
    "words",
    [("--drop", "height", "parking"), ("--drop", "height,parking"), ("--drop", "height", "--drop", "parking")],
    ids=["words", "commas", "options"],
)
def test_sections_are_left_out_of_a_plan_by_their_ids(quire: Quire, tmp_path: Path, words: tuple[str, ...]) -> None:
    quire("write", asking(tmp_path, "plan"), "--run-id", "r", "--out", "out", "--format", "md")

    done = quire("answer", "r", "plan", "approve", *words, "--note", "yards is what counts")

    assert 0 == done.returncode, done.stderr
    assert "yards will be written without height\n" in done.stdout
    assert {"height": "skipped", "yards": "approved", "parking": "skipped"} == statuses(tmp_path)


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plan", "revise", "--note", "Add the yards."), "plan: a plan cannot be sent back"),
        (("plan", "approve", "--drop", "yard"), "the plan has no section 'yard' (did you mean yards?)"),
        (("plan", "approve", "yards"), "'yards' is one word too many (sections are left out with --drop ID)"),
        (("plan", "reject", "--drop", "yards"), "a plan that is rejected has no sections to leave out"),
        (("plan", "approve", "--drop", "height,yards,parking"), "that leaves nothing to write"),
        (("release", "approve"), "there is no open question 'release' (open: plan)"),
    ],
)
def test_an_answer_that_could_not_do_what_it_says_is_refused(
    quire: Quire, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    quire("write", asking(tmp_path, "plan"), "--run-id", "r", "--out", "out", "--format", "md")

    refused = quire("answer", "r", *words)

    assert 2 == refused.returncode
    assert told in refused.stderr
    assert "waiting" == json.loads(quire("runs", "--json").stdout)["status"]


@pytest.mark.long
@pytest.mark.parametrize("question", ["section:height", "release"])
def test_without_a_model_nothing_is_sent_back(quire: Quire, tmp_path: Path, question: str) -> None:
    waiting = quire("write", asking(tmp_path, question), "--run-id", "r", "--out", "out", "--format", "md")

    refused = quire("answer", "r", question, "revise", "--note", "shorter")

    assert "(revise is refused: writing something again as a person wishes takes a model" in waiting.stdout
    assert (2, True) == (refused.returncode, "takes a model, and this run has none" in refused.stderr)
    assert 0 == quire("answer", "r", question, "approve").returncode


def test_every_event_is_shown_by_one_command_or_another(quire: Quire, tmp_path: Path) -> None:
    path = asking(tmp_path, "plan", "release")
    shown = [
        quire("write", path, "--run-id", "r", "--format", "md", "--json").stdout,
        quire("answer", "r", "plan", "approve", "--json").stdout,
        quire("answer", "r", "release", "approve", "--json").stdout,
    ]

    events = [line for text in shown for line in map(json.loads, text.splitlines()) if "type" in line]
    listed = [json.loads(line)["n"] for line in quire("events", "r", "--json").stdout.splitlines()]

    assert listed == [e["n"] for e in events] == [*range(1, len(events) + 1)]
    assert 2 == sum(e["type"] == "AnswerGiven" for e in events)


class Terminal:
    """A command at a terminal: what it asks for, and what is typed."""

    def __init__(self, home: Path, *arguments: str, **settings: str) -> None:
        self._ours, theirs = pty.openpty()
        env = {**os.environ, "QUIRE_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "dumb", **settings}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "quire", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=env
        )
        os.close(theirs)
        self.shown = ""

    def until(self, words: str) -> None:
        """Read until something is shown that was not before."""
        start = len(self.shown)
        while words not in self.shown[start:]:
            self._read()

    def type(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def ends(self) -> int:
        while self._process.poll() is None:
            self._read()
        return self._process.returncode

    def _read(self) -> None:
        try:
            self.shown += os.read(self._ours, 65_536).decode(errors="replace")
        except OSError:  # the other end is closed
            time.sleep(0.05)
            assert self._process.poll() is not None, self.shown

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.mark.long
def test_at_a_terminal_a_slip_is_asked_again_and_saying_nothing_approves_nothing(
    terminals: list[Terminal], tmp_path: Path
) -> None:
    path = asking(tmp_path, "plan", "release")
    terminal = Terminal(tmp_path / "home", "write", path, "--run-id", "r", "--out", str(tmp_path / "out"))
    terminals.append(terminal)

    choices = "approve or drop or reject (drop ID ... leaves sections out): "
    terminal.until(choices)
    for slip in ("", "yes please", "revise", "approve all", "drop", "drop yard"):
        terminal.type(slip)
        terminal.until(choices)
    assert not (tmp_path / "out/document.md").exists()
    terminal.type("drop yards")
    terminal.until("approve or reject: ")
    for slip in ("", "y", "revise"):
        terminal.type(slip)
        terminal.until("approve or reject: ")
    terminal.type("approve")

    assert 0 == terminal.ends()
    assert "did you mean yards?" in terminal.shown
    assert "takes a model, and this run has none" in terminal.shown
    assert {"height": "approved", "yards": "skipped", "parking": "approved"} == statuses(tmp_path)


@pytest.mark.long
def test_at_a_terminal_a_section_is_sent_back_with_a_note(terminals: list[Terminal], tmp_path: Path) -> None:
    path = asking(tmp_path, "section:yards")
    with ModelServer() as server:
        server.reply = agreeable
        out = ("--run-id", "r", "--out", str(tmp_path / "out"))
        terminal = Terminal(tmp_path / "home", "write", path, *out, OPENAI_BASE_URL=server.url)
        terminals.append(terminal)
        terminal.until("approve or revise or reject: ")
        terminal.type("revise")
        terminal.until("note")
        terminal.type("shorter")
        terminal.until("approve or revise or reject: ")
        terminal.type("approve")
        assert 0 == terminal.ends()

    rounds = {s["id"]: s["rounds"] for s in json.loads((tmp_path / "out/run.json").read_text())["sections"]}
    assert 2 == rounds["yards"]


@pytest.fixture
def server() -> Iterator[str]:
    with quire_server() as address:
        yield address


def begin(server: str, *approve: str) -> str:
    brief = toy_brief(*SECTIONS, options={"approve": list(approve)})
    run = str(httpx.post(f"{server}/documents", json=brief).json()["id"])
    until_asked(server, run, approve[0])
    return run


def until_asked(server: str, run: str, question: str) -> dict:
    """Wait until a run waits for the answer to a question."""
    for _ in range(400):
        report: dict = httpx.get(f"{server}/documents/{run}").json()
        if report["status"] == "waiting" and [q["id"] for q in report["questions"]] == [question]:
            return report
        time.sleep(0.05)
    raise AssertionError("it does not wait")


def told(server: str, run: str, **said: object) -> httpx.Response:
    return httpx.post(f"{server}/documents/{run}/events", json=said)


def test_over_http_sections_are_left_out_by_their_ids(server: str) -> None:
    run = begin(server, "plan")

    refused = told(server, run, type="answer", question="plan", drop=["yards", "parkng"])
    taken = told(server, run, type="answer", question="plan", drop=["height"])
    httpx.get(f"{server}/documents/{run}/events", timeout=30)

    assert 422 == refused.status_code
    assert [("drop[1]", "did you mean parking?")] == [(e["field"], e["hint"]) for e in refused.json()["errors"]]
    assert (202, ["yards will be written without height"]) == (taken.status_code, taken.json()["follows"])
    report = httpx.get(f"{server}/documents/{run}").json()
    assert {"height": "skipped", "yards": "approved", "parking": "approved"} == {
        s["id"]: s["status"] for s in report["sections"]
    }


@pytest.mark.long
def test_over_http_a_conflict_is_settled_by_the_source_whose_value_counts(server: str) -> None:
    run = str(httpx.post(f"{server}/documents", json=differing()).json()["id"])
    until_asked(server, run, "conflict:1")
    refused = told(server, run, type="answer", question="conflict:1", holds="secnd.md")
    taken = told(server, run, type="answer", question="conflict:1", holds="second.md")
    httpx.get(f"{server}/documents/{run}/events", timeout=30)

    assert 422 == refused.status_code
    assert [("holds", "did you mean second.md?")] == [(e["field"], e["hint"]) for e in refused.json()["errors"]]
    assert 202 == taken.status_code
    assert ["second.md"] == [one["holds"] for one in httpx.get(f"{server}/documents/{run}").json()["conflicts"]]


@pytest.mark.long
def test_at_a_terminal_a_conflict_is_settled(terminals: list[Terminal], tmp_path: Path) -> None:
    path = tmp_path / "differing.json"
    path.write_text(json.dumps(differing()))
    out = ("--run-id", "r", "--out", str(tmp_path / "out"))
    terminal = Terminal(tmp_path / "home", "write", str(path), *out)
    terminals.append(terminal)

    choices = "holds or approve or reject (holds SOURCE says whose value counts; approve leaves both): "
    terminal.until(choices)
    for slip in ("", "holds", "holds third.md", "revise"):
        terminal.type(slip)
        terminal.until(choices)
    terminal.type("holds first.md")

    assert 0 == terminal.ends()
    assert ["first.md"] == [one["holds"] for one in json.loads((tmp_path / "out/run.json").read_text())["conflicts"]]


def differing() -> dict:
    """Ask for a section on sources of which two differ, and to be asked which of them holds."""
    said = {"first": 240, "second": 310}
    text = "# Notes\n\nThe capacity of the Elm depot is {} vehicles.\n"
    sources = [{"name": f"{name}.md", "text": text.format(n)} for name, n in said.items()]
    return toy_brief(section("depot"), sources=sources, options={"approve": ["conflicts"]})


@pytest.mark.long
def test_over_http_nothing_is_sent_back_that_nobody_writes_again(server: str) -> None:
    run = begin(server, "plan", "section:height")
    plan = told(server, run, type="answer", question="plan", decision="revise", note="Add the yards.")
    empty = told(server, run, type="answer", question="plan")
    assert 202 == told(server, run, type="answer", question="plan", decision="approve").status_code
    report = until_asked(server, run, "section:height")
    section = told(server, run, type="answer", question="section:height", decision="revise", note="shorter")
    changed = told(server, run, type="section_changed", section="height", changes={"instructions": "Be brief."})

    assert [422] * 4 == [r.status_code for r in (plan, empty, section, changed)]
    assert "a plan cannot be sent back" in plan.json()["detail"]
    assert ["decision"] == [e["field"] for e in empty.json()["errors"]]
    assert "takes a model" in report["no_revision"]
    assert all(report["no_revision"] in refused.json()["detail"] for refused in (section, changed))
    assert ["changes.instructions"] == [e["field"] for e in changed.json()["errors"]]
