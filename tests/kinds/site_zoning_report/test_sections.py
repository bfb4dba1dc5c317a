"""Every section stands on its sources, with records and without, and the kind stays small."""

import re
from dataclasses import replace

import pytest
from zoning_report import BLUEPRINT, ROOT, SPECS, Report, bare_report, matrix, said

from quire.nodes.author.placing import placeables
from quire.nodes.checks.checking import check_document, check_section
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.computing import computation
from quire.nodes.language.catalogue import words_in
from quire.nodes.records.gathering import nothing_known
from quire.nodes.sources.read import read

KIND = ROOT / "graphs" / "kinds" / "site_zoning_report"
WORDS = words_in("en")
RULES = [{"forbid": [], "require": [], "scope": "section", **rule} for rule in BLUEPRINT["rules"]]
PLAIN = {
    "code.md": "# Zoning Code\n\n## 4.1 Height\n\nNo building shall exceed 35 feet in height.\n",
    "survey.csv": "item,value,unit\nBuilding height,41,ft\nParking spaces,12,\n",
}


@pytest.mark.parametrize("section", list(SPECS))
def test_every_quote_stands_at_its_address_and_every_figure_in_its_evidence(report: Report, section: str) -> None:
    assert [] == ungrounded(section, report[section], report.readings, WORDS)


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


def test_the_report_keeps_all_of_its_rules(report: Report) -> None:
    held = [rule for rule in RULES if rule["scope"] == "section"]
    found = [f for s in SPECS for f in check_section(held, report[s], report.materials(s))]
    found += check_document([rule for rule in RULES if rule["scope"] == "document"], report.whole(), WORDS)

    assert [] == found


def test_a_code_that_nobody_has_read_as_records_decides_nothing(report: Report) -> None:
    bare = bare_report(PLAIN, address="5 Quay Street", existing_use="Dwelling", research_date="1 June 2026")
    whole = bare.whole()

    assert list(SPECS) == list(whole)
    assert {} == matrix(bare)
    assert "No standard of the zoning code was read" in said(whole["summary"])
    assert "the standards of the zoning code, read as records" in said(whole["scope"])
    assert "41" not in said(whole["summary"])
    held = [rule for rule in RULES if rule["scope"] == "section"]
    assert [] == [f for s in SPECS for f in check_section(held, whole[s], bare.materials(s))]
    assert report["dimensions"]["values"]


def test_a_run_of_an_older_release_whose_blueprint_declares_no_records_goes_on(report: Report) -> None:
    """What code reads of the site is told as today, and no standard, since nobody has read the code for it."""
    older = {s: replace(report.materials(s), record_types={}, known_records=nothing_known()) for s in SPECS}
    held = [rule for rule in RULES if rule["scope"] == "section" and rule.get("severity") != "warning"]

    whole = {s: computation(f"zoning.{SPECS[s]['compute'].partition('.')[2]}")(older[s]) for s in SPECS}

    assert "No standard of the zoning code was read" in said(whole["summary"])
    assert "42 seats" in said(whole["summary"])
    assert "Z-26-017" in str(whole["violations"])
    assert [] == [flaw for s in SPECS for flaw in ungrounded(s, whole[s], report.readings, WORDS)]
    assert [] == [f for s in SPECS for f in check_section(held, whole[s], older[s]) if f["severity"] == "error"]


def test_beside_a_writer_s_text_stand_tables_and_what_nobody_else_can_say(report: Report) -> None:
    """So each matter is told once: sentences and lists that code words from records give way to the text."""
    prose = [s for s, spec in SPECS.items() if spec.get("kind", "prose") == "prose"]
    standing = [(s, b) for s in prose for p in placeables(report[s]).values() if p.must_stand for b in p.blocks]
    worded = [(s, c["text"]) for s, b in standing for c in b.get("claims", ()) if c["basis"] in {"source", "computed"}]

    assert {"summary"} == {s for s, _ in worded}
    assert "Side yard, west (§ 1231.03): at least 8 ft, 4.2 ft there." in [text for _, text in worded]
    assert 9 == sum(b["kind"] == "table" for _, b in standing)


def test_nothing_in_the_report_depends_on_the_order_of_sources(report: Report) -> None:
    turned = Report(report.facts, report.readings[::-1], report.given)

    assert matrix(report) == matrix(turned)


def test_the_kind_is_small_and_reads_no_prose_by_patterns() -> None:
    files = sorted(KIND.rglob("*.py"))
    lines = sum(len(file.read_text().splitlines()) for file in files)
    using = {file.name: re.findall(r"\bre\.(?:compile|search|match|findall|sub)\b", file.read_text()) for file in files}

    assert lines <= 2_600, lines
    assert {"text.py": ["re.compile"]} == {name: found for name, found in using.items() if found}


def test_the_blueprint_has_twenty_sections() -> None:
    assert 20 == len(SPECS)


@pytest.mark.parametrize("surveyed", ["", "740"])
def test_a_standard_whose_name_holds_a_figure_fails_no_section(surveyed: str) -> None:
    code = "# Zoning Code\n\n## 4.1 Units\n\nA one bedroom unit shall have at least 750 square feet.\n"
    survey = f"item,value,unit\nSmallest one bedroom unit,{surveyed},sq ft\n"
    record = {
        "source": "code.md",
        "address": "§ 4.1, line 5",
        "fields": {
            "standard": "one bedroom unit",
            "site": "Smallest one bedroom unit",
            "bound": {"value": "minimum", "quote": "shall have at least"},
            "value": {"value": "750 square feet", "quote": "at least 750 square feet"},
        },
    }
    readings = tuple(read(name, text.encode()) for name, text in {"code.md": code, "survey.csv": survey}.items())
    whole = Report({"existing_use": "Dwelling"}, readings, {"standard": [record]}).whole()

    assert "one bedroom unit" in said(whole["summary"]).lower()
    assert [] == [flaw for s in SPECS for flaw in ungrounded(s, whole[s], readings, WORDS)]
