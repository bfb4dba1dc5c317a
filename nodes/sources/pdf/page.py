"""A page in reading order: lines of text, and tables where they stand among them."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quire.nodes.sources.pdf.columns import strips
from quire.nodes.sources.pdf.grids import grids_of
from quire.nodes.sources.pdf.margins import at_margin
from quire.nodes.sources.pdf.records import rows_of_table
from quire.nodes.sources.pdf.rows import rows_of, text_of
from quire.nodes.sources.pdf.shapes import CellRow, Glyph, Grid, Row, Rule
from quire.nodes.sources.pdf.unruled import Span, tables_in
from quire.nodes.sources.pdf.words import words_of


@dataclass(slots=True)
class Line:
    """A line of text."""

    text: str
    size: float
    bold: bool
    x0: float
    x1: float
    y: float
    left: float
    right: float
    """Where the lines of its column begin and end."""
    strip: int
    """Number of its column on the page: lines of one follow one another downwards."""
    first_word: float
    """Width of its first word."""
    page: int = 0
    number: int = 0
    """Its place among the page's lines."""


class Part(NamedTuple):
    """A table, or the part of one that a page holds."""

    rows: list[CellRow]
    edges: tuple[float, ...]
    """Where its columns begin."""
    ruled: bool
    page: int
    number: int
    """Place of its first line among the page's."""
    strip: int


def items_of(layers: dict[int, list[Glyph]], rules: Sequence[Rule], page: int) -> list[Line | Part]:
    """Give what stands on a page as it is read; text at another angle follows the rest."""
    items: list[Line | Part] = []
    strip = number = 0
    for angle in sorted(layers, key=lambda one: (-len(layers[one]), one)):
        words = words_of(layers[angle])
        grids, rest = grids_of(_turned(rules, angle), words)
        rows = rows_of(rest) + [Row(grid.y0, 1.0, [], grid.x0, grid.x1, grid=index) for index, grid in enumerate(grids)]
        rows.sort(key=lambda row: (row.y, row.x0))
        for column in strips(rows):
            strip += 1
            for item in _items(column, grids, strip, rows):
                if isinstance(item, Line):
                    number += 1
                    item.page, item.number = page, number
                    items.append(item)
                else:
                    items.append(item._replace(page=page, number=number + 1))
                    number += sum(row.lines for row in item.rows)
    return items


def _turned(rules: Iterable[Rule], angle: int) -> list[Rule]:
    """Turn rules as the text at that angle is turned; slanting ones count for no text."""
    cosine, sine = round(math.cos(math.radians(angle)), 9), round(math.sin(math.radians(angle)), 9)
    if angle % 90:
        return []
    found = []
    for x0, y0, x1, y1 in rules:
        xs = sorted((x0 * cosine + y0 * sine, x1 * cosine + y1 * sine))
        ys = sorted((x0 * sine - y0 * cosine, x1 * sine - y1 * cosine))
        found.append(Rule(xs[0], ys[0], xs[1], ys[1]))
    return found


def _items(rows: list[Row], grids: list[Grid], strip: int, page: list[Row]) -> Iterator[Line | Part]:
    spans = {span.first: span for span in tables_in(rows) if not at_margin(rows[span.first : span.last], page)}
    inside = {index for span in spans.values() for index in range(span.first, span.last)}
    text = [row for index, row in enumerate(rows) if index not in inside and row.grid < 0]
    left, right = min((row.x0 for row in text), default=0.0), max((row.x1 for row in text), default=0.0)
    for index, row in enumerate(rows):
        if index in spans:
            yield _part(rows, spans[index], strip)
        elif index in inside:
            continue
        elif row.grid >= 0:
            grid = grids[row.grid]
            yield Part(grid.rows, grid.edges, ruled=True, page=0, number=0, strip=strip)
        else:
            words = row.words
            bold = all(word.bold for word in words)
            width = words[0].x1 - words[0].x0
            line = Line(text_of(words), row.size, bold, row.x0, row.x1, row.y, left, right, strip, width)
            if line.text:
                yield line


def _part(rows: list[Row], span: Span, strip: int) -> Part:
    own = rows[span.first : span.last]
    edges = (min(row.x0 for row in own), *(float(high) for _, high in span.gutters))
    return Part(rows_of_table(own, span.gutters), edges, ruled=False, page=0, number=0, strip=strip)
