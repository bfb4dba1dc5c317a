"""Charts of the Word edition: a picture with an alternative text, and its figures with their marks."""

from io import BytesIO

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Pt

from quire.nodes.render.charts.drawing import as_png
from quire.nodes.render.docx_tables import captioned
from quire.nodes.render.docx_text import say
from quire.nodes.render.docx_xml import XML, add_paragraph, add_run, measure, of_paragraph
from quire.nodes.render.numbered import Part

_HIGHEST = 480.0
"""Points of a picture."""


def chart(word: Word, part: Part) -> None:
    """Add a numbered chart under its caption."""
    if part.picture is None:
        return
    captioned(word, part, "Figure")
    paragraph = add_paragraph(word, "Cell")
    width = min(measure(word), measure(word) * _HIGHEST / part.picture.height)
    paragraph.add_run().add_picture(BytesIO(as_png(part.picture)), width=Pt(width))
    _describe(of_paragraph(paragraph), f"{part.label} {part.number}", part.picture.alternative)
    figures = add_paragraph(word, "Small Print")
    for row in part.rows:
        for cell in row:
            say(figures, cell)
            add_run(figures, ("; " if row is not part.rows[-1] else "") if cell is row[-1] else ", ")


def _describe(paragraph: XML, name: str, alternative: str) -> None:
    """Say what a picture shows, for who cannot see it."""
    for kind in ("wp:docPr", "pic:cNvPr"):
        for described in paragraph.iter(qn(kind)):
            described.set("name", name)
            described.set("descr", alternative)
