"""A passage: the smallest piece of a source that is quoted, and where it stands."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict


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
    fields: NotRequired[dict[str, str]]
    """A row's cells by column title, or the one field of a front matter. A cell's address is ``row 4, height``."""
    cells: NotRequired[dict[str, str]]
    """Addresses of a row's cells by column title, where its source has names for them: ``Budget!C4``."""


class Reading(TypedDict):
    """What was read of one source."""

    source: str
    hash: str
    """SHA-256 (hex) of the bytes."""
    media: str
    """Its type as the internet names it: ``text/markdown``, ``application/pdf`` …"""
    title: str
    passages: list[Passage]
    warnings: list[str]
    """What could not be read of it, said loudly: ``page 3 holds no text (a scan?)``."""
