"""What a file says of the fonts that it draws with: whether they are bold, and what letters they hold."""

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

NO_CHARACTER = 0xFFFD
"""Stands for a letter that nobody names."""
FIRST_SIGN, _LAST_SIGN = 0x20, 0x7E

_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "-medi", "demi", "cmbx", "sfbx", "-bd")


class Font(NamedTuple):
    """A font of a page."""

    bold: bool
    embedded: bool
    """Whether the file holds its letters' shapes."""
    drawn_in_place: bool
    """Whether its letters are drawings of the file's own (Type 3), which programs number as the letters are."""

    def guessed(self, code: int) -> int:
        """Give the letter of a number that the file does not explain.

        Numbers of other fonts count glyphs, or stand for signs of mathematics: a prime is a ``0`` there.
        """
        return code if self.drawn_in_place and FIRST_SIGN <= code <= _LAST_SIGN else NO_CHARACTER


def font_of(text: pypdfium2.PdfTextPage, index: int, handle: object, known: dict[int, Font]) -> Font:
    """Give the font of a character that an operation draws; ``known`` keeps those that were asked for."""
    font = pdfium.FPDFTextObj_GetFont(handle)
    place = ctypes.addressof(font.contents) if font else 0
    if place not in known:
        name = ctypes.create_string_buffer(256)
        pdfium.FPDFText_GetFontInfo(text, index, name, 256, None)
        called = name.value.decode("utf-8", "replace").lower()
        heavy = pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
        bold = heavy or any(mark in called for mark in _BOLD_NAMES)
        known[place] = Font(
            bold, *((pdfium.FPDFFont_GetIsEmbedded(font) == 1, _is_drawn(font)) if font else (False, False))
        )
    return known[place]


def _is_drawn(font: pdfium.FPDF_FONT) -> bool:
    size = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, size)
    return not size.value
