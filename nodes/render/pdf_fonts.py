"""The fonts that PDFs embed, and text written so that they can show it.

The fourteen fonts that every viewer has know neither ``≤`` nor Greek or Cyrillic. IBM Plex, which
comes as wheels, has a serif for reading and a condensed sans for tables; Noto Sans has most of what
they lack, Noto Sans Arabic and Heebo the scripts that run from right to left, and what
``quire.nodes.render.pdf_east_asian`` lends, Chinese, Japanese and Korean. What none of them has is shown as
``U+FFFD``, never left out.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from xml.sax.saxutils import escape

from arabic_reshaper import ArabicReshaper
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from quire.nodes.language.direction import has_right_to_left
from quire.nodes.render.pdf_east_asian import is_east_asian, lent
from quire.nodes.render.text import REPLACEMENT

SERIF, SERIF_ITALIC, SERIF_BOLD, SERIF_BOLD_ITALIC = (
    "QuireSerif",
    "QuireSerif-Italic",
    "QuireSerif-Bold",
    "QuireSerif-BoldItalic",
)
SANS, SANS_ITALIC, SANS_BOLD = "QuireSans", "QuireSans-Italic", "QuireSans-Bold"
OTHERS = OTHER, ARABIC, HEBREW = "QuireOther", "QuireArabic", "QuireHebrew"
"""They show what the fonts of the text lack, the first that can."""
_ENDLESS = re.compile(r"\S{90}(?=\S)")  # the library takes quadratic time to break a word

_FILES = {
    SERIF: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-Regular.ttf"),
    SERIF_ITALIC: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-Italic.ttf"),
    SERIF_BOLD: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-SemiBold.ttf"),
    SERIF_BOLD_ITALIC: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-SemiBoldItalic.ttf"),
    SANS: ("fontpkg_ibm_plex_sans_condensed", "IBMPlexSansCondensed-Regular.ttf"),
    SANS_ITALIC: ("fontpkg_ibm_plex_sans_condensed", "IBMPlexSansCondensed-Italic.ttf"),
    SANS_BOLD: ("fontpkg_ibm_plex_sans_condensed", "IBMPlexSansCondensed-SemiBold.ttf"),
    OTHER: ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ARABIC: ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    HEBREW: ("fontpkg_heebo", "Heebo[wght].ttf"),
}
_JOINING = ArabicReshaper({"delete_harakat": False, "shift_harakat_position": False})


@cache
def register() -> Mapping[str, frozenset[int]]:
    """Make the fonts known to the PDF library, once in a process; return the characters that each can show."""
    shown: dict[str, frozenset[int]] = {}
    for name, (package, file) in _FILES.items():
        with resources.as_file(resources.files(package) / "files" / file) as path:
            font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        shown[name] = frozenset(font.face.charToGlyph)
    pdfmetrics.registerFontFamily(SERIF, SERIF, SERIF_BOLD, SERIF_ITALIC, SERIF_BOLD_ITALIC)
    pdfmetrics.registerFontFamily(SANS, SANS, SANS_BOLD, SANS_ITALIC, SANS_BOLD)
    for name in OTHERS:
        pdfmetrics.registerFontFamily(name, name, name, name, name)
    return shown


def _font_for(character: str) -> str:
    """Name the font that shows a character: empty for that of its paragraph, ``-`` for none, ``.`` for no ink."""
    code = ord(character)
    if unicodedata.category(character) == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return "."
    glyphs = register()
    if code in glyphs[SERIF] and code in glyphs[SANS]:
        return ""
    return next((name for name in OTHERS if code in glyphs[name]), lent().get(character, "-"))


def marked_up(text: str) -> str:
    """Text as the paragraph markup that shows exactly it (but for blanks in words too long for any line).

    Arabic letters take the forms that they have within their word, in which they still stand in reading order.
    """
    composed = unicodedata.normalize("NFC", text)
    breakable = composed if any(map(is_east_asian, composed)) else _ENDLESS.sub(r"\g<0> ", composed)
    joined = _JOINING.reshape(breakable) if has_right_to_left(breakable) else breakable
    runs = groupby(joined, key=_font_for)
    return "".join(_run(font, "".join(characters)) for font, characters in runs)


def _run(font: str, characters: str) -> str:
    if font == ".":
        return ""
    if font == "":
        return escape(characters)
    if font == "-":
        return f'<font name="{OTHER}">{REPLACEMENT * len(characters)}</font>'
    return f'<font name="{font}">{escape(characters)}</font>'


def unshowable(text: str) -> set[str]:
    """Return the characters that a PDF cannot show."""
    return {c for c in set(unicodedata.normalize("NFC", text)) if _font_for(c) == "-"}
