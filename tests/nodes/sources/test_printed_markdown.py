"""Markdown that was printed, or typed into a word processor, has headings, tables and no asterisks."""

from io import BytesIO

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.read import read

TYPED = [
    "# Pump P-7",
    "The pump was made for the mill, and it has run since",
    "**May 2021** without a fault.",
    "## Figures",
    "| Figure | P-6 | P-7 |",
    "|---|---|---|",
    "| Flow | 40 l/s | 55 l/s |",
    "## Risks",
    "1. The seal has one maker; a second one",
    "is looked for.",
    "2. No spare motor.",
]


def _docx(lines: list[str]) -> Reading:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return read("pump.docx", file.getvalue())


def _pdf(lines: list[str]) -> Reading:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for n, line in enumerate(lines):
        canvas.drawString(60, 780 - 18 * n, line)
    canvas.save()
    return read("pump.pdf", file.getvalue())


def _with(reading: Reading, words: str) -> Passage:
    (found,) = (p for p in reading["passages"] if words in p["text"])
    return found


def test_what_was_typed_into_a_word_processor_is_read_as_its_signs_say() -> None:
    reading = _docx(TYPED)

    assert ("Pump P-7", ["Pump P-7", "Figures", "Risks"]) == (
        reading["title"],
        [p["text"] for p in reading["passages"] if p["kind"] == "heading"],
    )
    assert {"Figure": "Flow", "P-6": "40 l/s", "P-7": "55 l/s"} == _with(reading, "Flow")["fields"]
    assert "paragraph 7" == _with(reading, "Flow")["address"]
    assert not any("*" in p["text"] or "|" in p["text"] for p in reading["passages"])


def test_a_sentence_that_was_broken_into_paragraphs_is_whole_and_keeps_its_places() -> None:
    reading = _docx(TYPED)

    ran = _with(reading, "it has run since May 2021 without a fault.")
    seal = _with(reading, "a second one is looked for.")
    assert ("paragraph 2", "paragraph 3") == (ran["address"], ran["lines"][0][1])
    assert ["Pump P-7", "Risks"] == seal["headings"]
    assert "No spare motor." == _with(reading, "spare")["text"]


def test_printed_pages_have_headings_and_lines_of_their_own() -> None:
    reading = _pdf(["# Quarter", "**Fleet:** 30 boats", "**Availability:** 99 %", "## Risks", "1. One yard only."])

    assert "Quarter" == reading["title"]
    assert ("page 1, line 3", "99 %") == (_with(reading, "99 %")["address"], _with(reading, "99 %")["text"])
    assert ["Quarter", "Risks"] == _with(reading, "One yard")["headings"]


def test_a_file_with_headings_of_its_own_or_one_sign_stays_as_it_is() -> None:
    document = docx.Document()
    document.add_heading("Notes", 1)
    document.add_paragraph("# is the sign for a number.")
    document.add_paragraph("# 7 is the last pump.")
    file = BytesIO()
    document.save(file)

    assert "# 7 is the last pump." in [p["text"] for p in read("notes.docx", file.getvalue())["passages"]]
    assert "# 7 is the last pump." in [p["text"] for p in _docx(["Pumps", "# 7 is the last pump."])["passages"]]
