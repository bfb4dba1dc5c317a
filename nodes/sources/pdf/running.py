"""Running titles and page numbers: what stands at one height on several pages and differs by the page's number."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quire.nodes.sources.pdf.page import Line, Part

_EDGE = 3
"""How many lines from the first and the last of a page it may stand."""
_BAND = 12.0
_MOST_NUMBERS = 8
_NUMBER = re.compile(r"\d+")
_FEWEST, _MOST, _SHARE = 2, 4, 0.3


def without_running_titles(pages: Sequence[Sequence[Line | Part]]) -> list[list[Line | Part]]:
    """Leave out what runs over the pages, but for its first page."""
    least = max(_FEWEST, min(_MOST, round(_SHARE * len(pages))))
    times = Counter[tuple[str, int]]()
    for items in pages:
        times.update({shape for line in _at_edges(items) for shape in _shapes(line)})
    seen: set[tuple[str, int]] = set()
    kept: list[list[Line | Part]] = []
    for items in pages:
        left: set[int] = set()
        for line in _at_edges(items):
            running = [shape for shape in _shapes(line) if times[shape] >= least]
            if running:
                if not seen.isdisjoint(running):
                    left.add(id(line))
                else:
                    line.strip = -line.number  # it is no part of the text beside it
                    line.size, line.bold = min(line.size, 1.0), False
                seen.update(running)
        kept.append([item for item in items if id(item) not in left])
    return kept


def _at_edges(items: Sequence[Line | Part]) -> list[Line]:
    lines = sorted((item for item in items if isinstance(item, Line)), key=lambda line: line.y)
    edge = min(_EDGE, (len(lines) - 1) // 2)
    return [*lines[:edge], *lines[len(lines) - edge :]]


def _shapes(line: Line) -> Iterator[tuple[str, int]]:
    """Give the ways to read a line as a running title: which of its numbers is the page's, if any."""
    text = line.text.lower()
    texts = {text}
    for found in [*_NUMBER.finditer(text)][:_MOST_NUMBERS]:
        if len(found[0]) <= len("1234"):
            texts.add(f"{text[: found.start()]}#{int(found[0]) - line.page}{text[found.end() :]}")
    for shape in sorted(texts):
        for band in {int(line.y // _BAND), int((line.y + _BAND / 2) // _BAND) + 100_000}:
            yield shape, band
