"""Charts in every format: drawn, led from, described, and the same again."""

from collections import Counter
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.document import Document
from quire.nodes.render.formats import FORMATS
from tests.nodes.render import sample
from tests.nodes.render.reading import html_of_markdown, soup, text_of

NAMES = ["Login", "שלום עולם", "データベースの障害", "مرحبا", "<svg onload=alert(1)>", "x" * 500, ""]
NUMBERS = ["1", "-3.5", "0", f"1{'0' * 300}", "0.000000001", "17", "42"]
DATES = ["0001-01-01", "2026-01-05T23:59", "2026-01-05", "2026-03-01", "9999-12-31", "1999-12-31T00:00", "2026-06-01"]


def _chart(form: Any, values: list[list[str]], names: list[str] = NAMES) -> Document:
    rows, marks = [], []
    for n, (name, own) in enumerate(zip(names, values, strict=False)):
        evidence = sample.evidence("a.csv", f"row {n}", own[-1])
        rows.append([claim(name, "source", evidence), claim(own[-1], "source", evidence)])
        marks.append({"row": n, "cell": 1, "values": own, "series": name})
    block = Block(
        kind="chart", caption="What it cost", columns=[sample.column("What"), sample.column("Cost")], rows=rows
    )
    block["chart"] = {"form": form, "unit": "EUR", "marks": marks}
    made = sample.section("one", "One", sample.content(block))
    return {**sample.document(), "sections": [made], "sources": [sample.source("a.csv", "", 1)]}


FORMS = {
    "bars": [[number] for number in NUMBERS],
    "lines": [[f"{n}", number] for n, number in enumerate(NUMBERS)],
    "lines over time": [[date, number] for date, number in zip(DATES, NUMBERS, strict=True)],
    "timeline": [[date, "9999-12-31"] if n % 2 else [date] for n, date in enumerate(DATES)],
}


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FORMATS)
def test_whatever_it_shows_it_is_written_and_the_same_again(name: str, form: str) -> None:
    document = _chart(form.partition(" ")[0], FORMS[form])

    assert FORMATS[name].render(document) == FORMATS[name].render(document)
    assert "What it cost" in text_of(name, document)


@pytest.mark.parametrize("form", FORMS)
def test_every_mark_leads_to_a_place_in_the_document(form: str) -> None:
    document = _chart(form.partition(" ")[0], FORMS[form])
    page = soup(FORMATS["html"].render(document))

    marks = page.select("svg a")
    assert [f"#evidence-{n}" for n in range(1, len(NAMES) + 1)] == [mark["href"] for mark in marks]
    assert all(page.find(id=str(mark["href"]).removeprefix("#")) for mark in marks)
    pdf = PdfReader(BytesIO(FORMATS["pdf"].render(document)))
    led = Counter(str(note.get_object()["/Dest"]) for p in pdf.pages for note in p.get("/Annots", []))
    assert len(NAMES) == sum(times == len(("mark", "name", "figure")) for times in led.values())


def test_word_has_a_picture_and_says_what_it_shows() -> None:
    body = docx.Document(BytesIO(FORMATS["docx"].render(_chart("bars", FORMS["bars"])))).element.body

    (picture,) = body.iter(qn("wp:docPr"))
    assert "Bar chart. What it cost. Login: 1; שלום עולם: -3.5" in picture.get("descr")


def test_markdown_has_its_figures_as_a_table() -> None:
    page = html_of_markdown(FORMATS["md"].render(_chart("bars", FORMS["bars"])))

    assert ["Login", "1"] == [
        cell.get_text().partition("[")[0].strip() for cell in page.select("tbody tr")[0].find_all("td")
    ]


def test_no_number_is_too_large_and_none_leaves_the_picture() -> None:
    page = soup(FORMATS["html"].render(_chart("bars", FORMS["bars"])))

    for bar in page.select("svg rect"):
        left, width = float(str(bar["x"])), float(str(bar["width"]))
        assert 0 <= left <= left + width <= 520
