"""Tells headings from text: by larger type, by bold type in a body that is not, by numbers before capitals."""

import re
from collections import Counter
from collections.abc import Sequence

from quire.nodes.sources.outline import section_number
from quire.nodes.sources.pdf.page import Line, Part
from quire.nodes.sources.printed import heading_level

_NONE = re.compile(r"[.;,:]$|[$€£¥]\s?\d|\d[.,]\d\d$|[=|<>{}_\\]|^\*")
"""How no heading ends or what it does not hold: a stop, an amount, the signs of code."""
_LARGER = 1.12
_LONGEST, _MOST_LINES = 120, 3
_LETTERS = 0.5
_MOST_OF_TEXT = 0.25
_DEEPEST = 6
_FEWEST_LETTERS = 3


class Headings:
    """Knows the type of a document's body, and the levels of the larger sizes."""

    def __init__(self, blocks: Sequence[list[Line] | Part]) -> None:
        texts = [block for block in blocks if isinstance(block, list)]
        letters, bold = Counter[float](), Counter[bool]()
        for line in (line for block in texts for line in block):
            letters[_size(line)] += len(line.text)
            bold[line.bold] += len(line.text)
        self._body = max(letters, key=lambda size: (letters[size], -size), default=0.0)
        self._bold_tells = bold[True] < bold[False]
        self._sizes: list[float] = []
        titles = [block for block in texts if self._shown(block)]
        self._sizes = sorted({_size(block[0]) for block in titles}, reverse=True)
        told = sum(len(line.text) for block in titles for line in block)
        if told > _MOST_OF_TEXT * sum(letters.values()):
            self._bold_tells = False

    def level(self, block: Sequence[Line]) -> int:
        """Give a heading's level from 1, or 0 for text."""
        size = self._shown(block)
        if not size:
            return 0
        larger = [one for one in self._sizes if one > self._body * _LARGER]
        level = larger.index(size) + 1 if size in larger else len(larger) + 1
        return min(level, _DEEPEST)

    def _shown(self, block: Sequence[Line]) -> float:
        """Give the size of a block that is a heading, or 0."""
        text = " ".join(line.text for line in block)
        if len(block) > _MOST_LINES or not _reads_like_one(text):
            return 0.0
        size = _size(block[0])
        if size > self._body * _LARGER:
            return size
        bold = self._bold_tells and all(line.bold for line in block)
        if bold or _is_numbered(text):
            return size
        return 0.0


def _size(line: Line) -> float:
    return round(line.size * 2) / 2


def _reads_like_one(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    dense = letters > _LETTERS * len(text.replace(" ", "")) and letters >= _FEWEST_LETTERS
    return dense and len(text) <= _LONGEST and not _NONE.search(text)


def _is_numbered(text: str) -> bool:
    """Tell ``4.2 YARDS`` and ``CHAPTER 3 Fees`` in body type."""
    level = heading_level(text)
    return (
        level > 0 and (not section_number(text) or text.upper() == text) and bool(re.search(r"\d|^[A-Z]+ [IVX]+", text))
    )
