import pytest
from zoning_report import BLUEPRINT, SPECS, Report

from quire.nodes.checks.grounded import ungrounded
from quire.nodes.language.catalogue import words_in


@pytest.mark.parametrize("section", list(SPECS))
def test_every_quote_stands_at_its_address_and_every_figure_in_its_evidence(report: Report, section: str) -> None:
    assert [] == ungrounded(section, report[section], report.readings, words_in("en"))


@pytest.mark.parametrize("section", list(SPECS))
def test_what_is_claimed_has_evidence_or_a_derivation(report: Report, section: str) -> None:
    claims = [
        made
        for block in report[section]["blocks"]
        for made in (*block.get("claims", ()), *(cell for row in block.get("rows", ()) for cell in row))
    ]
    bare = [c["text"] for c in claims if c["basis"] in {"source", "brief"} and not c["evidence"]]
    underived = [c["text"] for c in claims if c["basis"] == "computed" and not c["evidence"] and not c.get("how")]

    assert ([], []) == (bare, underived)


def test_the_report_has_its_twenty_sections_and_sixteen_rules() -> None:
    assert 20 == len(SPECS)
    assert [f"ZR-{n:02}" for n in range(1, 17)] == [rule["id"] for rule in BLUEPRINT["rules"]]


def test_nothing_in_the_report_depends_on_the_order_of_sources(report: Report) -> None:
    turned = Report(report.facts, report.readings[::-1])

    assert report["findings"]["values"].keys() == turned["findings"]["values"].keys()
    assert {n: v["text"] for n, v in report["dimensions"]["values"].items()} == {
        n: v["text"] for n, v in turned["dimensions"]["values"].items()
    }
