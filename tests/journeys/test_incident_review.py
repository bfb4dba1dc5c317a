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
    shown = {row[0]: row[1] for table in _tables(out, "figures") for row in table}

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
    by_cause, by_service, agreed = _tables(out, "repeats")

    assert {c: str(causes.count(c)) for c in causes if causes.count(c) > 1} == {row[0]: row[1] for row in by_cause}
    assert {s: str(services.count(s)) for s in services if services.count(s) > 1} == {
        row[0]: row[1] for row in by_service
    }

    first = min(note["Began"] for note in _notes() if note["Cause"] == "Expired certificate")
    assert ["Expired certificate", "List every certificate with its owner", "open"] in [
        [row[0], row[1], row[3]] for row in agreed
    ]
    assert first < min(datetime.fromisoformat(row[5]).isoformat() for row in agreed)


def test_actions_that_no_note_shows_done_are_named_with_their_owners(out: dict[str, Any]) -> None:
    rows = [
        line.split(" | ") for p in EXAMPLE.glob("notes/*.md") for line in p.read_text().splitlines() if " | " in line
    ]
    left = {(row[0].lstrip("| "), row[1], row[2]) for row in rows if row[2] not in ("done", "Status")}
    table, _ = _tables(out, "actions")

    assert left == {(action, owner, status) for action, _, owner, status, _ in table}
    assert sorted(row[4] for row in table) == [row[4] for row in table]


LOG = (
    "Pumps could not be controlled\n\nSeverity: SEV1\nService: Pumps\nCause: Switch failed\n\n"
    "2026-03-09 01:12 All links lost.\n2026-03-09 03:28 All links back.\n"
)
NOTE = (
    "Severity: SEV2\n\nService: Billing\n\n"
    "Began: 2026-02-17 06:00\n\nRecovered: 2026-02-17 16:30\n\nCause: Job twice\n\n"
    "| Action | Owner | Status |\n|---|---|---|\n| Give the job a lock | Billing | open |\n"
)
REGISTER = (
    "Incident,Severity,Service,Began,Recovered,Cause\n"
    "Reminders in error,SEV2,Billing,2026-06-15 05:00,2026-06-15 15:45,Job twice\n"
    "Portal slow,SEV3,Portal,2026-05-27 07:30,2026-05-27 10:20,Load test\n"
)
TICKETS = (
    "Ticket,Action,Incident,Owner,Status\nOPS-1,Separate the fuses,Pumps could not be controlled,Electrical,done\n"
    "OPS-2,Give the job a lock,2026-02-17-debits,Billing,in progress\n"
)


def test_notes_logs_registers_and_tickets_make_one_review() -> None:
    names = {
        "pumps.txt": LOG,
        "2026-02-17-debits.md": NOTE,
        "register.csv": REGISTER,
        "tickets-2026-07-03.csv": TICKETS,
    }
    sources = [{"name": name, "text": text} for name, text in names.items()]

    out = build().invoke({"blueprint": "incident-review", "title": "Incidents", "sources": sources})

    assert {"summary", "recommendations"} == {s["id"] for s in out["sections"] if s["status"] != "approved"}
    (incidents,) = _tables(out, "incidents")[:1]
    assert {"Pumps could not be controlled", "2026-02-17-debits", "Reminders in error", "Portal slow"} == {
        row[0] for row in incidents
    }
    left, _ = _tables(out, "actions")
    assert [["Give the job a lock", "2026-02-17-debits", "Billing", "in progress", "not stated"]] == left
    agreed = _tables(out, "repeats")[2]
    assert [("Job twice", "Give the job a lock", "in progress")] == [(row[0], row[1], row[3]) for row in agreed]


def test_an_action_that_was_agreed_after_two_incidents_is_one_action() -> None:
    again = (
        NOTE.replace("02-17", "06-15").replace("Give the job", "give the job") + "| Tell customers | Billing | done |\n"
    )
    sources = [{"name": "2026-02-17-debits.md", "text": NOTE}, {"name": "2026-06-15-reminders.md", "text": again}]

    out = build().invoke({"blueprint": "incident-review", "title": "Incidents", "sources": sources})

    shown = {row[0]: row[1] for table in _tables(out, "figures") for row in table}
    left, by_status = _tables(out, "actions")
    assert ("2", "1") == (shown["Actions"], shown["Actions that the notes show done"])
    assert {"done": "1", "open": "1"} == {row[0]: row[1] for row in by_status}
    assert ["2026-02-17-debits", "2026-06-15-reminders"] == sorted(row[1] for row in left)


def test_a_heading_stands_on_the_page_of_its_table(out: dict[str, Any]) -> None:
    file = FORMATS["pdf"].render(out["document"])
    pages = [page.extract_text() for page in PdfReader(BytesIO(file)).pages]

    for heading, table in (("4 Incidents", "Table 2"), ("5 Causes", "Table 3"), ("7 Actions", "Table 7")):
        words = re.compile(r"\s+".join(map(re.escape, heading.split())))
        assert [n for n, text in enumerate(pages) if words.search(text) and table in text], heading
