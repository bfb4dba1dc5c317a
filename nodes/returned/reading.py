"""Reads a Word file that comes back: its lines as they would be with every change accepted, and its comments."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from quire.nodes.render.docx_xml import AUTHOR
from quire.nodes.sources.docx import BROKEN, broken, opened
from quire.nodes.sources.docx_words import Styles

_GONE = frozenset(map(qn, ("w:del", "w:moveFrom")))
_CAME = frozenset(map(qn, ("w:ins", "w:moveTo")))
_BLANK = frozenset(map(qn, ("w:br", "w:cr", "w:tab")))
_ASIDE = frozenset(map(qn, ("w:pPr", "w:rPr", "w:instrText", "w:txbxContent"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
"""What is no text of a line."""
_RESOLVING = "/commentsExtended"
_2012 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


class Line(NamedTuple):
    """A paragraph, a list item or a cell."""

    text: str
    names: list[tuple[str, int, int]]
    """Bookmarks that begin in it: name, begin and end."""
    by: str
    """Who changed something in it, if changes were tracked."""


class Remark(NamedTuple):
    """A comment of a person."""

    text: str
    by: str
    line: int
    start: int
    end: int


class Returned(NamedTuple):
    """What a file says."""

    lines: list[Line]
    remarks: list[Remark]

    def made(self) -> dict[str, object]:
        """Give it as plain JSON."""
        return {"lines": [[*line] for line in self.lines], "remarks": [[*one] for one in self.remarks]}

    @staticmethod
    def of(said: Mapping[str, Any]) -> "Returned":
        """Read it from plain JSON."""
        lines = [Line(text, [(n, s, e) for n, s, e in names], by) for text, names, by in said["lines"]]
        return Returned(lines, [Remark(*one) for one in said["remarks"]])


def read_returned(name: str, data: bytes) -> Returned:
    """Read a file. Contents, fields, text boxes, heads and feet are not looked at.

    Raises:
        BadInput: as for a source: encrypted, broken, no Word document, or far larger unpacked than packed.

    """
    file = opened(name, data)
    try:
        walk = _Walk(file.styles, _comments(file.document))
        for paragraph in file.body.iter(qn("w:p")):
            if not file.styles.is_contents(paragraph) and not _is_aside(paragraph):
                walk.take(paragraph)
        return Returned(walk.lines, walk.remarks)
    except BROKEN as error:
        raise broken(name) from error


def _is_aside(paragraph: BaseOxmlElement) -> bool:
    return any(above.tag in _ASIDE for above in paragraph.iterancestors())


class _Walk:
    """Goes through the paragraphs in order."""

    def __init__(self, styles: Styles, comments: Mapping[str, tuple[str, str]]) -> None:
        self.lines: list[Line] = []
        self.remarks: list[Remark] = []
        self._styles = styles
        self._comments = dict(comments)
        self._text = ""
        self._names: list[tuple[str, int, int]] = []
        self._open: dict[str, tuple[str, int]] = {}
        self._ranges: dict[str, tuple[int, int]] = {}
        self._by = ""

    def take(self, paragraph: BaseOxmlElement) -> None:
        self._text, self._names, self._open, self._by = "", [], {}, ""
        self._within(paragraph)
        self._names += [(name, start, len(self._text)) for name, start in self._open.values()]
        self.lines.append(Line(self._text, self._names, self._by))

    def _within(self, whole: BaseOxmlElement) -> None:
        stack = [iter(whole)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif not self._mark(child) and not self._is_unsaid(child):
                stack.append(iter(child))

    def _mark(self, child: BaseOxmlElement) -> bool:
        """Take in what a line is made of; whether it was that, and no element around such."""
        number = str(child.get(qn("w:id")))
        if child.tag == qn("w:t"):
            self._text += child.text or ""
        elif child.tag in _BLANK:
            self._text += " "
        elif child.tag == qn("w:bookmarkStart"):
            self._open[number] = (str(child.get(qn("w:name"))), len(self._text))
        elif child.tag == qn("w:bookmarkEnd") and number in self._open:
            name, start = self._open.pop(number)
            self._names.append((name, start, len(self._text)))
        elif child.tag == qn("w:commentRangeStart"):
            self._ranges[number] = (len(self.lines), len(self._text))
        elif child.tag == qn("w:commentReference"):
            self._remark(number)
        else:
            return False
        return True

    def _is_unsaid(self, child: BaseOxmlElement) -> bool:
        if child.tag in _GONE | _CAME and (author := str(child.get(qn("w:author")) or "")) != AUTHOR:
            self._by = self._by or author
        if child.tag == qn("w:r") and (self._styles.hides(child) or self._styles.strikes(child)):
            return True
        return child.tag in _GONE | _ASIDE

    def _remark(self, number: str) -> None:
        if number not in self._comments:
            return
        text, by = self._comments.pop(number)
        line, start = self._ranges.get(number, (len(self.lines), 0))
        end = len(self._text) if line == len(self.lines) else len(self.lines[line].text)
        self.remarks.append(Remark(text, by, line, start, end))


def _comments(word: Word) -> dict[str, tuple[str, str]]:
    """Give by number the words and the author of each comment that a person made and nobody has resolved."""
    if not any(rel.reltype.endswith("/comments") for rel in word.part.rels.values()):
        return {}
    resolved = _resolved(word)
    return {
        str(made.comment_id): (" ".join(made.text.split()), made.author)
        for made in word.comments
        if made.author != AUTHOR and made.text.strip() and not (_ids(made.paragraphs) & resolved)
    }


def _ids(paragraphs: list[Any]) -> set[str]:
    return {str(p.paragraph_format.element.get(_PARAGRAPH_ID)) for p in paragraphs}


def _resolved(word: Word) -> set[str]:
    """Give the paragraphs by which comments are named that are resolved."""
    parts = [rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith(_RESOLVING)]
    marks = [mark for part in parts for mark in parse_xml(part.blob).iter(f"{_2012}commentEx")]
    return {str(mark.get(f"{_2012}paraId")) for mark in marks if mark.get(f"{_2012}done") in {"1", "true"}}
