"""Numbers that Word makes itself: ``4.2`` before a heading, ``(a)`` before a list item. They stand in no text."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from quire.nodes.sources.docx_words import Styles

_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ALPHABET = 26
_MOST = 10_000
_DEEPEST = 9


class _Level(NamedTuple):
    start: int
    style: str
    """``decimal``, ``lowerLetter``, ``upperRoman`` …; ``bullet`` shows no number."""
    text: str
    """``(%3)``: the number of level 3 stands for ``%3``."""
    paragraphs: str
    """Paragraph style that this level numbers, or empty."""


class Numbers:
    """Counts a document's numbered paragraphs in order, as Word does."""

    def __init__(self, document: Document, styles: Styles) -> None:
        root = _numbering(document)
        self._styles = styles
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._lists = {_value(n, "w:numId", own=True): _value(n, "w:abstractNumId") for n in root.iter(qn("w:num"))}
            self._levels = {
                _value(a, "w:abstractNumId", own=True): {
                    _whole(str(level.get(qn("w:ilvl")))): _level(level) for level in a.iterchildren(qn("w:lvl"))
                }
                for a in root.iter(qn("w:abstractNum"))
            }

    def next_label(self, paragraph: BaseOxmlElement) -> str:
        """Count the paragraph and give the number shown before it, or empty: ``4.2``, ``(a)``, ``1.``."""
        listed, depth, style = self._styles.numbering(paragraph)
        abstract = self._lists.get(listed, "")
        levels = self._levels.get(abstract, {})
        if depth < 0:
            depth = next((d for d, level in levels.items() if level.paragraphs and level.paragraphs == style), 0)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return _label(levels, counts, depth)


def _numbering(document: Document) -> BaseOxmlElement | None:
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]
    return getattr(parts[0], "element", None) if parts else None


def _level(level: BaseOxmlElement) -> _Level:
    return _Level(
        start=_whole(_value(level, "w:start") or "1"),
        style=_value(level, "w:numFmt") or "decimal",
        text=_value(level, "w:lvlText"),
        paragraphs=_value(level, "w:pStyle"),
    )


def _value(element: BaseOxmlElement, tag: str, *, own: bool = False) -> str:
    """Give an attribute of the element's own, or the value of its child; empty if there is none."""
    if own:
        return str(element.get(qn(tag)) or "")
    child = element.find(qn(tag))
    return str(child.get(qn("w:val")) or "") if child is not None else ""


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else 0


def _label(levels: Mapping[int, _Level], counts: Mapping[int, int], depth: int) -> str:
    if levels[depth].style in {"bullet", "none"}:
        return ""

    def shown(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        level = levels.get(other)
        return _numeral(counts.get(other, level.start), level.style) if level else ""

    return re.sub(rf"%([1-{_DEEPEST}])", shown, levels[depth].text).strip()


def _numeral(number: int, style: str) -> str:
    if not 0 < number < _MOST:
        return str(number)
    if style.endswith("Letter"):
        written = chr(ord("a") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)
    elif style.endswith("Roman"):
        written, left = "", number
        for value, letters in _ROMAN:
            written += letters * (left // value)
            left %= value
    else:
        written = f"0{number}" if style == "decimalZero" and number < len("1234567890") else str(number)
    return written.upper() if style.startswith("upper") else written
