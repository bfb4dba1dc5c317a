"""Reads one source: bytes in, passages with addresses out. The reader follows from the name's ending."""

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from nodes.faults import BadInput
from nodes.sources.csv_table import read_csv
from nodes.sources.decoding import decode
from nodes.sources.docx import read_docx
from nodes.sources.gathering import Gathering
from nodes.sources.html import read_html
from nodes.sources.markdown import read_markdown
from nodes.sources.passage import Reading
from nodes.sources.pdf import read_pdf
from nodes.sources.plain_text import read_plain_text

MAX_BYTES = 20_000_000
"""Size of the largest source."""

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


_PDF_MARK = b"%PDF-"
_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HEAD = 4_096
_TRUE_ENDING = "give the file its true ending"


class _Kind(NamedTuple):
    media: str
    read: Callable[[str, bytes], Gathering]


def _text(reader: Callable[[str, str], Gathering]) -> Callable[[str, bytes], Gathering]:
    """Make a reader of text one of bytes, which refuses bytes of another type."""

    def read_bytes(name: str, data: bytes) -> Gathering:
        _refuse_other_types(name, data)
        text, warnings = decode(name, data)
        if reader is not read_html and reader is not read_plain_text and _PAGE.match(text[:_HEAD]):
            raise BadInput("holds an HTML page", file=name, hint=f"{_TRUE_ENDING} .html")
        if reader is read_html and not _ELEMENT.search(text):
            raise BadInput("holds no HTML element", file=name, hint=f"{_TRUE_ENDING}: .md or .txt")
        gathering = reader(name, text)
        gathering.warnings[:0] = warnings
        return gathering

    return read_bytes


def _refuse_other_types(name: str, data: bytes) -> None:
    if data.lstrip()[:5] == _PDF_MARK:
        raise BadInput("holds a PDF", file=name, hint=f"{_TRUE_ENDING} .pdf")
    if data.startswith(_ZIP_MARK):
        raise BadInput("holds a zip container, not text", file=name, hint=f"{_TRUE_ENDING} (.docx?)")
    if data.startswith(_OLE_MARK):
        raise BadInput("holds an old Office document, not text", file=name, hint="save it as .docx or as text")


def _docx(name: str, data: bytes) -> Gathering:
    if data.startswith(_OLE_MARK):
        if _ENCRYPTED_OFFICE in data:
            raise BadInput("encrypted", file=name, hint="save it without a password")
        raise BadInput("holds a Word 97 document (.doc)", file=name, hint="save it as .docx")
    if not data.startswith(_ZIP_MARK):
        raise BadInput("not a Word document", file=name, hint=_TRUE_ENDING)
    return read_docx(name, data)


def _pdf(name: str, data: bytes) -> Gathering:
    if _PDF_MARK not in data[:1024]:
        raise BadInput("not a PDF", file=name, hint=_TRUE_ENDING)
    return read_pdf(name, data)


_MARKDOWN = _Kind("text/markdown", _text(read_markdown))
_HTML = _Kind("text/html", _text(read_html))
_KINDS: dict[str, _Kind] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": _Kind("text/plain", _text(read_plain_text)),
    ".html": _HTML,
    ".htm": _HTML,
    ".csv": _Kind("text/csv", _text(read_csv)),
    ".docx": _Kind(_DOCX, _docx),
    ".pdf": _Kind("application/pdf", _pdf),
}


def read(name: str, data: bytes) -> Reading:
    """Read a source whole: a pure function of its name and bytes.

    Raises:
        BadInput: an ending nobody reads, content of another type than the ending says, encrypted,
            broken, over a limit, not text, or without a word in it.

    """
    kind = _KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        ending = PurePosixPath(name).suffix or "none"
        raise BadInput(f"no reader for this type (ending: {ending})", file=name, hint=f"give one of {' '.join(_KINDS)}")
    if not data.strip():
        raise BadInput("the file is empty", file=name, hint="leave it out, or fill it")
    if len(data) > MAX_BYTES:
        raise BadInput(f"{len(data):,} bytes, more than {MAX_BYTES:,}", file=name, hint="give only what is needed")
    gathering = kind.read(name, data)
    if not gathering.passages:
        raise BadInput("holds no text to read", file=name, hint="leave it out, or give the text it was made from")
    return Reading(
        source=name,
        hash=hashlib.sha256(data).hexdigest(),
        media=kind.media,
        title=gathering.title,
        passages=gathering.passages,
        warnings=gathering.warnings,
    )
