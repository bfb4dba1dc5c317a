"""The types of sources: which reader a name's ending calls for."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from quire.nodes.faults import BadInput
from quire.nodes.sources.archive import unpacked_size
from quire.nodes.sources.confined import Limits, Reader
from quire.nodes.sources.csv_table import read_csv, read_tsv
from quire.nodes.sources.decoding import decode
from quire.nodes.sources.docx import read_docx
from quire.nodes.sources.eml import read_eml
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.html import read_html
from quire.nodes.sources.markdown import read_markdown
from quire.nodes.sources.mhtml import is_mhtml, page_of
from quire.nodes.sources.pdf.reading import read_pdf
from quire.nodes.sources.plain_text import read_plain_text
from quire.nodes.sources.pptx import read_pptx
from quire.nodes.sources.xlsx import read_xlsx

_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HEAD = 4_096
_TRUE_ENDING = "give the file its true ending"
_LARGE_TEXT = 128_000
_LARGE_PACKED = 3_000_000
"""Bytes from which on a hostile text, or a container unpacked, could keep its reader busy for more than a moment."""


class Kind(NamedTuple):
    """A type of source."""

    media: str
    read: Reader
    risky: Callable[[str, bytes], bool]
    """Whether the source could take long, so that it is read in a process of its own."""
    limits: Limits = Limits()
    """What that process may take."""


def kind_of(name: str) -> Kind:
    """Give the type that a name's ending says.

    Raises:
        BadInput: no reader for that ending.

    """
    ending = PurePosixPath(name).suffix
    kind = _KINDS.get(ending.lower())
    if kind is None:
        known = " ".join(_KINDS)
        raise BadInput(f"no reader for this type (ending: {ending or 'none'})", file=name, hint=f"give one of {known}")
    return kind


def markdown(name: str, data: bytes) -> Gathering:
    """Read Markdown from bytes."""
    return _from_text(read_markdown, name, data)


def plain(name: str, data: bytes) -> Gathering:
    """Read plain text from bytes."""
    return _from_text(read_plain_text, name, data)


def html(name: str, data: bytes) -> Gathering:
    """Read HTML from bytes; of a page saved with its parts in one file, the page."""
    if not is_mhtml(data):
        return _from_text(read_html, name, data)
    page, warnings = page_of(name, data)
    gathering = _from_text(read_html, name, page)
    gathering.warnings[:0] = warnings
    return gathering


def table(name: str, data: bytes) -> Gathering:
    """Read CSV from bytes."""
    return _from_text(read_csv, name, data)


def tabbed(name: str, data: bytes) -> Gathering:
    """Read TSV from bytes."""
    return _from_text(read_tsv, name, data)


def _from_text(reader: Callable[[str, str], Gathering], name: str, data: bytes) -> Gathering:
    text, warnings = decode(name, data)
    if reader in {read_markdown, read_csv, read_tsv} and _PAGE.match(text[:_HEAD]):
        raise BadInput("holds an HTML page", file=name, hint=f"{_TRUE_ENDING} .html")
    if reader is read_html and not _ELEMENT.search(text):
        raise BadInput("holds no HTML element", file=name, hint=f"{_TRUE_ENDING}: .md or .txt")
    gathering = reader(name, text)
    gathering.warnings[:0] = warnings
    return gathering


def _large(_name: str, data: bytes) -> bool:
    return len(data) > _LARGE_TEXT


def _large_unpacked(name: str, data: bytes) -> bool:
    return unpacked_size(name, data) > _LARGE_PACKED


def _always(_name: str, _data: bytes) -> bool:
    return True


_OFFICE = "application/vnd.openxmlformats-officedocument"
_PDF_LIMITS = Limits(seconds=120, megabytes=256)
"""Two thousand pages take a minute; hostile ones are ended by what they hold, long before."""
_MARKDOWN = Kind("text/markdown", markdown, _large)
_HTML = Kind("text/html", html, _large)
_KINDS: dict[str, Kind] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": Kind("text/plain", plain, _large),
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".mhtml": _HTML,
    ".mht": _HTML,
    ".csv": Kind("text/csv", table, _large),
    ".tsv": Kind("text/tab-separated-values", tabbed, _large),
    ".docx": Kind(f"{_OFFICE}.wordprocessingml.document", read_docx, _large_unpacked),
    ".xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", read_xlsx, _always),
    ".pptx": Kind(f"{_OFFICE}.presentationml.presentation", read_pptx, _always),
    ".eml": Kind("message/rfc822", read_eml, _always),
    ".pdf": Kind("application/pdf", read_pdf, _always, _PDF_LIMITS),
}
