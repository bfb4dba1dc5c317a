"""The command line, as a user types it."""

import json
import os
import signal
import time
from pathlib import Path
from textwrap import dedent

import pytest
from cli import Quire
from killing import finish
from killing import quire as start
from model_server import Asked, ModelServer, marked_up
from toys import section, toy_brief


def test_write_leaves_every_format_and_the_report(quire: Quire, brief: Path, tmp_path: Path) -> None:
    done = quire("write", str(brief), "--out", "out", "--run-id", "r")

    assert (0, "") == (done.returncode, done.stderr)
    assert {
        "document.md", "document.html", "document.docx", "document.pdf", "document.json", "run.json",
    } == {f.name for f in (tmp_path / "out").iterdir()}  # fmt: skip
    report = json.loads((tmp_path / "out/run.json").read_text())
    assert {
        "id", "status", "mode", "sections", "left_out", "struck", "objections", "conflicts", "claims", "usage",
        "questions", "reason", "warnings", "started", "finished",
    } == report.keys()  # fmt: skip
    assert ("r", "done", "offline", []) == tuple(report[k] for k in ("id", "status", "mode", "questions"))
    assert {"fact": 2, "computed": 0, "inference": 0, "gap": 0, "struck": 0} == report["claims"]
    assert {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0, "cached_tokens": 0, "usd": None} == report["usage"]
    assert [("height", "approved", 1), ("yards", "approved", 1)] == [
        (s["id"], s["status"], s["rounds"]) for s in report["sections"]
    ]


def test_words_that_stand_twice_are_told_to_who_checks_and_not_to_readers(quire: Quire, tmp_path: Path) -> None:
    long = "The height of a building that stands at a public street shall not exceed 40 feet in this district."
    source = {"name": "code.md", "text": f"# Height\n\n{long}\n"}
    asked = toy_brief(section("height"), section("height-again", title="Height"), sources=[source])
    (tmp_path / "twice.json").write_text(json.dumps(asked))

    quire("write", "twice.json", "--out", "out", "--format", "md,json")

    warnings = json.loads((tmp_path / "out/run.json").read_text())["warnings"]
    assert [f"Height: It repeats what “Height” says: “{long}”"] == warnings
    assert "repeats" not in (tmp_path / "out/document.md").read_text()


def test_events_are_told_as_json_lines_with_the_report_last(quire: Quire, brief: Path) -> None:
    lines = [json.loads(line) for line in quire("write", str(brief), "--json", "--format", "md").stdout.splitlines()]

    assert list(range(1, len(lines))) == [e["n"] for e in lines[:-1]]
    assert {"n", "id", "type", "at", "section", "epoch", "round", "agent", "cause", "data"} == lines[0].keys()
    assert "done" == lines[-1]["status"]


def test_plain_lines_stand_in_a_pipe(quire: Quire, brief: Path) -> None:
    told = quire("write", str(brief), "--out", "here").stdout

    assert "\x1b" not in told
    assert "SectionApproved" in told
    assert f"done, 2 of 2 sections written\n  its files are in {brief.parent / 'here'}\n" in told


def test_a_taken_run_id_is_bad_input(quire: Quire, brief: Path) -> None:
    quire("write", str(brief), "--run-id", "r")

    again = quire("write", str(brief), "--run-id", "r")

    assert (2, "there is a run 'r' already (choose another id, or resume it)\n") == (again.returncode, again.stderr)


@pytest.mark.long
def test_what_was_done_can_be_looked_at(quire: Quire, brief: Path) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    assert quire("runs").stdout.startswith("r  done")
    assert "SectionPlanned" in quire("events", "r").stdout
    assert "height: Height" not in quire("blueprints").stdout
    assert "general-report" in quire("blueprints").stdout
    assert "writer (section): EvidenceGathered, RequestUnanswered, RevisionRequested" in quire("agents").stdout


def test_a_section_waits_for_a_person_and_goes_on_when_answered(quire: Quire, tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(section("height"), section("yards"), options={"approve": ["section:height"]})))

    waiting = quire("write", str(path), "--run-id", "r", "--out", "out", "--format", "md")
    report = json.loads((tmp_path / "out/run.json").read_text())
    answered = quire("answer", "r", "section:height", "approve")

    assert 4 == waiting.returncode
    assert "quire answer r section:height approve|revise|reject" in waiting.stdout
    assert ("waiting", ["section:height"]) == (report["status"], [q["id"] for q in report["questions"]])
    assert 0 == answered.returncode
    assert "done" == json.loads((tmp_path / "out/run.json").read_text())["status"]


def test_a_run_that_waits_can_be_cancelled(quire: Quire, tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(section("height"), options={"approve": ["plan"]})))
    quire("write", str(path), "--run-id", "r", "--out", "out")

    assert "r: cancelled, 0 of 0 sections written\n" == quire("cancel", "r").stdout
    assert "cancelled" == json.loads((tmp_path / "out/run.json").read_text())["status"]


@pytest.mark.long
def test_a_document_with_sections_missing_ends_with_three_and_says_which(
    brief: Path, tmp_path: Path, quire: Quire
) -> None:
    def script(asked: Asked) -> str | None:
        return "quota" if "“Yards”" in asked.prompt else None

    said = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}
    reading = {"grade": 5, "objections": []}
    with ModelServer(lambda a: marked_up([said], a) if a.drafts else json.dumps(reading), script) as server:
        done = quire("write", str(brief), "--run-id", "r", "--out", "out", OPENAI_BASE_URL=server.url)

    report = json.loads((tmp_path / "out/run.json").read_text())
    assert (3, "partial", "model") == (done.returncode, report["status"], report["mode"])
    assert {"height": "approved", "yards": "failed"} == {s["id"]: s["status"] for s in report["sections"]}
    reason = next(s["reason"] for s in report["sections"] if s["id"] == "yards")
    assert reason[1:] in (tmp_path / "out/document.md").read_text()
    assert report["usage"]["calls"] > 0


def test_ctrl_c_leaves_a_run_that_can_be_resumed(brief: Path, tmp_path: Path, quire: Quire) -> None:
    with ModelServer() as server:
        server.hold = lambda _asked: True
        settings = {"OPENAI_BASE_URL": server.url}
        running = start(tmp_path / "home", settings, "write", str(brief), "--run-id", "r", told=tmp_path)
        while not server.asked:
            time.sleep(0.01)
        os.kill(running.pid, signal.SIGINT)
        code, told = finish(running), (tmp_path / "stderr").read_text()
        left = json.loads((tmp_path / "run.json").read_text())
        server.hold = None
        resumed = quire("resume", "r", **settings)

    assert (130, "interrupted; to carry on: quire resume r") == (code, told.strip())
    assert "interrupted" == left["status"]
    assert resumed.returncode in {0, 3}


GOOD = """
    blueprint:
      name: toy
      title: Toy
      sections:
        - {id: a, title: A}
    title: A report
    sources: [src.md]
"""


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param(("title: A report", "title: A report\nblueprnt: x"), ["blueprnt"], id="an unknown key"),
        pytest.param(("[src.md]", "[missing.md]"), ["brief.yaml:8", "sources[0]", "missing.md"], id="a missing source"),
        pytest.param(("[src.md]", "[none/*.md]"), ["brief.yaml:8", "none/*.md"], id="an empty glob"),
        pytest.param(("[src.md]", "[picture.md]"), ["picture.md", "text"], id="a source that is not text"),
        pytest.param(("title: A report", "title: &x A report"), ["brief.yaml"], id="an anchor"),
        pytest.param(("[src.md]", "*x"), ["brief.yaml"], id="an alias"),
        pytest.param(
            ("title: A report", "title: A report\ntitle: B"), ["brief.yaml:8", "title"], id="a key given twice"
        ),
        pytest.param(
            ("- {id: a, title: A}", "- {id: a, title: A, after: [b]}\n    - {id: b, title: B, after: [a]}"),
            ["a -> b -> a"],
            id="sections that wait for each other",
        ),
    ],
)
def test_bad_input_is_one_clear_message_and_leaves_nothing(
    quire: Quire, tmp_path: Path, changed: tuple[str, str], told: list[str]
) -> None:
    (tmp_path / "src.md").write_text("# Source\n\nSome words.\n")
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 20)
    (tmp_path / "brief.yaml").write_text(dedent(GOOD).replace(*changed))

    done = quire("write", "brief.yaml", "--out", "out", "--run-id", "r")

    assert 2 == done.returncode
    assert all(part in done.stderr for part in told), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_blueprint_is_told_with_those_that_there_are(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "src.md").write_text("Words.\n")
    (tmp_path / "brief.yaml").write_text("blueprint: nonsense\ntitle: T\nsources: [src.md]\n")

    done = quire("check", "brief.yaml")

    assert 2 == done.returncode
    assert "brief.yaml:1" in done.stderr
    assert "site-zoning-report" in done.stderr


@pytest.mark.parametrize("command", ["check", "write"])
def test_an_agent_that_nobody_declares_is_bad_input(quire: Quire, tmp_path: Path, command: str) -> None:
    brief = toy_brief(section("height", agents=["reviwer"]))
    (tmp_path / "cast.json").write_text(json.dumps(brief))

    done = quire(command, "cast.json")

    assert 2 == done.returncode
    assert "there is no agent 'reviwer' (did you mean reviewer?)" in done.stderr


def test_an_unknown_format_is_bad_input(quire: Quire, brief: Path) -> None:
    done = quire("write", str(brief), "--format", "odt")

    assert (2, True) == (done.returncode, "'odt'" in done.stderr)
