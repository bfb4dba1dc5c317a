"""Tables of the PDF: they wrap, run over pages, and repeat their head."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from statistics import fmean
from textwrap import wrap
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table, TableStyle

from quire.nodes.language.catalogue import Words
from quire.nodes.render.numbered import MARKS_TOGETHER, SHORT_TEXT, Part, Statement, marks_on
from quire.nodes.render.pdf_flow import in_cell, say
from quire.nodes.render.pdf_fonts import SANS, SANS_BOLD, marked_up
from quire.nodes.render.pdf_measure import longest_word, width_of
from quire.nodes.render.pdf_paragraph import Paragraph
from quire.nodes.render.pdf_styles import (
    ACCENT,
    CAPTION,
    INK,
    LABEL,
    LINE,
    MEASURE,
    PAGE_HEIGHT,
    QUIET,
    VALUE,
    ZEBRA,
    cell_style,
)
from quire.nodes.render.widths import Need, column_widths, panels, too_wide

_PADDING = 10.0  # points, both sides of a cell together
_MARK = 13.0  # points that a citation mark takes
_KEPT_WHOLE = 10  # rows of a table that is not split over pages
_LOOKED_AT = 400  # characters of a cell by which its column is measured
_ROOM = 130.0  # points that a caption, the head and some rows take
_SPACIOUS = 3.2  # points, against rounding
_LABEL_LENGTH, _VALUE_LENGTH = 20, 50  # characters in a line of a facts list, at least
_LINES = 30  # at least, of a cell that is not parted
_REPEATED = 400  # characters of a head that is repeated on each page


def lies_on_its_side(part: Part) -> bool:
    """Whether a table needs the longer side of a page."""
    return bool(part.rows) and too_wide(_needs(part, MEASURE), MEASURE)


def table(part: Part, words: Words, measure: float = MEASURE) -> Iterator[Flowable]:
    """Set a numbered table under its caption; one that is wider than the line, in panels one below the other."""
    if not part.rows:
        none = marked_up(words("document.no-rows"))
        yield from (captioned(part), Paragraph(f'<font color="{QUIET}"><i>{none}</i></font>', VALUE))
        return
    shares = panels(_needs(part, measure), measure)
    for n, columns in enumerate(shares, 1):
        panel = replace(
            part,
            columns=tuple(part.columns[c] for c in columns),
            rows=tuple(tuple(row[c] for c in columns) for row in part.rows),
        )
        yield from _panel(panel, captioned(part, f"({n}/{len(shares)})" if shares[1:] else "", first=n == 1), measure)


class KeptWhole(KeepTogether):
    """A table on one page with its caption."""

    def __init__(self, caption: Paragraph, grid: Table, measure: float) -> None:
        super().__init__([caption, grid])
        self.height: float = sum(part.wrap(measure, PAGE_HEIGHT)[1] for part in (caption, grid))


def _panel(part: Part, caption: Paragraph, measure: float) -> Iterator[Flowable]:
    grid = _grid(part, measure)
    length = sum(len(cell.text) for row in part.rows for cell in row)
    if len(part.rows) <= _KEPT_WHOLE and length < _LOOKED_AT * _KEPT_WHOLE:
        yield KeptWhole(caption, grid, measure)
    else:
        yield from (CondPageBreak(_ROOM), caption, grid)


def captioned(part: Part, panel: str = "", *, first: bool = True) -> Paragraph:
    """Set the number and the caption of a table or a chart, which can be led to."""
    anchor = f'<a name="{part.anchor}"/>' if first else ""
    number = " ".join(marked_up(said) for said in (part.label, part.number, panel) if said)
    return Paragraph(f'{anchor}<font name="{SANS_BOLD}" color="{INK}">{number}</font>  {marked_up(part.text)}', CAPTION)


def _grid(part: Part, measure: float) -> Table:
    count = len(part.columns)
    styles = [cell_style(column["align"], count, measure=measure) for column in part.columns]
    heads = _head_styles(part, measure)
    titles = [column["title"] for column in part.columns]
    cells = [[Paragraph(marked_up(title), style) for title, style in zip(titles, heads, strict=True)]]
    widths = column_widths(_needs(part, measure), measure)
    limits = [max(_LINES * int(width / style.fontSize), 1) for width, style in zip(widths, styles, strict=True)]
    pieces = (piece for row in part.rows for piece in _pieces(row, limits))
    fitted = [list(zip(row, styles, widths, strict=True)) for row in pieces]
    cells += [[_cell(cell, style, width) for cell, style, width in row] for row in fitted]
    return laid_out(cells, widths, head=any(titles), repeated=sum(map(len, titles)) < _REPEATED)


def _cell(cell: Statement, style: ParagraphStyle, width: float) -> Paragraph:
    """Set a cell: a short one that only its marks are too much for is not broken, they go below it."""
    words = width_of(cell.text, SANS, style.fontSize) + _PADDING
    one_line = len(cell.text) <= SHORT_TEXT and words <= width < words + _MARK * marks_on(cell)
    return Paragraph(in_cell(cell, one_line=one_line), style)


def _head_styles(part: Part, measure: float) -> list[ParagraphStyle]:
    return [cell_style(column["align"], len(part.columns), heading=True, measure=measure) for column in part.columns]


def _needs(part: Part, measure: float) -> list[Need]:
    cells = zip(*part.rows, strict=True)
    titled = zip((column["title"] for column in part.columns), cells, _head_styles(part, measure), strict=True)
    return [_need(title, column, style) for title, column, style in titled]


def _pieces(row: Sequence[Statement], limits: Sequence[int]) -> Iterator[list[Statement]]:
    """Part a row that is higher than a page: its layout would take quadratic time."""
    if all(len(cell.text) <= limit for cell, limit in zip(row, limits, strict=True)):
        yield list(row)
        return
    texts = [wrap(cell.text, limit) or [""] for cell, limit in zip(row, limits, strict=True)]
    for n, pieces in enumerate(zip_longest(*texts, fillvalue="")):
        last = n == max(map(len, texts)) - 1
        yield [
            replace(cell, text=piece) if last else replace(cell, text=piece, citations=(), computation="", status="")
            for cell, piece in zip(row, pieces, strict=True)
        ]


def laid_out(
    cells: Sequence[Sequence[Paragraph]], widths: Sequence[float], *, head: bool = True, repeated: bool = True
) -> Table:
    """Rule rows of cells as a table as wide as the text.

    Args:
        cells: the head and the rows.
        widths: of the columns, in points.
        head: whether the head is shown.
        repeated: whether it is shown again on each page; a head that fills a page cannot be.

    """
    side = min(_PADDING / 2, min(widths) / 5)
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), side),
        ("RIGHTPADDING", (0, 0), (-1, -1), side),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LINE)),
        ("ROWBACKGROUNDS", (0, int(head)), (-1, -1), [None, HexColor(ZEBRA)]),
    ]
    if head:
        style += [("LINEBELOW", (0, 0), (-1, 0), 1.1, HexColor(ACCENT)), ("VALIGN", (0, 0), (-1, 0), "BOTTOM")]
    return Table(
        [list(row) for row in (cells if head else cells[1:])],
        colWidths=list(widths),
        style=TableStyle(style),
        repeatRows=int(head and repeated),
        splitInRow=1,
        spaceBefore=2,
        spaceAfter=16,
    )


def _need(title: str, column: Sequence[Statement], style: ParagraphStyle) -> Need:
    """Measure what a column needs, its marks and padding too."""

    def width(text: str, marks: int = 0) -> float:
        return width_of(text, SANS_BOLD, style.fontSize) + _MARK * marks + _PADDING + _SPACIOUS

    shown = [(f"{cell.text} {cell.status}".strip()[:_LOOKED_AT], marks_on(cell)) for cell in column]
    whole = [width(text, marks) for text, marks in shown]
    words = [width(longest_word(text), min(marks, MARKS_TOGETHER)) for text, marks in shown]
    return Need(max(width(title), *whole), fmean(whole), max(width(longest_word(title)), *words))


def facts(rows: Sequence[tuple[Statement, ...]]) -> Flowable:
    """Set labels and values side by side."""
    limits = [_LINES * _LABEL_LENGTH, _LINES * _VALUE_LENGTH]
    pairs = [pair for label, *values in rows for value in values for pair in _pieces((label, value), limits)]
    return ruled([[Paragraph(say(label), LABEL), Paragraph(say(value), VALUE)] for label, value in pairs])


def ruled(pairs: Sequence[Sequence[Paragraph]]) -> Flowable:
    """Rule label and value rows."""
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LINEABOVE", (0, 0), (-1, 0), 0.4, HexColor(LINE)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LINE)),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    widths = [MEASURE * 0.3, MEASURE * 0.7]
    return Table([list(pair) for pair in pairs], colWidths=widths, style=TableStyle(style), splitInRow=1, spaceAfter=14)
