"""The incident review that ships: what its notes come to, worked out here once more by other means."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from pypdf import PdfReader

from quire.graphs.document.document_graph import build
from quire.graphs.intake.brief import load
from quire.nodes.render.formats import FORMATS

EXAMPLE = Path(__file__).parents[2] / "examples" / "incident-review"


@pytest.fixture(scope="module")
def out() -> dict[str, Any]:
    written: dict[str, Any] = build().invoke(load(EXAMPLE / "brief.yaml"))
    return written


def _notes() -> list[dict[str, str]]:
    labelled = re.compile(r"^- (\w+): (.+)$", re.MULTILINE)
    return [dict(labelled.findall(note.read_text())) for note in sorted(EXAMPLE.glob("notes/*.md"))]


def _minutes(note: dict[str, str], until: str) -> float:
    start, end = (datetime.fromisoformat(note[name]) for name in ("Began", until))
    return (end - start).total_seconds() / 60


def _tables(out: dict[str, Any], section: str) -> list[list[list[str]]]:
    (found,) = (s for s in out["document"]["sections"] if s["id"] == section)
    return [[[c["text"] for c in row] for row in b["rows"]] for b in found["content"]["blocks"] if b.get("rows")]


def test_every_section_that_needs_no_model_is_written(out: dict[str, Any]) -> None:
    assert "partial" == out["status"]
    assert {"skipped"} == {s["status"] for s in out["sections"] if s["id"] in ("summary", "recommendations")}
    assert {"approved"} == {s["status"] for s in out["sections"] if s["id"] not in ("summary", "recommendations")}


def test_times_are_those_of_the_notes(out: dict[str, Any]) -> None:
    notes = _notes()
    shown = {label: value for table in _tables(out, "figures") for label, value in table}

    detection = median(_minutes(note, "Detected") for note in notes if "Detected" in note)
    recovery = median(_minutes(note, "Recovered") for note in notes)
    longest = max(_minutes(note, "Recovered") for note in notes)
    assert str(len(notes)) == shown["Incidents"]
    assert f"{detection:g} minutes" == shown["Median time to detection"]
    assert f"{recovery:g} minutes" == shown["Median time to recovery"]
    assert f"{longest // 60:.0f} hr {longest % 60:.0f} min" == shown["Longest time to recovery"]


def test_what_comes_again_is_counted(out: dict[str, Any]) -> None:
    causes = [note["Cause"] for note in _notes()]
    services = [note["Service"] for note in _notes()]
    by_cause, by_service = _tables(out, "repeats")

    assert {c: str(causes.count(c)) for c in causes if causes.count(c) > 1} == {row[0]: row[1] for row in by_cause}
    assert {s: str(services.count(s)) for s in services if services.count(s) > 1} == {
        row[0]: row[1] for row in by_service
    }


def test_actions_that_no_note_shows_done_are_named_with_their_owners(out: dict[str, Any]) -> None:
    rows = [
        line.split(" | ") for p in EXAMPLE.glob("notes/*.md") for line in p.read_text().splitlines() if " | " in line
    ]
    left = {(row[0].lstrip("| "), row[1], row[2]) for row in rows if row[2] not in ("done", "Status")}
    table, _ = _tables(out, "actions")

    assert left == {(action, owner, status) for action, _, owner, status, _ in table}
    assert sorted(row[4] for row in table) == [row[4] for row in table]


def test_a_heading_stands_on_the_page_of_its_table(out: dict[str, Any]) -> None:
    file = FORMATS["pdf"].render(out["document"])
    pages = [page.extract_text() for page in PdfReader(BytesIO(file)).pages]

    for heading, table in (("4 Incidents", "Table 1"), ("5 Causes", "Table 2"), ("7 Actions", "Table 5")):
        words = re.compile(r"\s+".join(map(re.escape, heading.split())))
        assert [n for n, text in enumerate(pages) if words.search(text) and table in text], heading
