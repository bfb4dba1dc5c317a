import copy

import pytest
from zoning_report import Report

from quire.graphs.kinds.site_zoning_report.checks.document import (
    disclaimers_present,
    edition_and_research_date,
    figures_agree,
)
from quire.nodes.evidence.content import Block, SectionContent, claim


def _saying(*texts: str) -> SectionContent:
    claims = [claim(text, "fixed") for text in texts]
    return SectionContent(blocks=[Block(kind="paragraph", claims=claims)], values={}, open_questions=[])


def test_the_example_keeps_the_rules_on_the_whole(report: Report) -> None:
    whole = report.whole()

    assert [] == edition_and_research_date(whole)
    assert [] == disclaimers_present(whole)
    assert [] == figures_agree(whole)


def test_a_report_without_edition_and_research_date_is_found() -> None:
    found = edition_and_research_date({"header": _saying("Prepared for a client in 2026.")})

    assert ["header", "header"] == [f["where"] for f in found]


def test_an_absence_that_is_said_openly_passes() -> None:
    header = _saying("Edition of the code: not stated.", "Effective date of research: Not stated")

    assert [] == edition_and_research_date({"header": header})


@pytest.mark.parametrize("lost", range(9))
def test_a_lost_disclaimer_is_found_or_said_elsewhere(report: Report, lost: int) -> None:
    limitations = copy.deepcopy(report["limitations"])
    del limitations["blocks"][0]["claims"][lost]
    found = disclaimers_present({"limitations": limitations})

    assert (lost in {0, 1, 2, 3, 4, 8}) == bool(found)


def test_a_matrix_that_says_another_figure_than_the_section_is_found(report: Report) -> None:
    whole = copy.deepcopy(report.whole())
    matrix = next(b for b in whole["summary"]["blocks"] if b.get("caption") == "Conformance matrix")
    drive = next(row for row in matrix["rows"] if row[0]["text"] == "Access drive width")
    drive[2]["text"] = "19 ft"
    found = figures_agree(whole)

    assert ["summary"] == [f["where"] for f in found]
    assert "17.8 ft" in found[0]["message"]


def test_a_matrix_row_that_no_section_compares_is_found(report: Report) -> None:
    whole = copy.deepcopy(report.whole())
    matrix = next(b for b in whole["summary"]["blocks"] if b.get("caption") == "Conformance matrix")
    matrix["rows"][0][0]["text"] = "Number of chimneys"

    assert "no such standard" in figures_agree(whole)[0]["message"]


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("summary", "summary.nonconforming"),
        ("nonconformities", "nonconformity.count"),
        ("limitations", "limitations.indeterminate"),
    ],
)
def test_a_section_that_counts_otherwise_than_the_others_is_found(report: Report, section: str, name: str) -> None:
    whole = copy.deepcopy(report.whole())
    whole[section]["values"][name]["value"] = 1
    found = figures_agree(whole)

    assert [section] == [f["where"] for f in found]
    assert "It counts 1 standards" in found[0]["message"]
