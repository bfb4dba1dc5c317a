"""A passage: the smallest piece of a source that is quoted, and where it stands."""

import re
from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention

_CELLS: Final = re.compile(r"(?P<sheet>.+!)(?P<first>[A-Z]{1,3})(?P<row>\d+)(?::(?P<last>[A-Z]{1,3})(?P=row))?")
"""Cells of a row as a spreadsheet names them: ``Budget!C4``, ``Budget!A4:F4``."""

_CELL_OF_ROW: Final = re.compile(r"((?:[^,]+, )*?(?:row|line) \d+), ")
"""A cell of a row by its column: ``row 4, height``, ``table 1, row 2, Cost``."""


class Passage(TypedDict):
    """A paragraph, list item, heading, table row, front-matter field or block of code of a source. Plain JSON."""

    source: str
    """The source's name."""
    address: str
    """Unique within the source, readable, stable: ``§ 1137.03(a), line 112``, ``page 2, line 7``, ``row 4``."""
    text: str
    """The words, white space folded, markup removed. A row reads ``column: value; column: value``."""
    kind: Literal["text", "heading", "row", "field", "code", "note"]
    """A note stands beside the text: a comment, a footnote, a page header, a picture's description, a mail's quotes."""
    headings: list[str]
    """Titles above it, outermost first (document title, chapter, section)."""
    section: NotRequired[str]
    """Number of the section it stands in, with its subdivisions, as the source writes it: ``1137.03(a)``."""
    printed: NotRequired[list[str]]
    """The lines as printed, where a word broken at a line's end is whole in ``text``."""
    fields: NotRequired[dict[str, str]]
    """A row's cells by column title, or the one field of a front matter. A cell's address is ``row 4, height``."""
    cells: NotRequired[dict[str, str]]
    """Addresses of a row's cells by column title, where its source has names for them: ``Budget!C4``."""
    lines: NotRequired[list[tuple[int, str]]]
    """Of a paragraph that stands on several lines: where in ``text`` each but the first begins, and its address."""


def address_of(passage: Passage, quote: str, start: int = 0) -> str:
    """Give the address of words of a passage: of the line on which they begin.

    Args:
        passage: the passage.
        quote: words of it, white space folded.
        start: the character from which on they are looked for.

    """
    found = passage["text"].find(quote, start)
    before = [address for begins, address in passage.get("lines", ()) if begins <= found]
    return before[-1] if before else passage["address"]


def is_cell_of(cell: str, row: str) -> bool:
    """Whether a cell stands in a row, by their addresses: ``row 4, height``, or ``Budget!C4`` in ``Budget!A4:F4``."""
    if cell.startswith(f"{row}, "):
        return True
    one, whole = _CELLS.fullmatch(cell), _CELLS.fullmatch(row)
    if not (one and whole and whole["last"]) or (one["sheet"], one["row"]) != (whole["sheet"], whole["row"]):
        return False
    return _column(whole["first"]) <= _column(one["first"]) <= _column(whole["last"])


def row_of(address: str) -> str:
    """Say in which row a cell stands, by its address; of what is no cell, the address itself.

    ``row 4, height`` stands in ``row 4``, ``Budget!C4`` and ``Budget!A4:F4`` in ``Budget!4``.
    """
    if found := _CELLS.fullmatch(address):
        return f"{found['sheet']}{found['row']}"
    return cell[1] if (cell := _CELL_OF_ROW.match(address)) else address


def _column(letters: str) -> tuple[int, str]:
    """Put columns in their order: ``Z`` before ``AA``."""
    return len(letters), letters


class Withheld(TypedDict):
    """Personal data that was withheld of a source: how many values of one field."""

    field: str
    """Title of the column, or the label; empty for running text."""
    what: str
    """``name``, ``telephone number`` …, or the field's title where it was declared."""
    count: int


class Reading(TypedDict):
    """What was read of one source: JSON, but for its convention."""

    source: str
    hash: str
    """SHA-256 (hex) of the bytes."""
    media: str
    """Its type as the internet names it: ``text/markdown``, ``application/pdf`` …"""
    title: str
    passages: list[Passage]
    warnings: list[str]
    """What could not be read of it, said loudly: ``page 3 holds no text (a scan?)``."""
    doubts: NotRequired[list[tuple[str, str]]]
    """Figures that may be read in two ways, one of each kind, and how they are read."""
    withheld: NotRequired[list[Withheld]]
    """Personal data whose place masks have taken."""
    convention: NotRequired[Convention]
    """How it writes numbers and dates, and its language; :func:`convention_of` gives one in any case."""


def convention_of(reading: Reading) -> Convention:
    """Give the convention of a source."""
    return reading.get("convention", ENGLISH)


def language_of(reading: Reading) -> str:
    """Give the language of a source, as ISO 639-1 codes it."""
    return convention_of(reading).language
