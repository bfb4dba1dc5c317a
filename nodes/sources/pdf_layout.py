"""Layout of a PDF's lines: running titles, headings by their size, gaps between paragraphs, rows of tables."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from quire.nodes.sources.folding import fold
from quire.nodes.sources.pdf_lines import PageLine
from quire.nodes.sources.printed import PrintedLine
from quire.nodes.sources.tables import Row

_EDGE = 2
"""How many lines from the first and the last of a page a running title may stand."""

_PARAGRAPH_GAP = 1.3
_FAR = 4.0
"""Drops between lines, in parts of the usual one: a paragraph's end, another place on the page."""

_LARGER = 1.15
_LONGEST_HEADING = 120
_DEEPEST = 6


class Run(NamedTuple):
    """Lines of text that follow one another, or the rows of one table: the other is empty."""

    lines: list[PrintedLine]
    rows: list[Row]


def laid_out(pages: list[list[PageLine]]) -> Iterator[Run]:
    """Give the document's lines in order.

    Text has an empty line where a paragraph ends. A heading's level follows from its size among
    all that are larger than the body's. A running title is given once.
    """
    placed = list(_without_running_titles(pages))
    usual, levels = _usual_drop(pages), _heading_sizes(pages)
    above = ""
    for width, run in groupby(placed, key=lambda entry: len(entry[1].cells)):
        lines = list(run)
        if width and len(lines) > 1:
            yield Run([], [Row(place, list(line.cells)) for place, line in lines])
            above = ""
            continue
        printed: list[PrintedLine] = []
        for place, line in lines:
            if _parted(above, line, usual):
                printed.append(PrintedLine(place, ""))
            level = levels.get(round(line.size), 0) if len(line.text) <= _LONGEST_HEADING else 0
            printed.append(PrintedLine(place, line.text, level))
            above = line.text
        yield Run(printed, [])


def _without_running_titles(pages: list[list[PageLine]]) -> Iterator[tuple[str, PageLine]]:
    """Address the lines, leaving out what stands at the edge of most pages, page numbers aside, after its first."""
    shapes = Counter(
        shape
        for page, lines in enumerate(pages, 1)
        for shape in {_shape(line.text, page) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
    )
    running = {shape for shape, times in shapes.items() if times > 1 and times * 2 > len(pages)}
    seen: set[str] = set()
    for page, lines in enumerate(pages, 1):
        for number, line in enumerate(lines, 1):
            shape = _shape(line.text, page)
            at_edge = number <= _EDGE or number > len(lines) - _EDGE
            if at_edge and shape in running:
                if shape not in seen:
                    yield f"page {page}, line {number}", line._replace(size=0.0, drop=0.0)
                seen.add(shape)
            else:
                yield f"page {page}, line {number}", line


def _shape(text: str, page: int) -> str:
    return re.sub(rf"\b{page}\b", "#", fold(text)).lower()


def _usual_drop(pages: list[list[PageLine]]) -> float:
    """Distance of two lines of a paragraph: the median."""
    drops = sorted(line.drop for lines in pages for line in lines if 0 < line.drop < _FAR * line.size)
    return drops[len(drops) // 2] if drops else 0.0


def _heading_sizes(pages: list[list[PageLine]]) -> dict[int, int]:
    """Levels of the sizes larger than the body's, largest first. The body's is what most letters have."""
    letters = Counter[int]()
    for line in (line for lines in pages for line in lines):
        letters[round(line.size)] += len(line.text)
    body = max(letters, key=lambda size: (letters[size], -size), default=0)
    larger = sorted((size for size in letters if size > body * _LARGER), reverse=True)
    return {size: min(level, _DEEPEST) for level, size in enumerate(larger, 1)}


def _parted(above: str, line: PageLine, usual: float) -> bool:
    """Tell whether a paragraph ends before the line: by the space, unless it goes on in another column or page."""
    if 0 < line.drop <= usual * _PARAGRAPH_GAP:
        return False
    elsewhere = line.drop <= 0 or line.drop > usual * _FAR
    return not (elsewhere and above and above[-1] not in ".:;!?" and line.text[:1].islower())
