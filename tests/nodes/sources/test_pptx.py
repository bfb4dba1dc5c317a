"""Slides: what they say, in reading order, and what stands beside it."""

import io
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Inches

from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
A14 = 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def deck_with(title: str) -> tuple[Any, Any]:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    return deck, slide


def reading(deck: Any) -> Reading:
    out = io.BytesIO()
    deck.save(out)
    return read("a.pptx", out.getvalue())


def box(slide: Any, text: str, top: float, left: float = 1) -> Any:
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(0.5))
    shape.text_frame.text = text
    return shape


def test_shapes_are_read_from_top_to_bottom_under_the_title() -> None:
    deck, slide = deck_with("Rents")
    box(slide, "last", 5)
    box(slide, "right", 3, left=5)
    box(slide, "left", 3)
    found = reading(deck)
    assert [(p["address"], p["text"]) for p in found["passages"]] == [
        ("slide 1, shape 1", "Rents"),
        ("slide 1, shape 4, paragraph 1", "left"),
        ("slide 1, shape 3, paragraph 1", "right"),
        ("slide 1, shape 2, paragraph 1", "last"),
    ]
    assert {tuple(p["headings"]) for p in found["passages"][1:]} == {("Rents",)}
    assert found["title"] == "Rents"


def test_raised_digits_stay_raised_and_struck_words_go() -> None:
    deck, slide = deck_with("Area")
    paragraph = box(slide, "", 2).text_frame.paragraphs[0]
    for text, look, value in (("120 m", "", ""), ("2", "baseline", "30000"), (" old", "strike", "sngStrike")):
        run = paragraph.add_run()
        run.text = text
        if look:
            run._r.get_or_add_rPr().set(look, value)  # noqa: SLF001 - python-pptx has no other way to it
    found = reading(deck)
    assert found["passages"][1]["text"] == "120 m²"
    assert found["warnings"] == ["struck through, and left out: “old”"]


def test_equations_are_written() -> None:
    deck, slide = deck_with("Load")
    frame = box(slide, "", 2).text_frame
    run = "<m:r><m:t>{}</m:t></m:r>"
    inner = f"<m:f><m:num>{run.format('ab')}</m:num><m:den>{run.format('c+d')}</m:den></m:f>"
    frame._txBody.append(parse_xml(f"<a:p {A} {A14} {MATH}><a14:m><m:oMath>{inner}</m:oMath></a14:m></a:p>"))  # noqa: SLF001 - python-pptx has no other way to it
    assert reading(deck)["passages"][1]["text"] == "ab/(c+d)"


def test_merged_cells_stand_in_each_row_they_span() -> None:
    deck, slide = deck_with("Uses")
    table = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(4), Inches(2)).table
    for at, row in enumerate((["Zone", "Use"], ["A", "Shop"], ["", "House"])):
        for to, text in enumerate(row):
            table.cell(at, to).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert [p["fields"] for p in reading(deck)["passages"][1:]] == [
        {"Zone": "A", "Use": "Shop"},
        {"Zone": "A", "Use": "House"},
    ]


def test_a_slide_without_a_title_stands_under_none() -> None:
    deck, _ = deck_with("Rents")
    box(deck.slides.add_slide(deck.slide_layouts[6]), "Alone", 2)
    assert reading(deck)["passages"][-1]["headings"] == []
