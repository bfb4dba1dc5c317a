"""Charts of the PDF: the drawing, and its figures in small print, each with its marks."""

from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether

from quire.nodes.render.charts.drawing import Drawing
from quire.nodes.render.numbered import Part
from quire.nodes.render.pdf_flow import say
from quire.nodes.render.pdf_paragraph import Paragraph
from quire.nodes.render.pdf_styles import MEASURE, PAGE_HEIGHT, QUIET_SMALL
from quire.nodes.render.pdf_tables import captioned

_WHOLE = PAGE_HEIGHT * 0.6
"""Points of a drawing that stands on one page with its caption and its figures."""


def chart(part: Part) -> Iterator[Flowable]:
    """Set a numbered chart under its caption."""
    if part.picture is None:
        return
    drawing = Drawing(part.picture, min(MEASURE, MEASURE * _WHOLE / part.picture.height))
    figures = Paragraph("; ".join(", ".join(say(cell) for cell in row) for row in part.rows), QUIET_SMALL)
    yield KeepTogether([captioned(part), drawing])
    yield figures
