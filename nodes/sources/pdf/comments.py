"""Remarks that readers have put on a page: notes, text boxes, what they wrote at words that they marked."""

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from quire.nodes.sources.folding import fold

_REMARKS = frozenset(
    {
        *(pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_HIGHLIGHT),
        *(pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY, pdfium.FPDF_ANNOT_STRIKEOUT),
        *(pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_CARET),
    }
)
_MOST = 2_000
"""Annotations of a page that are looked at."""
_LONGEST = 20_000
"""Characters of a remark."""
_NO_CHARACTER = "\ufffd"


class Remarks(NamedTuple):
    """What readers have put on a page."""

    said: list[tuple[str, str]]
    """In the file's order, each with who made it, empty where nobody says so."""
    left_out: int
    """Annotations beyond the most that are looked at, and remarks that are longer than the longest."""
    broken: int
    """Signs of the remarks that are no characters, left out: halves of such as take two."""


def comments_on(page: pypdfium2.PdfPage) -> Remarks:
    """Read a page's remarks."""
    count = pdfium.FPDFPage_GetAnnotCount(page)
    said: list[tuple[str, str]] = []
    left_out, broken = max(0, count - _MOST), 0
    for index in range(min(count, _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetSubtype(annotation) in _REMARKS:
            words = _said(annotation, b"Contents")
            left_out += words is None
            whole = (words or "").replace(_NO_CHARACTER, "")
            broken += len(words or "") - len(whole)
            if whole:
                said.append((whole, (_said(annotation, b"T") or "").replace(_NO_CHARACTER, "")))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return Remarks(said, left_out, broken)


def _said(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str | None:
    """Give a text of an annotation; None if it is too long to be one."""
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size > 2 * _LONGEST:
        return None
    if size <= 2:  # noqa: PLR2004 - the zero at the end takes two bytes
        return ""
    buffer = ctypes.create_string_buffer(size)
    room = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, room, size)
    return fold(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
