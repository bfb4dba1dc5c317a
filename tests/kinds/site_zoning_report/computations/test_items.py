from zoning_report import Report

from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate


def test_a_value_is_cited_by_its_cell() -> None:
    survey = read("s.csv", b'item,value,unit,note\nLot area,"14,200",sq ft,\n')
    found = item(items([survey]), r"^lot area")

    assert found is not None
    assert ("14,200", "sq ft", "row 2, value") == (found.value, found.unit, found.evidence["address"])


def test_a_question_without_an_answer_is_kept_with_its_note() -> None:
    survey = read("s.csv", b"item,value,unit,note\nLowest floor elevation,,ft,Not measured\n")
    found = item(items([survey]), r"lowest floor")

    assert found is not None
    assert ("", "Not measured") == (found.value, found.evidence["quote"])


def test_an_answer_is_preferred_to_a_blank_under_the_same_label() -> None:
    sheets = [
        read("a.csv", b"item,value\nHeight,\nStories,2\n"),
        read("b.csv", b"item,value\nHeight,38.5\nStories,2\n"),
    ]
    found = item(items(sheets), r"^height")

    assert found is not None
    assert ("38.5", "b.csv") == (found.value, found.source)


def test_one_wide_row_answers_by_its_column_titles() -> None:
    wide = read("w.csv", b"lot_area,lot_width,front,side,rear,height\n9000,60,5,8,25,30\n")
    found = item(items([wide]), r"^lot width")

    assert found is not None
    assert ("60", "row 2, lot_width") == (found.value, found.evidence["address"])


def test_owners_are_not_items() -> None:
    record = read(
        "p.csv", b"field,value\nOwner of record,Tamsin Oakley\nOwner mailing address,Box 88\nYear built,1931\n"
    )

    assert ["Year built"] == [found.label for found in items([record])]


def test_every_item_of_the_example_stands_where_it_is_cited(report: Report) -> None:
    readings = {reading["source"]: reading for reading in report.readings}
    found = items(report.readings)

    assert len(found) > 50
    assert all(locate(i.evidence["quote"], readings[i.source], i.evidence["address"]) for i in found)
