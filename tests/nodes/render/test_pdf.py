import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from quire.nodes.evidence.content import claim
from quire.nodes.render.document import number
from quire.nodes.render.pdf import render
from quire.nodes.render.pdf_fonts import marked_up, unshowable
from tests.nodes.render import sample
from tests.nodes.render.hostile import HOSTILE, document_of
from tests.nodes.render.reading import pdf_text


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(sample.document())


@pytest.fixture
def reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def links_of(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        yield from (link.get_object() for link in page.get("/Annots") or [])


def outline_of(entries: Any) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline_of(entry)
        else:
            yield entry.title


def test_the_outline_lists_what_the_contents_list(reader: PdfReader) -> None:
    entries = number(sample.document()).contents

    assert list(outline_of(reader.outline)) == [f"{e.number} {e.title}".strip() for e in entries]


def test_the_contents_name_the_pages_on_which_headings_stand(reader: PdfReader) -> None:
    contents = reader.pages[1].extract_text()
    pages = {
        entry.title: reader.get_destination_page_number(entry)
        for entry in reader.outline
        if not isinstance(entry, list)
    }

    assert "Contents" in contents
    for title, index in pages.items():
        words = title.split(" ", 1)[-1] if title[0].isdigit() else title
        assert re.search(rf"{re.escape(words)}\s+{index + 1}\b", contents), title
        assert words in reader.pages[index].extract_text()


def test_pages_say_which_of_how_many_they_are(reader: PdfReader) -> None:
    total = len(reader.pages)

    assert "Page" not in reader.pages[0].extract_text()
    assert all(f"Page {n} of {total}" in page.extract_text() for n, page in enumerate(reader.pages[1:], 2))


def test_a_table_over_pages_repeats_its_head_on_each(reader: PdfReader) -> None:
    rooms = [page.extract_text() for page in reader.pages if "floor, " in page.extract_text()]

    assert len(rooms) > 1
    assert all(re.search(r"Room\s+Area\s+Stalls\s+Remark", text) for text in rooms)


def test_every_link_leads_to_its_page(reader: PdfReader) -> None:
    texts = {p.indirect_reference.idnum: p.extract_text() for p in reader.pages if p.indirect_reference}
    targets = [link["/Dest"][0].idnum for link in links_of(reader)]
    summary = [link.get_object()["/Dest"][0].idnum for link in reader.pages[2]["/Annots"]]

    assert set(targets) <= set(texts)
    assert len(targets) > 100
    assert "[1] zoning-letter.docx" in texts[summary[0]]
    assert "[2] ordinance/r3.md" in texts[summary[1]]
    assert "[a] Of six standards" in texts[summary[2]]


def test_its_fonts_are_in_the_file(reader: PdfReader) -> None:
    fonts = {name: font for page in reader.pages for name, font in page["/Resources"]["/Font"].items()}
    named = [font.get_object() for font in fonts.values()]

    assert {str(font["/BaseFont"]).split("+")[-1] for font in named} - {"Helvetica"} >= {"IBMPlexSerif-Regular"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in named if font["/BaseFont"] != "/Helvetica")


def test_the_file_says_what_it_is_and_not_when_it_was_made(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Site and zoning report, 41 Mill Lane"
    assert reader.metadata.subject == "Zoning due diligence report"
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata)
    assert reader.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.long
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_becomes_markup_a_link_out_or_an_action(text: str) -> None:
    data = render(document_of(text))
    reader = PdfReader(BytesIO(data))

    assert all("/A" not in link and "/Dest" in link for link in links_of(reader))
    assert b"/JavaScript" not in data
    assert b"/Launch" not in data
    assert "/OpenAction" not in reader.trailer["/Root"]


def test_the_librarys_own_markup_is_shown_as_it_is() -> None:
    text = re.sub(r"\s+", "", pdf_text(render(document_of(HOSTILE["mini-markup"]))))

    assert re.sub(r"\s+", "", HOSTILE["mini-markup"]) in text


@pytest.mark.parametrize(
    "text", ["\N{GREATER-THAN OR EQUAL TO} ½ § ² “x” … é ž", "Ελληνικά Кириллица", "\N{MICRO SIGN}"]
)
def test_letters_that_a_font_has_are_shown(text: str) -> None:
    assert unshowable(text) == set()
    assert text in pdf_text(render(document_of(text)))


def test_letters_that_no_font_has_are_replaced_and_spoken_of() -> None:
    text = pdf_text(render(document_of("before ꦗꦮ after")))

    assert "before \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} after" in text
    assert re.search(r"no sign for some\s+characters \(U\+A997, U\+A9AE\)", text)
    assert unshowable("ꦗa") == {"ꦗ"}


def test_markup_of_a_text_is_escaped() -> None:
    assert marked_up("a<b> & c") == "a&lt;b&gt; &amp; c"


def test_a_cell_longer_than_a_page_loses_nothing() -> None:
    words = [f"word{n}" for n in range(2500)]
    row = [
        claim("a", "fixed"),
        claim(" ".join(words), "source", sample.HEIGHT, status="Conforming"),
        claim("z", "fixed"),
    ]
    document = sample.document()
    document["sections"] = [sample.section("a", "A", sample.content({"kind": "table", "rows": [row]}))]
    shown = pdf_text(render(document))

    assert re.findall(r"word\d+", shown) == words
    assert shown.count("[1]") == 2
    assert shown.count("Conforming") == 1


def test_a_word_without_end_is_broken_and_loses_nothing() -> None:
    document = sample.document()
    document["sections"] = [sample.section("a", "A", sample.content(sample.paragraph(sample.said("Q" * 10_000))))]

    assert pdf_text(render(document)).count("Q") == 10_000


def test_a_document_of_many_sections_has_contents_over_pages() -> None:
    document = sample.document()
    document["sections"] = [sample.section(f"s{n}", f"Section number {n}", sample.content()) for n in range(90)]
    reader = PdfReader(BytesIO(render(document)))
    text = "".join(page.extract_text() for page in reader.pages[1:4])

    assert all(f"Section number {n}" in text for n in range(90))
