"""Other scripts than Latin, in PDF and Word; and tables that are too wide for an upright page."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pypdf import PdfReader

from quire.nodes.render import pdf_east_asian
from quire.nodes.render.amounts import are_amounts
from quire.nodes.render.document import Document, number
from quire.nodes.render.docx import render as to_word
from quire.nodes.render.html import render as to_html
from quire.nodes.render.markdown import render as to_markdown
from quire.nodes.render.pdf import render
from quire.nodes.render.pdf_paragraph import in_sight_order
from quire.nodes.render.widths import Need, panels, too_wide
from tests.nodes.render import sample
from tests.nodes.render.hostile import document_of
from tests.nodes.render.reading import pdf_text, soup

CHINESE = "租金为每月1,234.56元。合同于2026年5月4日签订。"
JAPANESE = "家賃は月額12万3千円です。契約は2026年5月4日に締結されました。"
KOREAN = "임대료는 월 1,234,567원입니다."
ARABIC = "الإيجار ريال في الشهر مع شركة ACME (المحدودة)"
HEBREW = "שכר הדירה לחודש"


@pytest.mark.long
@pytest.mark.parametrize("text", [CHINESE, JAPANESE, KOREAN], ids=["Chinese", "Japanese", "Korean"])
def test_east_asian_text_is_in_the_pdf_with_its_fonts(text: str) -> None:
    data = render(document_of(text))

    assert text in pdf_text(data).replace("\n", "")
    assert "\N{REPLACEMENT CHARACTER}" not in pdf_text(data)
    assert any("Quire" in name for name in embedded(data))


def test_arabic_and_hebrew_are_drawn_from_the_right_in_their_joined_forms() -> None:
    arabic, hebrew = (pdf_text(render(document_of(text))) for text in (ARABIC, HEBREW))

    assert "\N{REPLACEMENT CHARACTER}" not in arabic + hebrew
    assert re.search("[\ufe80-\ufefc]", arabic), "letters stand in the forms that they have within a word"
    assert "ACME" in arabic
    assert set(HEBREW) <= set(hebrew)


def test_what_is_seen_of_a_line_is_in_the_order_of_the_bidirectional_algorithm() -> None:
    seen = in_sight_order("אבג 123 (abc)", "R")

    assert "(abc) 123 גבא" == "".join(character for _, character in seen)
    assert sorted(place for place, _ in seen) == list(range(len(seen)))
    assert "see גבא, end" == "".join(character for _, character in in_sight_order("see אבג, end", "L"))


@pytest.mark.long
def test_the_same_document_has_the_same_bytes_whoever_is_written_beside_it() -> None:
    document = document_of(CHINESE + JAPANESE + KOREAN + ARABIC)
    with ThreadPoolExecutor(3) as side_by_side:
        others = [side_by_side.submit(render, document_of(CHINESE[:n])) for n in (3, 5)]
        again = [side_by_side.submit(render, document) for _ in range(3)]

    assert all(other.result() for other in others)
    assert {render(document)} == {made.result() for made in again}


def test_without_the_fonts_a_pdf_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_east_asian, "_PACKAGE", "a_package_that_is_not_installed")
    text = " ".join(pdf_text(render(document_of(CHINESE))).split())

    assert "where the fonts for them are installed: quire-documents[cjk]" in text
    assert "\N{REPLACEMENT CHARACTER}" in text


def test_word_is_told_what_runs_from_right_to_left() -> None:
    body = docx.Document(BytesIO(to_word(document_of(ARABIC)))).element.body
    turned = [
        p for p in body.iter(qn("w:p")) if p.find(qn("w:pPr")) is not None and p.pPr.find(qn("w:bidi")) is not None
    ]
    runs = [r for p in turned for r in p.iter(qn("w:r")) if r.rPr is not None and r.rPr.find(qn("w:rtl")) is not None]

    assert turned
    assert runs
    assert all("ACME" not in "".join(t.text for t in r.iter(qn("w:t"))) for r in runs)


def test_every_text_of_the_page_finds_its_direction() -> None:
    page = soup(to_html(document_of(ARABIC)))

    assert {"auto"} == {tag["dir"] for tag in page.main.find_all(["p", "h2", "h3", "td", "li"]) if tag.has_attr("dir")}
    assert "ltr" == page.html["dir"]


def wide(columns: int, rows: int = 4) -> Document:
    document = sample.document()
    cells = [
        [
            sample.said(f"Item {r}", sample.FRONTAGE),
            *(sample.said(f"{r},{c:03}.50", sample.HEIGHT) for c in range(columns - 1)),
        ]
        for r in range(1, rows + 1)
    ]
    titles = [sample.column(f"Column {c}") for c in range(columns)]
    block = {"kind": "table", "caption": "Wide", "columns": titles, "rows": cells}
    after = sample.paragraph(sample.said("After the table."))
    document["sections"] = [sample.section("w", "Wide", sample.content(block, after))]  # type: ignore[arg-type]
    return document


@pytest.mark.long
@pytest.mark.parametrize(("columns", "sides"), [(4, 0), (11, 1), (30, 1)])
def test_a_wide_table_lies_on_its_side_and_what_follows_stands_upright(columns: int, sides: int) -> None:
    pages = PdfReader(BytesIO(render(wide(columns)))).pages
    word = docx.Document(BytesIO(to_word(wide(columns))))

    lying = [page.mediabox.width > page.mediabox.height for page in pages]
    assert bool(sides) == any(lying)
    assert not lying[-1]
    assert sides == [s.orientation for s in word.sections].count(WD_ORIENT.LANDSCAPE)
    assert all(f"{c:03}.50" in "".join(p.extract_text() for p in pages) for c in range(columns - 1))


def test_the_heading_of_a_wide_table_stands_on_its_page() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(wide(11)))).pages]

    (headed,) = (text for text in pages if "Column 10" in text)
    assert re.search(r"1\s+Wide", headed)


@pytest.mark.parametrize("columns", [4, 8, 11, 14, 30])
def test_no_mark_and_no_amount_is_broken_in_a_cell(columns: int) -> None:
    lines = pdf_text(render(wide(columns, rows=3))).splitlines()

    broken = [line for line in lines if line.count("[") != line.count("]") or re.search(r"\d[.,]$", line.strip())]
    assert [] == broken


@pytest.mark.parametrize("short", ["2026年5月4日", "1,234,567円", "80.5平方米", "1,234,560원"])
def test_a_short_east_asian_cell_stays_in_one_line_with_its_mark(short: str) -> None:
    document = sample.document()
    places = [sample.FRONTAGE, sample.DISTRICT, sample.MIN_LOT, sample.GOAL]  # each cell has a mark of its own
    texts = (short, CHINESE * 3, "报告 (zh.md)", short)
    cells = [sample.said(text, place) for text, place in zip(texts, places, strict=True)]
    titles = [sample.column(title) for title in ("Figure", "As stated", "Where", "Period")]
    block = {"kind": "table", "caption": "Figures", "columns": titles, "rows": [cells, cells]}
    document["sections"] = [sample.section("w", "Figures", sample.content(block))]  # type: ignore[arg-type]

    lines = pdf_text(render(document)).splitlines()
    assert 4 == sum(line.strip().startswith(f"{short}[") for line in lines)
    assert [] == [line for line in lines if line.count("[") != line.count("]")]


def test_amounts_stand_to_the_right_in_every_format() -> None:
    document = wide(3)
    numbered = number(document)

    assert ["left", "right", "right"] == [c["align"] for c in numbered.chapters[0].parts[0].columns]
    assert "| :--- | ---: | ---: |" in to_markdown(document).decode()
    assert 8 == len(soup(to_html(document)).select_one("#section-1").select("td.right"))
    word = docx.Document(BytesIO(to_word(document)))
    (table,) = (t for t in word.tables if t.cell(0, 0).text == "Column 0")
    assert "right" == str(table.cell(1, 1).paragraphs[0].alignment).split(" ")[0].lower()


@pytest.mark.parametrize(
    "text",
    ["1,234.50", "12,5 %", "EUR 2.400,50", "$(3.4)", "(3,400)", "-2.1%", "14,200 sq ft", "5 mg/kg", "3,2 Mio. Euro"],
)
def test_what_counts_as_an_amount(text: str) -> None:
    assert are_amounts([text, "", "-"])


@pytest.mark.parametrize("text", ["", "3 May 2026", "2026-05-04", "04.05.2026", "12:00", "R-3", "Unit 3", "1137.03(a)"])
def test_what_does_not(text: str) -> None:
    assert not are_amounts([text])


def test_panels_hold_every_column_once_and_begin_with_the_first() -> None:
    needs = [Need(60, 60, 60)] * 31
    shares = panels(needs, 650)

    assert list(range(31)) == sorted({c for share in shares for c in share})
    assert {0} == {share[0] for share in shares}
    assert all(sum(needs[c].word for c in share) <= 650 for share in shares)
    assert [[0, 1, 2]] == panels(needs[:3], 650)
    assert too_wide(needs[:10], 650)
    assert not too_wide(needs[:7], 470)


def embedded(data: bytes) -> set[str]:
    pages = PdfReader(BytesIO(data)).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    described = [font for font in fonts if "/FontDescriptor" in font]
    return {str(font["/BaseFont"]) for font in described if "/FontFile2" in font["/FontDescriptor"].get_object()}
