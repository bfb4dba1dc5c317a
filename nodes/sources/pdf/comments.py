"""Remarks that readers have put on a page: notes, text boxes, what they wrote at words that they marked."""

import ctypes
from collections.abc import Iterator

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


def comments_on(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """Yield a page's remarks in the file's order, each with who made it, empty where nobody says so."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetSubtype(annotation) in _REMARKS and (words := _said(annotation, b"Contents")):
            yield words, _said(annotation, b"T")
        pdfium.FPDFPage_CloseAnnot(annotation)


def _said(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    size = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), 2 * _LONGEST)
    if size <= 2:  # noqa: PLR2004 - the zero at the end takes two bytes
        return ""
    buffer = ctypes.create_string_buffer(size)
    room = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    given = pdfium.FPDFAnnot_GetStringValue(annotation, key, room, size)
    return fold(buffer.raw[: min(given, size)].decode("utf-16-le", "replace").rstrip("\0")) if given <= size else ""
