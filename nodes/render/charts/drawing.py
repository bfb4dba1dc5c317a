"""Charts drawn by ReportLab: in a PDF as they stand, for Word as a picture."""

from collections.abc import Mapping
from io import BytesIO
from threading import Lock
from typing import Literal

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from quire.nodes.render.charts.lettering import SIZE
from quire.nodes.render.charts.picture import WIDTH, Anchor, Lettering, Picture, Shape
from quire.nodes.render.pdf_fonts import SANS, marked_up, register
from quire.nodes.render.pdf_paragraph import Paragraph
from quire.nodes.render.pdf_styles import INK, LINE, QUIET

SERIES = ("#1f5f99", "#c2641c", "#3c7a4e", "#8a4b9c", "#a33a3a", "#6a7480")
"""Colours that also differ in grey and to who sees no red or green."""
_SIDES: Mapping[Anchor, Literal[0, 1, 2]] = {"start": 0, "middle": 1, "end": 2}
_RADIUS = 3.2
_ROOM = 400.0  # points of a line of letters, in which it is set to a side
_SHARPNESS = 2.5  # dots of the picture in Word for a point
_PDFIUM = Lock()
"""The library that makes pictures of pages works for one at a time."""


class Drawing(Flowable):
    """A chart on a page, as wide as the text."""

    def __init__(self, picture: Picture, measure: float, *, linked: bool = True) -> None:
        """Draw a picture so wide; where nothing can be led to, without links."""
        super().__init__()
        self.picture, self.scale, self.linked = picture, measure / WIDTH, linked
        self.width, self.height = measure, picture.height * self.scale

    def wrap(self, *_: float) -> tuple[float, float]:
        """Give what it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw shapes, then words."""
        self.canv.saveState()
        self.canv.scale(self.scale, self.scale)
        for shape in self.picture.shapes:
            self._draw_shape(shape)
        for lettering in self.picture.words:
            self._letter(lettering)
        self.canv.restoreState()

    def _up(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0], self.picture.height - point[1]

    def _draw_shape(self, shape: Shape) -> None:
        canvas, points = self.canv, [self._up(point) for point in shape.points]
        colour = HexColor({"grid": LINE, "axis": QUIET, "mark": SERIES[shape.colour % len(SERIES)]}[shape.ink])
        canvas.setFillColor(colour)
        canvas.setStrokeColor(colour)
        if shape.kind == "bar":
            (left, top), (right, bottom) = points
            canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
            self._lead(shape, (left, bottom, right, top))
        elif shape.kind == "dot":
            (x, y) = points[0]
            canvas.circle(x, y, _RADIUS, stroke=0, fill=1)
            self._lead(shape, (x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS))
        else:
            canvas.setLineWidth({"grid": 0.5, "axis": 0.9, "mark": 1.6}[shape.ink])
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            canvas.drawPath(path, stroke=1, fill=0)

    def _lead(self, shape: Shape, corners: tuple[float, float, float, float]) -> None:
        if self.linked and shape.leads_to:
            self.canv.linkRect("", shape.leads_to, corners, relative=1, thickness=0)

    def _letter(self, lettering: Lettering) -> None:
        side = _SIDES[lettering.anchor]
        style = ParagraphStyle(
            "Lettering", fontName=SANS, fontSize=SIZE, leading=SIZE, alignment=side, textColor=HexColor(INK)
        )
        said = Paragraph(marked_up(lettering.text), style)
        _, height = said.wrap(_ROOM, SIZE)
        x, y = self._up(lettering.at)
        said.drawOn(self.canv, x - _ROOM * side / 2, y - height + SIZE * 0.8)


def as_png(picture: Picture) -> bytes:
    """Draw a chart as a picture; the same chart is the same bytes."""
    register()
    page = BytesIO()
    canvas = Canvas(page, pagesize=(WIDTH, picture.height), invariant=1)
    Drawing(picture, WIDTH, linked=False).drawOn(canvas, 0, 0)
    canvas.save()
    made = BytesIO()
    with _PDFIUM:
        document = pypdfium2.PdfDocument(page.getvalue())
        document[0].render(scale=_SHARPNESS).to_pil().save(made, "PNG")
        document.close()
    return made.getvalue()
