"""Answers to a request that neither the kind nor its example knows, through the graph."""

import re
from typing import Any

import pytest

from quire.graphs.document.document_graph import build
from quire.graphs.insight.evaluation.statements import Statement, statements_of
from quire.graphs.intake.brief import decode
from quire.nodes.render.document import number

REQUEST = """# Invitation to tender: city buses

Issued 3 March 2026. Offers are due on 30 April 2026.

## Buses

1.1 Each bus must carry at least 80 riders.
1.2 Charging shall take at most 45 minutes.
1.3 The doors shall be wide enough for two wheelchairs.
1.4 Seats should be comfortable and easy to clean.
1.5 The maker shall deliver spare parts for 15 years.
"""
TABLE = (
    "Ref,Description,Obligation\nT-1,A driver shall be trained in two days.,must\n"
    "T-2,Manuals shall be in Finnish.,must\n"
)
ANSWERS = (
    "# Answers to Espoo, June 2025\n\n| Requirement | Response | Status |\n|---|---|---|\n"
    "| A driver shall be trained in two days. | Training takes two days with a trainer of ours. | Yes |\n"
    "| The maker shall deliver spare parts for 12 years. | Spare parts are kept for 12 years. | Yes |\n"
)
SHEET = (
    "# Data sheet\n\nAs of January 2026\n\nThe bus carries 76 riders. Charging takes 40 minutes at 300 kW.\n\n"
    "The doors are not wide enough for two wheelchairs.\n"
)
OLD = "# Data sheet (superseded)\n\nMay 2020\n\nManuals are in Finnish and Swedish.\n"


@pytest.fixture(scope="module")
def out() -> dict[str, Any]:
    given = {
        "request/buses.md": REQUEST,
        "request/training.csv": TABLE,
        "espoo.md": ANSWERS,
        "sheet.md": SHEET,
        "old/sheet.md": OLD,
    }
    sources = [{"name": name, "text": text} for name, text in given.items()]
    brief = {"blueprint": "rfp-response", "title": "Buses", "sources": sources}
    written: dict[str, Any] = build().invoke(decode(brief))
    return written


def _said(out: dict[str, Any], section: str) -> list[Statement]:
    return [one for one in statements_of(out["document"]) if one.section == section]


@pytest.mark.parametrize(
    ("requirement", "status", "answer"),
    [
        pytest.param("1.1", "Does not comply", "76 riders", id="a figure that is not met"),
        pytest.param("1.2", "Complies", "40 minutes", id="a figure that is met"),
        pytest.param("1.3", "Does not comply", "not wide enough", id="a denial"),
        pytest.param("1.4", "Open", "", id="nothing speaks of it"),
        pytest.param("1.5", "Open", "12 years", id="answered for another figure"),
        pytest.param("T-1", "Complies", "two days with a trainer", id="as it was answered before"),
        pytest.param("T-2", "Open", "Finnish and Swedish", id="only a source out of force"),
    ],
)
def test_each_requirement_has_its_status_and_its_answer(
    out: dict[str, Any], requirement: str, status: str, answer: str
) -> None:
    (row,) = (one.cells for one in _said(out, "matrix") if one.cells.get("Id") == requirement)

    assert status == row["Status"]
    assert answer in row["Answer"]
    assert bool(row["Answer"]) == bool(answer)


def test_each_status_has_its_reason_beside_it_and_none_is_listed_as_a_figure(out: dict[str, Any]) -> None:
    why = {one.cells["Id"]: one.cells["Why"] for one in _said(out, "matrix") if "Id" in one.cells}

    assert ("76 < 80", "An earlier answer says so", "No source speaks of it") == (why["1.1"], why["T-1"], why["1.4"])
    listed = [made.how for made in number(out["document"]).computations]
    assert ["ids in the request: 7", "Complies: 1.2, T-1 = 2"] == listed[:2]
    assert len(listed) == len(("all", "complies", "partly", "does not comply", "open"))


def test_requirements_are_counted_and_answered_in_their_order(out: dict[str, Any]) -> None:
    counted = {label: value for one in _said(out, "matrix") for label, value in one.cells.items()}
    headings = [
        block["text"]
        for section in out["document"]["sections"]
        if section["id"] == "responses"
        for block in section["content"]["blocks"]
        if block["kind"] == "heading"
    ]

    assert ("7", "2", "2", "3") == tuple(counted[k] for k in ("Requirements", "Complies", "Does not comply", "Open"))
    assert ["1.1", "1.2", "1.3", "1.4", "1.5", "T-1", "T-2"] == [text.split(":")[0] for text in headings]


def test_the_issuer_is_asked_what_names_no_measure_and_dates_are_told(out: dict[str, Any]) -> None:
    (question,) = (one.cells for one in _said(out, "questions"))

    assert "1.4" == question["Id"]
    assert re.match("easy", question["Question"])
    assert any("30 April 2026" in one.text for one in _said(out, "dates"))


def test_what_an_offer_does_not_say_is_named_in_the_words_of_the_requirement() -> None:
    given = {
        "request/a.md": "# Request\n\n1.1 All spare parts must be stored within the European Union.\n",
        "sheet.md": "# Sheet\n\nAll spare parts are stored in Riga.\n",
    }
    sources = [{"name": name, "text": text} for name, text in given.items()]

    out = build().invoke(decode({"blueprint": "rfp-response", "title": "Parts", "sources": sources}))

    assert any("nothing is said of European Union." in one.text for one in _said(out, "responses"))


@pytest.mark.parametrize(("date", "told"), [("2 April 2026", True), ("30 March 2026", False), ("", False)])
def test_questions_that_come_too_late_are_said_to(date: str, *, told: bool) -> None:
    request = "# Request\n\nQuestions may be sent until 1 April 2026.\n\n1.1 Seats must be easy to clean.\n"
    facts = {"date": date} if date else {}
    brief = {"blueprint": "rfp-response", "title": "Buses", "facts": facts}

    out = build().invoke(decode({**brief, "sources": [{"name": "request/a.md", "text": request}]}))

    late = (
        "Questions may be sent until 1 April 2026. This answer is dated 2 April 2026: what is asked below comes later."
    )
    assert told == (late in " ".join(one.text for one in _said(out, "questions")))
