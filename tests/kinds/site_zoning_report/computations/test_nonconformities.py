import pytest
from zoning_report import SPECS, Bare, Changed, Report, TextOf, rows, said

from quire.graphs.kinds.site_zoning_report.computations.assessment import assessments_in
from quire.nodes.evidence.content import SectionContent

NONCONFORMITIES = "ordinance/1261-nonconformities.md"
GOVERNS = "A shortage of parking is governed here by what the code says of a change of use"


def _meaning(content: SectionContent) -> list[str]:
    return _texts(content, "list")


def _texts(content: SectionContent, kind: str) -> list[str]:
    return [c["text"] for b in content["blocks"] if b["kind"] == kind for c in b["claims"]]


def _quoted(content: SectionContent) -> str:
    return " ".join(_texts(content, "quote"))


def test_on_a_change_of_use_the_paragraph_on_changes_governs_a_shortage_of_parking(report: Report) -> None:
    governed = next(text for text in _meaning(report["nonconformities"]) if "shortage of parking" in text)

    assert governed.startswith(GOVERNS)
    assert "the spaces that this Code requires for the new use shall be provided" in governed
    assert "1261.04(b)" in governed
    assert "1261.04(a)" not in governed


def test_every_paragraph_that_bears_on_parking_is_quoted(report: Report) -> None:
    quoted = _quoted(report["nonconformities"])

    assert "(Chapter 1261, Section 1261.04(a))" in quoted
    assert "(Chapter 1261, Section 1261.04(b))" in quoted


def test_without_a_change_of_use_both_paragraphs_are_named(changed: Changed) -> None:
    same = changed(facts={"existing_use": "Bakery with seating", "seats": 90}, without=("uses.csv",))["nonconformities"]
    governed = next(text for text in _meaning(same) if "shortage of parking" in text)

    assert "Sections 1261.04(a) and 1261.04(b), quoted below" in governed
    assert GOVERNS not in said(same)


def test_where_the_clauses_are_silent_the_chapter_on_parking_says_what_a_change_requires(
    changed: Changed, example_text: TextOf
) -> None:
    silent = example_text(NONCONFORMITIES).split("- (b) On a change of use")[0] + "\n"
    governed = _meaning(changed(replaced={NONCONFORMITIES: silent})["nonconformities"])

    assert any(GOVERNS in text and "Section 1241.01" in text for text in governed)


BYLAW = """# Chapter 9: Nonconforming Buildings and Uses

## 9.1 Buildings

A nonconforming building may be continued. If destroyed beyond 50 percent of its value it shall not be rebuilt.

## 9.2 Parking Facilities

A use that lacks parking facilities may be continued. If the use is changed to a use requiring more of them, the parking
facilities required for the new use must be provided.

# Chapter 4: Town District

## 4.1 Purpose

The T Town District is for shops.

## 4.2 Uses

Shops and restaurants are permitted uses in the T Town District.

# Chapter 6: Off-street Parking

## 6.1 Schedule

| Use | Spaces |
|---|---|
| Restaurant | 1 for each 2 seats |
"""


@pytest.mark.parametrize(("existing", "governs"), [("Shop", True), ("Restaurant", False)])
def test_a_code_of_other_numbers_and_words_is_read_alike(bare: Bare, existing: str, *, governs: bool) -> None:
    survey = "item,value,unit\nLot area,9000,sq ft\nParking spaces,3,\n"
    files = {"bylaw.md": f"---\ncode: Zoning Bylaw\n---\n\n{BYLAW}", "survey.csv": survey}
    facts = {"district": "T", "existing_use": existing, "proposed_use": "Restaurant", "seats": 20}
    made = bare(files, **facts)["nonconformities"]

    governed = next(text for text in _meaning(made) if "shortage of parking" in text)
    assert governs == (GOVERNS in governed)
    assert "9.2" in governed
    assert "must be provided" in _quoted(made)


def test_every_section_that_compares_standards_is_waited_for(report: Report) -> None:
    comparing = {name for name, content in report.whole().items() if assessments_in(content["values"])}

    assert comparing <= set(SPECS["nonconformities"]["after"])


def test_every_standard_that_is_not_met_is_among_them(report: Report) -> None:
    summary = report["summary"]["values"]
    named = [row[0] for row in rows(report["nonconformities"], "Standards that are not met")]

    assert summary["summary.nonconforming"]["value"] + summary["summary.legal_nonconforming"]["value"] == len(named)
    assert {"Side yard setback", "Parking spaces", "Street trees", "Refuse enclosure"} == set(named)
    assert f"{len(named)} standards are not met" in said(report["nonconformities"])
