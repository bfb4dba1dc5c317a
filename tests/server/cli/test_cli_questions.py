"""What a person is asked to approve can be seen in the shell."""

import json
from pathlib import Path

import pytest
from cli import Quire
from toys import section, toy_brief


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    path = tmp_path / "asking.json"
    approve = {"approve": ["plan", "section:height", "release"]}
    path.write_text(json.dumps(toy_brief(section("height"), section("yards", "height"), options=approve)))
    return path


@pytest.mark.long
def test_what_is_asked_about_is_shown(quire: Quire, asking: Path, tmp_path: Path) -> None:
    plan = quire("write", str(asking), "--run-id", "r", "--out", "out", "--format", "md").stdout
    drafted_before = (tmp_path / "out/draft.md").exists()
    events = quire("events", "r").stdout
    submitted = quire("answer", "r", "plan", "approve").stdout
    draft = (tmp_path / "out/draft.md").read_text()
    quire("answer", "r", "section:height", "approve")
    whole = (tmp_path / "out/draft.md").read_text()
    quire("answer", "r", "release", "approve")

    assert (
        "  question plan: May these sections be written?\n    height: Height\n    yards: Yards, after height\n" in plan
    )
    assert "    quire answer r plan approve|reject\n    quire answer r plan approve --drop ID ...\n" in plan
    assert "(revise is refused: " in submitted
    assert "PlanProposed: plan: height, yards  because of 1\n" in events
    assert f"  the draft is in {tmp_path / 'out/draft.md'}\n" in submitted
    assert not drafted_before
    assert ("40 feet" in draft, "20 feet" in draft) == (True, False)
    assert ("40 feet" in whole, "20 feet" in whole) == (True, True)
    assert {"document.md", "run.json"} == {file.name for file in (tmp_path / "out").iterdir()}


def test_a_conflict_is_settled_in_the_shell(quire: Quire, tmp_path: Path) -> None:
    path = tmp_path / "differing.json"
    told = {"first": 240, "second": 310}
    sources = [
        {"name": f"{name}.md", "text": f"# Notes\n\nThe capacity of the Elm depot is {n} vehicles.\n"}
        for name, n in told.items()
    ]
    options = {"approve": ["conflicts"]}
    path.write_text(json.dumps(toy_brief(section("depot"), sources=sources, options=options)))

    asked = quire("write", str(path), "--run-id", "r", "--out", "out", "--format", "md")
    waiting = json.loads((tmp_path / "out/run.json").read_text())
    wrong = quire("answer", "r", "conflict:1", "approve", "--holds", "third.md")
    answered = quire("answer", "r", "conflict:1", "approve", "--holds", "second.md")
    done = json.loads((tmp_path / "out/run.json").read_text())

    assert (4, 2, 0) == (asked.returncode, wrong.returncode, answered.returncode)
    assert "question conflict:1: The sources differ on The capacity of the Elm depot" in asked.stdout
    assert "240 vehicles (first.md, undated)" in asked.stdout
    assert "quire answer r conflict:1 approve --holds SOURCE" in asked.stdout
    assert "none of the sources that differ" in wrong.stderr
    assert ["conflict:1"] == [question["id"] for question in waiting["questions"]]
    assert [(None, None), ("approve", "second.md")] == [
        (one["decision"], one["holds"]) for report in (waiting, done) for one in report["conflicts"]
    ]
    assert ["240 vehicles", "310 vehicles"] == [value["text"] for value in done["conflicts"][0]["values"]]
    assert "second.md holds" in quire("explain", "r").stdout


def test_events_say_what_they_came_of(quire: Quire, brief: Path) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    first, *rest = quire("events", "r").stdout.splitlines()
    joined = next(line for line in rest if "SectionApproved" in line)

    assert "because of" not in first
    assert all("  because of " in line for line in rest)
    assert "," in joined.partition("because of")[2]
