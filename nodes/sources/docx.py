"""Reads DOCX: headings, paragraphs and table rows of the body, as Word would print them, and what stands beside it."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from quire.nodes.faults import BadInput
from quire.nodes.sources.archive import as_transitional, open_archive
from quire.nodes.sources.docx_margins import add_margins, struck_in
from quire.nodes.sources.docx_numbers import Numbers
from quire.nodes.sources.docx_table import rows_of
from quire.nodes.sources.docx_words import Styles, is_bold, words_of
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.outline import section_number, split_mark
from quire.nodes.sources.printed import heading_level

_MAIN_PART = "word/document.xml"
_MAX_ELEMENTS = 1_000_000
BROKEN = (
    OpcError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What the packages under this one raise for a damaged file; lxml's syntax errors are Python's."""


def read_docx(source: str, data: bytes) -> Gathering:
    """Read a document. Addresses are ``paragraph 7`` and ``table 1, row 2``, with the section's number before them.

    Paragraphs are counted as they stand in the body, empty ones and headings included, tables' own ones not.
    Tracked insertions count as text; tracked deletions, hidden and struck-through text do not. Footnotes, comments and
    page headers are notes: ``footnote 2, paragraph 1``.

    Raises:
        BadInput: encrypted, broken, no Word document, or far larger unpacked than packed.

    """
    file = opened(source, data)
    gathering = Gathering(source)
    _Walk(gathering, file.styles, file.numbers).through(file.body)
    gathering.warn_of_struck(struck_in(file.body, file.styles))
    gathering.outline.end()
    try:
        add_margins(gathering, file.document, file.styles)
    except BROKEN:
        gathering.warn("notes, comments or page headers were not read: their parts are broken")
    gathering.title = gathering.title or file.title or PurePosixPath(source).stem
    return gathering


class Opened(NamedTuple):
    """A Word file that was looked at before it was parsed."""

    document: Document
    body: BaseOxmlElement
    styles: Styles
    numbers: Numbers
    title: str


def opened(source: str, data: bytes) -> Opened:
    """Open a Word file within bounds.

    Raises:
        BadInput: encrypted, broken, no Word document, or far larger unpacked than packed.

    """
    archive = open_archive(source, data)
    if _MAIN_PART not in archive.namelist():
        raise BadInput("a zip container, but not a Word document", file=source, hint="give the .docx itself")
    try:
        _require_few_elements(source, archive.read(_MAIN_PART))
        document = docx.Document(BytesIO(as_transitional(archive, data, _MAIN_PART)))
        title = fold(document.core_properties.title or "")
        if document.element.body is None:
            raise ValueError("no body")
        styles = Styles(document)
        return Opened(document, document.element.body, styles, Numbers(document, styles), title)
    except BadInput:
        raise  # it says better what is wrong
    except BROKEN as error:
        raise broken(source) from error


def broken(source: str) -> BadInput:
    """Say that a file cannot be read."""
    return BadInput("broken: not a whole Word document", file=source, hint="open and save it in Word again")


def _require_few_elements(source: str, main_part: bytes) -> None:
    if main_part.count(b"<") > _MAX_ELEMENTS:
        raise BadInput(f"more than {_MAX_ELEMENTS} elements", file=source, hint="split it into several sources")


class _Walk:
    """Goes through the body's paragraphs and tables in order."""

    def __init__(self, gathering: Gathering, styles: Styles, numbers: Numbers) -> None:
        self.gathering = gathering
        self.styles = styles
        self.numbers = numbers
        self.paragraphs = 0
        self.tables = 0

    def through(self, body: BaseOxmlElement) -> None:
        for block in blocks_of(body):
            if block.tag == qn("w:p"):
                self.paragraphs += 1
                self._paragraph(block, f"paragraph {self.paragraphs}")
            else:
                self.tables += 1
                self.gathering.add_table(rows_of(block, f"table {self.tables}", self.styles))

    def _paragraph(self, paragraph: BaseOxmlElement, place: str) -> None:
        lines = [fold(line) for line in words_of(paragraph, self.styles).split("\n")]
        text = " ".join(line for line in lines if line)
        label = self.numbers.next_label(paragraph)
        level = self.styles.heading_level(paragraph)
        if level is None and is_bold(paragraph, self.styles) and (section_number(text) or heading_level(text)):
            level = heading_level(text) or None
        if level is not None:
            self.gathering.add_heading(place, level, text, number=section_number(f"{label} {text}"))
        elif not self.styles.is_contents(paragraph):
            if mark := split_mark(f"{label} words")[0]:
                self.gathering.outline.mark(mark)
            for line in lines:
                self.gathering.add_paragraph(place, line)


def blocks_of(body: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield paragraphs and tables, those inside content controls too."""
    for child in body:
        if child.tag in {qn("w:p"), qn("w:tbl")}:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")}:
            yield from blocks_of(child)
