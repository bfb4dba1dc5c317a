"""Reads PDF: headings and paragraphs put together from the lines of each page's text layer."""

import io
import logging
import re
import struct
import zlib
from pathlib import PurePosixPath

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from quire.nodes.faults import BadInput
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.pdf_layout import laid_out
from quire.nodes.sources.pdf_lines import PageLine, lines_of_page
from quire.nodes.sources.printed import add_printed

_MAX_PAGES = 2_000
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the parser raises when a file does not keep to the format; it does not fold them into one class."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # else its remarks on odd files go to standard error


def read_pdf(source: str, data: bytes) -> Gathering:
    """Read the text layer. Addresses are ``page 2, line 7``, with the section's number before them.

    Lines are counted as drawn on the page. A running title counts too, but is read on its first page only.

    Raises:
        BadInput: encrypted, broken, over 2,000 pages, or without any text (a scan).

    """
    gathering = Gathering(source)
    pages = _pages(source, data, gathering)
    if not any(pages):
        raise BadInput("no page holds text (a scan?)", file=source, hint="run text recognition (OCR) over it first")
    for number, lines in enumerate(pages, 1):
        if not lines:
            gathering.warn(f"page {number} holds no text (a scan?)")
    for run in laid_out(pages):
        add_printed(gathering, run.lines)
        gathering.add_table(run.rows)
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering


def _pages(source: str, data: bytes, gathering: Gathering) -> list[list[PageLine]]:
    try:
        reader = PdfReader(io.BytesIO(data))
        _require_readable(source, reader)
        gathering.title = _stated_title(reader)
        return [lines_of_page(page) for page in reader.pages]
    except BadInput:
        raise  # it says better what is wrong
    except DependencyError as error:
        raise BadInput("encrypted", file=source, hint="save it without a password") from error
    except _BROKEN as error:
        raise BadInput("broken: not a whole PDF", file=source, hint="open it and print it to PDF again") from error


def _require_readable(source: str, reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("encrypted", file=source, hint="save it without a password")
    if len(reader.pages) > _MAX_PAGES:
        raise BadInput(f"more than {_MAX_PAGES} pages", file=source, hint="give only the pages that are needed")


def _stated_title(reader: PdfReader) -> str:
    """Title in the file's properties, unless it is a program's filler."""
    title = fold(str(reader.metadata.get("/Title") or "")) if reader.metadata else ""
    filler = re.fullmatch(
        r"\(?(?:anonymous|unspecified|untitled\d*)\)?|.*\.(?:docx?|indd|xlsx?|pdf)", title, re.IGNORECASE
    )
    return "" if filler else title
