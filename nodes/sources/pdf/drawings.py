"""Takes from a page what is drawn beside text: rules, filled areas, pictures."""

import ctypes
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from quire.nodes.sources.pdf.shapes import Rule

_MOST_OBJECTS = 60_000
_MOST_RULES = 12_000
_LONGEST_PATH = 2_000
_DEEPEST = 6
_THIN = 2.5
"""Thickness in points up to which an area is a rule."""
_SHORT = 3.0
_MOST_UNREAD = 200
_SHOWN_MODES = range(3)
"""Ways of drawing letters in which they show: filled, stroked, both."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle; y grows upwards, as PDF has it."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Drawings:
    """What a page draws beside text, in the page's own points."""

    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    """Part of the page that pictures cover, 1 for all; those one over another count each."""
    curves: int = 0
    """How many bent strokes there are: of charts, or of letters drawn as shapes."""
    lettered: list[tuple[int, Box]] = field(default_factory=list)
    """Where letters are drawn: each operation by where PDFium holds it, and its area."""

    def unread(self, read: Container[int]) -> int:
        """Count the operations that draw letters of which nothing is read, beside all others: no shadows of them."""
        areas = [box for place, box in self.lettered if place in read]
        others = [box for place, box in self.lettered if place not in read][:_MOST_UNREAD]
        return sum(not any(_holds_middle(area, box) for area in areas) for box in others)


def drawings_of(page: pypdfium2.PdfPage) -> Drawings:
    """Collect the drawings, up to a count that no honest page reaches."""
    found = Drawings()
    width, height = page.get_size()
    left, bottom, right, top = page.get_cropbox()
    for kind, handle, matrix in _objects(page):
        box = _bounds(handle, matrix)
        if box is None or not (box.x1 >= left and box.x0 <= right and box.y1 >= bottom and box.y0 <= top):
            continue
        box = Box(max(box.x0, left), max(box.y0, bottom), min(box.x1, right), min(box.y1, top))
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictured += (box.x1 - box.x0) * (box.y1 - box.y0) / (width * height or 1.0)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if min(box.x1 - box.x0, box.y1 - box.y0) > 1 and _shows(handle):
                found.lettered.append((ctypes.addressof(handle.contents), box))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(found.rules) < _MOST_RULES:
            _add_path(found, handle, matrix, box)
    return found


def _shows(handle: Any) -> bool:
    return pdfium.FPDFTextObj_GetTextRenderMode(handle) in _SHOWN_MODES


def _holds_middle(area: Box, box: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Any, Matrix]]:
    """Give the page's objects, those inside forms too, with the form's matrix."""
    waiting: list[tuple[Any, Matrix, int]] = []
    seen = 0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        waiting.append((pdfium.FPDFPage_GetObject(page, index), _SAME, 0))
        while waiting:
            handle, matrix, depth = waiting.pop()
            seen += 1
            if not handle or seen > _MOST_OBJECTS:
                continue
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield kind, handle, matrix
            elif depth < _DEEPEST:
                inner = _times(_matrix(handle), matrix)
                count = min(pdfium.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS)
                parts = [pdfium.FPDFFormObj_GetObject(handle, part) for part in range(count)]
                waiting.extend((part, inner, depth + 1) for part in reversed(parts))


def _matrix(handle: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x, y = _at(outer, e, f)
    p, q, r, s = outer[:4]
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(handle: Any, matrix: Matrix) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(handle, *sides):
        return None
    x0, y0, x1, y1 = (side.value for side in sides)
    corners = [_at(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _add_path(found: Drawings, handle: Any, matrix: Matrix, box: Box) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not fill.value and not stroke.value:
        return
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    if min(wide, high) <= _THIN:
        if max(wide, high) > _SHORT:
            found.rules.append(_flattened(box))
        return
    points, bent = _corners(handle, _times(_matrix(handle), matrix))
    found.curves += bent
    for (x0, y0), (x1, y1) in points:
        side = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        thick, long = sorted((side.x1 - side.x0, side.y1 - side.y0))
        if thick < 1 and long > _SHORT:
            found.rules.append(_flattened(side))


def _flattened(box: Box) -> Rule:
    if box.x1 - box.x0 >= box.y1 - box.y0:
        y = (box.y0 + box.y1) / 2
        return Rule(box.x0, y, box.x1, y)
    x = (box.x0 + box.x1) / 2
    return Rule(x, box.y0, x, box.y1)


Point: TypeAlias = tuple[float, float]


def _corners(handle: Any, matrix: Matrix) -> tuple[list[tuple[Point, Point]], int]:
    """Give the straight parts of a path, and the number of bent ones."""
    parts: list[tuple[Point, Point]] = []
    bent, start, last = 0, (0.0, 0.0), (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(handle), _LONGEST_PATH)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _at(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            parts.append((last, point))
        else:
            bent += 1
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            parts.append((last, start))
    return parts, bent
