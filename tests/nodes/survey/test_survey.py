"""What a source is, of when, and whether it holds: said by its name, its folder, its title, its first lines."""

import json

import pytest

from quire.nodes.author.surveying import Shown, surveyed_with
from quire.nodes.sources.read import read
from quire.nodes.survey.dates import dates_in
from quire.nodes.survey.survey import Surveyed, described, survey


def surveyed(name: str, text: str = "# Anything\n\nWords.\n") -> Surveyed:
    (found,) = survey([read(name, text.encode())])
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "text", "status"),
    [
        ("policy.md", "# Travel policy\n\nHotels cost 90 at most.\n", "current"),
        ("archive/policy.md", "# Travel policy\n\nWords.\n", "archived"),
        ("Archiv/preise.md", "# Preisliste\n\nWorte.\n", "archived"),
        ("a/old/terms.md", "# Terms\n\nWords.\n", "archived"),
        ("terms-superseded.md", "# Terms\n\nWords.\n", "superseded"),
        ("terms.md", "# Terms (SUPERSEDED)\n\nWords.\n", "superseded"),
        ("terms.md", "# Terms\n\nThis document was replaced by the terms of May 2025.\n", "superseded"),
        ("satzung.md", "# Gebührensatzung\n\nDiese Satzung ist außer Kraft.\n", "superseded"),
        ("satzung.md", "# Gebührensatzung\n\nHinweis: ersetzt durch die Satzung vom 3. Mai 2025.\n", "superseded"),
        ("terms.md", "---\nstatus: withdrawn\n---\n\n# Terms\n\nWords.\n", "withdrawn"),
        ("terms.md", "---\nsuperseded_by: terms-2.md\n---\n\n# Terms\n\nWords.\n", "superseded"),
        ("rule.md", "# Rule 4\n\nRepealed by Ordinance 2019-4.\n", "withdrawn"),
        ("lease_draft.md", "# Lease\n\nWords.\n", "draft"),
        ("lease.md", "# Lease (draft v0.3)\n\nWords.\n", "draft"),
        ("vertrag.md", "# Entwurf: Mietvertrag\n\nWorte.\n", "draft"),
        ("budget.md", "# Budget\n\nStatus: work in progress\n\nWords.\n", "draft"),
        ("archive/lease_draft.md", "# Lease\n\nWords.\n", "archived"),
        # of something else, or said to be not so
        ("archive_policy.md", "# Archive policy\n\nFiles are archived after two years.\n", "current"),
        ("guide.md", "# How to draft a contract\n\nA draft is sent to both parties.\n", "current"),
        ("api.md", "# API notes\n\nThe v4 interface is deprecated and was replaced by v5.\n", "current"),
        ("filter.md", "# Filter\n\nThe old filter was replaced by a new one.\n", "current"),
        ("terms.md", "# Terms\n\nNote: these terms are not superseded by the annex.\n", "current"),
        ("terms.md", "# Terms\n\nThis edition supersedes all others.\n", "current"),
        ("minutes.md", "# Minutes\n\nThe board withdrew the motion. It was obsolete.\n", "current"),
    ],
)
def test_whether_a_source_holds(name: str, text: str, status: str) -> None:
    assert status == surveyed(name, text)["status"]


def test_what_took_its_place_is_told() -> None:
    found = surveyed("terms.md", "# Terms\n\nNote: early figures - superseded by the terms of 2026.\n")
    assert "the terms of 2026" == found["replaced_by"]


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("a.md", "---\ndate: 2025-11-03\n---\n\n# A\n\nWords.\n", "2025-11-03"),
        ("a.md", "---\npublished: 2024-01-02\nupdated: 2025-02-03\n---\n\n# A\n\nWords.\n", "2025-02-03"),
        ("a.md", "# A\n\nLast updated: May 2026 | Internal\n\nFounded in March 2019.\n", "2026-05"),
        ("a.md", "# A\n\nPrepared by the office, April 14, 2026\n", "2026-04-14"),
        ("a.md", "# A\n\nStand: 3. Mai 2026\n", "2026-05-03"),
        ("a.md", "# A\n\nBeschluss vom 12.06.2023 über Gebühren.\n", "2023-06-12"),
        ("a.md", "# A\n\nProduct team, June 2025\n", "2025-06"),
        ("a.md", "# Minutes of 9 March 2026\n\nWords.\n", "2026-03-09"),
        ("minutes_2024_06.md", "# Minutes\n\nWords.\n", "2024-06"),
        ("minutes-20240601.md", "# Minutes\n\nWords.\n", "2024-06-01"),
        ("bulletin_march2026.md", "# Bulletin\n\nWords.\n", "2026-03"),
        ("rules_2025.md", "# Rules\n\nWords.\n", "2025"),
        ("chapter-1353.md", "# Chapter 1353\n\nWords.\n", ""),
        ("a.md", "# A\n\nThe company was founded in March 2019 and grew.\n", ""),
        (
            "a.md",
            "# Appraisal\n\nLibraries. 14 September 2026. For the Committee, meeting of 10 December 2026.\n",
            "2026-09-14",
        ),
        ("a.md", "# Inspection\n\nInspection on 2 June 2026 or later. Report of 9 June 2026.\n", "2026-06-09"),
        ("a.md", "# Board\n\nMeeting of 9 March 2026. Words.\n", "2026-03-09"),
        ("a.md", "# Notes\n\nEffective 1 July 2026.\n\nPrices as at 3 May 2026.\n", "2026-05-03"),
        ("a.eml", "From: a@b.example\nDate: Mon, 8 Jun 2026 09:12:00 +0100\nSubject: A\n\nWords.\n", "2026-06-08"),
    ],
)
def test_the_date_of_a_source(name: str, text: str, date: str) -> None:
    assert date == surveyed(name, text)["date"]


BOTH = "# Guide\n\nFor work from 1 July 2025 to 30 June 2027\n"


def test_a_date_that_is_still_to_come_is_no_sources_where_it_has_another() -> None:
    found = read("guide.md", BOTH.replace("1 July 2025 to 30 June 2027", "30 June 2027 or 1 July 2025").encode())

    assert ["2027-06-30", "2025-07-01"] == [survey([found], today)[0]["date"] for today in ("", "2026-05-04")]
    only = read("guide.md", b"# Guide\n\nDate: 30 June 2027\n")
    assert "2027-06-30" == survey([only], "2026-05-04")[0]["date"]


@pytest.mark.parametrize(
    ("text", "said", "date"),
    [
        (BOTH, "30 June 2027", "2027-06-30"),
        (BOTH, "30 June 2028", "2025-07-01"),
        (BOTH.replace("For", "Dated 4 May 2025. For"), "30 June 2027", "2025-05-04"),
    ],
    ids=["one of several", "not there", "code is sure"],
)
def test_where_code_is_not_sure_of_a_date_the_models_counts(text: str, said: str, date: str) -> None:
    reading = read("guide.md", text.encode())
    (about,) = survey([reading])
    told = {"what": "", "status": "current", "status_words": "", "period": "", "period_words": "", "contents": []}
    row = json.dumps({**told, "date": next(dates_in(said)), "date_words": said})

    assert date == surveyed_with(row, Shown(reading, about))["date"]
    assert surveyed_with(row, Shown(reading, about), "2026-05-04")["date"] == about["date"]


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("q1_2026_report.md", "2026-Q1"),
        ("2025-H2 report.md", "2025-H2"),
        ("Bericht 3. Quartal 2024.md", "2024-Q3"),
        ("budget 2024-2026.md", "2024/2026"),
        ("expenses 2025.md", "2025"),
        ("minutes 2024-06-03.md", ""),
    ],
)
def test_the_period_that_it_covers(name: str, period: str) -> None:
    assert period == surveyed(name)["period"]


@pytest.mark.parametrize(
    ("name", "title", "what"),
    [
        ("a.md", "Board Minutes - June 2024 (excerpt)", "minutes"),
        ("a.md", "Board Memo: 2026 Strategy", "memo"),
        ("a.md", "ERP Migration - Status Notes", "notes"),
        ("preisliste_2026.md", "Unsere Produkte", "price list"),
        ("a.md", "Waste tariff for 2026", "tariff"),
        ("a.md", "Hearing on tariffs", "tariff"),
        ("a.md", "Protokoll der Sitzung vom 3. Mai 2026", "minutes"),
        ("zoning_letter.md", "To the owner", "letter"),
        ("a.md", "Elm and its mill", "Elm and its mill"),
        ("a.md", "Log of the night shift", "log"),
        ("a.md", "Nobody could log in", "Nobody could log in"),
    ],
)
def test_what_a_source_is(name: str, title: str, what: str) -> None:
    assert what == surveyed(name, f"# {title}\n\nWords.\n")["what"]


def test_contents_are_headings_or_columns() -> None:
    assert ["A", "Costs", "Dates"] == surveyed("a.md", "# A\n\n## Costs\n\nOne.\n\n## Dates\n\nTwo.\n")["contents"]
    assert ["hour", "orders"] == surveyed("a.csv", "hour,orders\n12:00,18\n")["contents"]


def test_a_title_that_was_printed_counts_as_one() -> None:
    found = surveyed("x.txt", "# Q2 2025 Operations Report\n\nPrepared by the office, July 2025\n\nWords.\n")
    assert ("Q2 2025 Operations Report", "report", "2025-Q2", "2025-07") == (
        found["title"], found["what"], found["period"], found["date"],
    )  # fmt: skip


def test_an_older_report_stays_and_an_older_policy_is_replaced_by_a_newer_one() -> None:
    names = ("report_q1_2025.md", "report_q1_2026.md", "travel_policy_2025.md", "travel_policy_2026.md", "other.md")
    found = {s["source"]: s for s in survey([read(name, b"# Words\n\nWords.\n") for name in names])}

    assert {"travel_policy_2025.md"} == {name for name, s in found.items() if s["status"] == "superseded"}
    assert {"report_q1_2025.md": "report_q1_2026.md", "travel_policy_2025.md": "travel_policy_2026.md"} == {
        name: s["newer"] for name, s in found.items() if s["newer"]
    }
    assert "report, 2025-Q1, a newer one is report_q1_2026.md" == described(found["report_q1_2025.md"]).replace(
        ", dated 2025", ""
    )
    assert "superseded, replaced by travel_policy_2026.md" in described(found["travel_policy_2025.md"])


def test_a_second_version_takes_the_first_ones_place() -> None:
    found = survey([read(name, b"# Price list\n\nWords.\n") for name in ("prices_v2.md", "prices_v10.md")])
    assert ["superseded", "current"] == [s["status"] for s in found]
