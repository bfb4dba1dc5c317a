"""Workbooks: what their cells show, under their places."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table
from reader_inputs import saved, with_parts

from quire.nodes.computations.citing import cite
from quire.nodes.faults import BadInput
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read
from quire.nodes.sources.xlsx_shown import shown
from quire.nodes.support.grounding import locate


def book_of(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "S"
    for row in rows:
        book.active.append(row)
    return book


def reading(book: openpyxl.Workbook) -> Reading:
    out = io.BytesIO()
    book.save(out)
    return read("a.xlsx", out.getvalue())


def told(found: Reading) -> list[tuple[str, str]]:
    return [(passage["address"], passage["text"]) for passage in found["passages"]]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (42.0, "General", "42"),
        (1e15, "General", "1e+15"),
        (1234.5, "#,##0.00", "1,234.50"),
        (2.5, "0", "3"),
        (0.155, "0.0%", "15.5%"),
        (0.5, "0%", "50%"),
        (-1234, "#,##0;(#,##0)", "(1,234)"),
        (-1234, '"$"#,##0.00_);[Red]("$"#,##0.00)', "($1,234.00)"),
        (-3.2, "0.0", "-3.2"),
        (0, '#,##0;-#,##0;"none"', "none"),
        (1200, "#,##0 [$€-407]", "1,200 €"),
        (75, '"CHF" #,##0.00', "CHF 75.00"),
        (12_500_000, '0.0,,"m"', "12.5m"),
        (7, "000", "007"),
        (5.25, "# ?/?", "5.25"),
        (12345, "0.00E+00", "12345"),
        (1.5, "#.##", "1.5"),
        (12, '0" kg"', "12 kg"),
        (12, "0\\ \\k\\g", "12 kg"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
        (datetime(2026, 5, 4), "mm-dd-yy", "2026-05-04"),  # noqa: DTZ001 - a cell knows no time zone
        (datetime(2026, 5, 4, 9, 30), "m/d/yy h:mm", "2026-05-04 09:30"),  # noqa: DTZ001 - a cell knows no time zone
        (datetime(2026, 5, 4), "dd.mm.yyyy", "04.05.2026"),  # noqa: DTZ001 - a cell knows no time zone
        (datetime(2026, 5, 4), "d mmmm yyyy", "4 May 2026"),  # noqa: DTZ001 - a cell knows no time zone
        (datetime(2026, 5, 4), "[$-407]d. mmmm yyyy", "2026-05-04"),  # noqa: DTZ001 - a cell knows no time zone
        (datetime(2026, 5, 4, 15, 7), "h:mm AM/PM", "3:07 PM"),  # noqa: DTZ001 - a cell knows no time zone
        (date(2026, 5, 4), 'yyyy"年"m"月"', "2026年5月"),
        (time(9, 5), "hh:mm", "09:05"),
        (timedelta(hours=26, minutes=30), "[h]:mm", "26:30"),
        (timedelta(minutes=-5), "[h]:mm", "-0:05"),
    ],
)
def test_a_value_is_written_as_it_is_shown(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_cell_is_cited_by_its_place() -> None:
    found = reading(book_of(["Item", 2025, 2026], ["Mowing", 12500, 13100]))
    row = found["passages"][0]
    evidence = cite(found, row, field="2026")
    assert (evidence["address"], evidence["quote"]) == ("S!C2", "13100")
    assert locate("13100", found, "S!C2")
    assert not locate("13100", found, "S!B2")


def test_titles_above_a_table_are_text_and_rows_after_a_gap_go_on() -> None:
    book = book_of(
        ["Budget of the parks"], ["in dollars"], ["Item", "Cost"], ["Mowing", 12], ["Lamps", 5], [], ["Paths", 7]
    )
    assert told(reading(book)) == [
        ("S!A1", "Budget of the parks"),
        ("S!A2", "in dollars"),
        ("S!A4:B4", "Item: Mowing; Cost: 12"),
        ("S!A5:B5", "Item: Lamps; Cost: 5"),
        ("S!A7:B7", "Item: Paths; Cost: 7"),
    ]


def test_tables_side_by_side_are_two() -> None:
    book = book_of(
        ["Item", "Cost", None, None, None], ["Mowing", 12, None, "Hall", "Rent"], ["Lamps", 5, None, "East", 75]
    )
    assert [text for _, text in told(reading(book))] == [
        "Item: Mowing; Cost: 12",
        "Item: Lamps; Cost: 5",
        "Hall: East; Rent: 75",
    ]


def test_an_empty_column_inside_a_table_parts_nothing() -> None:
    book = book_of(["Item", "2025", None, "2026"], ["Mowing", 12, None, 13], ["Lamps", 5, None, 6])
    assert [text for _, text in told(reading(book))] == [
        "Item: Mowing; 2025: 12; 2026: 13",
        "Item: Lamps; 2025: 5; 2026: 6",
    ]


def test_what_is_merged_labels_the_rows_it_spans() -> None:
    book = book_of(["Zone", "Use", "Limit"], ["A", "Shop", 30], [None, "House", 20])
    book.active.merge_cells("A2:A3")
    assert told(reading(book))[1] == ("S!A3:C3", "Zone: A; Use: House; Limit: 20")


def test_a_table_that_the_workbook_declares_has_its_header() -> None:
    book = book_of(["Owner", "Hale"], ["Lot", "four"])
    assert [text for _, text in told(reading(book))] == ["Owner: Hale", "Lot: four"]
    book.active.add_table(Table(displayName="t", ref="A1:B2"))
    assert told(reading(book)) == [("S!A2:B2", "Owner: Lot; Hale: four")]


def test_a_bold_row_is_a_header() -> None:
    book = book_of(["Owner", "Person"], ["Lot", "four"])
    for cell in book.active[1]:
        cell.font = Font(bold=True)
    assert told(reading(book)) == [("S!A2:B2", "Owner: Lot; Person: four")]


def test_what_is_hidden_is_left_out_and_named() -> None:
    book = book_of(["Item", "Cost", "Secret"], ["Mowing", 12, 99], ["Lamps", 5, 98], ["Paths", 7, 97])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("Draft").sheet_state = "veryHidden"
    found = reading(book)
    assert [text for _, text in told(found)] == ["Item: Mowing; Cost: 12", "Item: Paths; Cost: 7"]
    assert found["warnings"] == [
        "the sheet “S” has hidden rows, which were left out: 3",
        "the sheet “S” has hidden columns, which were left out: C",
        "the sheet “Draft” is hidden, and was left out",
    ]


def test_formulas_are_never_computed() -> None:
    found = reading(
        book_of(["Item", "Cost"], ["Mowing", 12], ["All", "=SUM(B2:B2)"], ["Web", '=WEBSERVICE("http://x")'])
    )
    assert [text for _, text in told(found)] == ["Item: Mowing; Cost: 12", "Item: All", "Item: Web"]
    assert found["warnings"] == ["formulas without a value in “S”: B3, B4; save it in Excel again"]


@pytest.mark.parametrize(("line", "stands"), [("<strike/>", "950 dollars"), ('<strike val="0"/>', "900 950 dollars")])
def test_words_struck_through_in_a_cell_that_holds_them_itself_are_left_out(line: str, stands: str) -> None:
    runs = f"<is><r><rPr>{line}</rPr><t>900</t></r><r><t> 950 dollars</t></r></is>".encode()
    data = with_parts(
        saved(book_of(["Item", "Price"], ["Hall", "rich"])),
        lambda _, part: part.replace(b"<is><t>rich</t></is>", runs),
    )
    found = read("a.xlsx", data)

    assert stands == found["passages"][-1]["fields"]["Price"]
    assert (["struck through, and left out: “900”"] if stands == "950 dollars" else []) == found["warnings"]


def test_a_sheet_that_is_a_chart_is_named() -> None:
    book = book_of(["Item", "Price"], ["Hall", 75])
    book.create_chartsheet("Growth").add_chart(BarChart())

    assert ["the sheet “Growth” is a chart, and was not read"] == reading(book)["warnings"]


def test_page_headers_are_notes() -> None:
    book = book_of(["Item", "Cost"], ["Mowing", 12])
    book.active.oddHeader.center.text = "Parks && paths"
    note = reading(book)["passages"][-1]
    assert (note["address"], note["text"], note["kind"]) == ("S, page header 1", "Parks & paths", "note")


def test_more_cells_than_any_sheet_has_are_refused() -> None:
    book = book_of(["a"])
    book.active["ALL1000"] = "b"
    book.active["A1002"] = "c"
    with pytest.raises(BadInput, match=r"more than 1,000,000 cells"):
        reading(book)


def test_invisible_characters_are_taken_out_and_counted() -> None:
    found = reading(book_of(["Item", "Cost"], ["Mow\u200bing", 12], ["La\u202emps", 5]))
    assert [text for _, text in told(found)] == ["Item: Mowing; Cost: 12", "Item: Lamps; Cost: 5"]
    assert found["passages"][0]["fields"] == {"Item": "Mowing", "Cost": "12"}
    assert found["warnings"] == ["2 invisible characters were taken out"]


def test_a_strict_workbook_opens() -> None:
    out, changed = io.BytesIO(), io.BytesIO()
    book_of(["Item", "Cost"], ["Mowing", 12]).save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = re.sub(
                rb"http://schemas.openxmlformats.org/(spreadsheetml|officeDocument)/2006/(\w+)",
                rb"http://purl.oclc.org/ooxml/\1/\2",
                old.read(name),
            )
            new.writestr(name, part)
    assert told(read("a.xlsx", changed.getvalue())) == [("S!A2:B2", "Item: Mowing; Cost: 12")]
