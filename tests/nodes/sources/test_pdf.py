import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from quire.nodes.faults import BadInput
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

STYLES = getSampleStyleSheet()
LONG = "The parcel lies in Zone AE, with a base flood elevation of 612.4 feet, and no building may be lower than that. "


def text(words: str, style: str = "Normal") -> Paragraph:
    return Paragraph(words, STYLES[style])


def printed(story: Sequence[Flowable], footer: str = "", title: str | None = None) -> bytes:
    def foot(canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.drawString(72, 30, footer.replace("#", str(canvas.getPageNumber())))

    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=letter, title=title)
    frame = Frame(72, 72, 450, 650)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=foot if footer else lambda *_: None))
    document.build(list(story))
    return out.getvalue()


def shown(data: bytes) -> list[tuple[str, str]]:
    return [(passage["address"], passage["text"]) for passage in reading(data)["passages"]]


def reading(data: bytes) -> Reading:
    return read("flood.pdf", data)


def test_lines_make_paragraphs_under_page_and_first_line() -> None:
    data = printed([text(LONG * 3), Spacer(1, 12), text("A second one."), PageBreak(), text("A third.")])
    assert shown(data) == [
        ("page 1, line 1", (LONG * 3).strip()),
        ("page 1, line 5", "A second one."),
        ("page 2, line 1", "A third."),
    ]


def test_larger_type_is_a_heading_and_its_number_a_section() -> None:
    data = printed([text("Flood study", "Title"), text("2.1 Overlay", "Heading2"), text(LONG)])
    found = reading(data)
    assert [p["kind"] for p in found["passages"]] == ["heading", "heading", "text"]
    assert found["title"] == "Flood study"
    assert found["passages"][2]["address"] == "§ 2.1, page 1, line 3"
    assert found["passages"][2]["headings"] == ["Flood study", "2.1 Overlay"]


@pytest.mark.parametrize("stated", ["untitled", "Microsoft Word - study v2.docx", "study.html"])
def test_a_title_that_is_no_title_gives_way_to_the_heading(stated: str) -> None:
    data = printed([text("Flood study", "Title"), text(LONG)], title=stated)
    assert reading(data)["title"] == "Flood study"


def test_a_running_title_is_read_once() -> None:
    story = [part for n in range(4) for part in (text(f"Matter {n}. " + LONG), PageBreak())]
    addresses = [address for address, words in shown(printed(story, "Flood study, page #")) if "Flood study" in words]
    assert addresses == ["page 1, line 3"]


def test_a_sentence_goes_on_over_a_page_break() -> None:
    story = [Spacer(1, 600), text(LONG * 6)]
    data = printed(story)
    assert len(PdfReader(io.BytesIO(data)).pages) == 2
    assert shown(data) == [("page 1, line 1", (LONG * 6).strip())]


def test_rows_drawn_cell_by_cell_are_rows() -> None:
    found = reading(printed([text(LONG), Table([["Zone", "Elevation"], ["AE", "612.4"], ["X", "none"]])]))
    assert found["passages"][1]["fields"] == {"Zone": "AE", "Elevation": "612.4"}
    assert found["passages"][1]["address"] == "page 1, line 4"


def test_marks_begin_paragraphs() -> None:
    story = [
        text("4.2 Yards", "Heading2"),
        text("(a) Front yard, twenty feet.<br/>(b) Rear yard, thirty-<br/>five feet."),
    ]
    assert [words for _, words in shown(printed(story))] == [
        "4.2 Yards",
        "Front yard, twenty feet.",
        "Rear yard, thirty-five feet.",
    ]


def test_a_page_without_text_is_said() -> None:
    found = reading(printed([text("Words."), PageBreak(), Spacer(1, 9), PageBreak(), text("More.")]))
    assert found["warnings"] == ["page 2 holds no text (a scan?)"]


def test_a_scan_is_refused() -> None:
    with pytest.raises(BadInput, match="no page holds text"):
        reading(printed([Spacer(1, 9), PageBreak(), Spacer(1, 9)]))


def encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed([text("Words.")]))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_asked_for() -> None:
    with pytest.raises(BadInput, match="encrypted"):
        reading(encrypted("secret"))


def test_a_file_only_locked_against_changes_is_read() -> None:
    assert shown(encrypted("")) == [("page 1, line 1", "Words.")]


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"%PDF-1.4\n" + b"\0\xff" * 500])
def test_a_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match="broken"):
        reading(content)


def test_a_file_cut_short_never_gives_half_a_document_unsaid() -> None:
    data = printed([text(LONG * 40), PageBreak(), text(LONG)])
    complete = shown(data)
    for cut in range(100, len(data), 997):
        try:
            found = reading(data[:cut])
        except BadInput:
            continue
        assert [(p["address"], p["text"]) for p in found["passages"]] == complete or found["warnings"]
