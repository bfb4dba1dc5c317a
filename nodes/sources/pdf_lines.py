"""Lines of a PDF page as printed: pieces of text on one base line, in the order the page draws them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pypdf import PageObject

from quire.nodes.sources.folding import fold, strip_invisible

_SAME_LINE = 0.5
"""Pieces whose base lines differ by less than this part of the font's size stand on one line: raised figures do."""

_PRECISION = 2


class PageLine(NamedTuple):
    """A line of text."""

    text: str
    size: float
    """Height of its largest letters, in points."""
    drop: float
    """How far it stands below the line drawn before it, in points; 0 or less at the top of a page or column."""
    cells: tuple[str, ...]
    """Its parts, if it was drawn in several strokes: the cells of a table's row."""


class _Piece(NamedTuple):
    text: str
    size: float
    y: float


def lines_of_page(page: PageObject) -> list[PageLine]:
    """Collect the page's lines. Cells of a table row that are drawn one after the other make one line."""
    pieces: list[_Piece] = []

    def visit(text: str, user: Sequence[float], matrix: Sequence[float], _font: object, size: float | None) -> None:
        if text.strip():
            y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
            scale = abs(matrix[3] * user[3]) or 1.0
            pieces.append(_Piece(text, round((size or 1.0) * scale, _PRECISION), round(y, _PRECISION)))

    page.extract_text(visitor_text=visit)
    return [line for line in _lines(pieces) if line.text]


def _lines(pieces: list[_Piece]) -> Iterator[PageLine]:
    """Group consecutive pieces by their base line; a large letter says where that is, raised figures do not."""
    above: float | None = None
    for group in _grouped(pieces):
        largest = max(group, key=lambda piece: piece.size)
        text = strip_invisible("".join(piece.text for piece in group))[0]
        cells = tuple(cell for part in text.split("\n") if (cell := fold(part)))
        drop = 0.0 if above is None else above - largest.y
        yield PageLine(fold(text), largest.size, round(drop, _PRECISION), cells if len(cells) > 1 else ())
        above = largest.y


def _grouped(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        if group:
            largest = max(group, key=lambda one: one.size)
            if abs(piece.y - largest.y) >= _SAME_LINE * max(piece.size, largest.size):
                yield group
                group = []
        group.append(piece)
    if group:
        yield group
