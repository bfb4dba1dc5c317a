"""Takes a page's characters from PDFium, each with its place, size and type; what does not show is left out."""

import ctypes
import math
from collections import defaultdict
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from quire.nodes.sources.pdf.drawings import Box
from quire.nodes.sources.pdf.fonts import FIRST_SIGN, NO_CHARACTER, Font, font_of
from quire.nodes.sources.pdf.ground import Ground
from quire.nodes.sources.pdf.shapes import Glyph

MAX_CHARACTERS = 100_000
"""Characters of the fullest page that is read."""

_INVISIBLE_MODE = 3
_SCANNED = 0.5
_WHITE = 250
_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
_HIGH, _LOW, _PRIVATE = range(0xD800, 0xDC00), range(0xDC00, 0xE000), range(0xE000, 0xF900)
_SPACES = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200C)})
_LARGEST_SIZE = 2_000.0
_INK = 0.5
"""Points from which on a stroke shows."""


@dataclass
class Characters:
    """What a page's text layer holds."""

    layers: dict[int, list[Glyph]] = field(default_factory=lambda: defaultdict(list))
    """The glyphs by the angle at which they run, in whole degrees, turned so that they run to the right."""
    hidden: int = 0
    """Letters that nobody sees, left out: drawn without ink, white on nothing, or off the page."""
    unmapped: int = 0
    """Glyphs of which the file does not say what letters they are."""
    private: int = 0
    """Glyphs that only their font gives a meaning: bullets, ticks, or letters whose names are lost."""
    recognised: bool = False
    """Whether the text is what a text recognition (OCR) took a picture's letters for, and is drawn without ink."""
    pieces: set[int] = field(default_factory=set)
    """The drawing operations of which anything is read, by where PDFium holds them."""

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return sum(map(len, self.layers.values()))

    def sign(self, code: int) -> str:
        """Give the character of a code, and count those that say nothing, as a blank that shows."""
        if code in _LINE_END_HYPHENS:
            return "-"
        self.private += code in _PRIVATE
        if code not in _SPACES and code >= FIRST_SIGN and code != NO_CHARACTER:
            return chr(code)
        self.unmapped += 1
        return chr(NO_CHARACTER)


@dataclass
class _Type:
    """How one drawing operation draws."""

    number: int
    size: float
    angle: int
    cosine: float
    sine: float
    font: Font
    inkless: bool
    white: bool


def characters_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, pictured: float) -> Characters:
    """Read the characters in the order in which the page draws them; pictures cover ``pictured`` of it."""
    found, ocr = Characters(), Characters()
    left, bottom, right, top = page.get_cropbox()
    x, y = ctypes.c_double(), ctypes.c_double()
    x0, x1, y0, y1 = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    fonts: dict[int, Font] = {}
    drawn: _Type | None = None
    ground: Ground | None = None
    at = 0
    parted = apart = False
    for index in range(text.count_chars()):
        code = _code_at(text, index)
        if code is None:
            continue
        handle = pdfium.FPDFText_GetTextObject(text, index)
        place = ctypes.addressof(handle.contents) if handle else 0
        found.pieces.add(place)
        pdfium.FPDFText_GetCharBox(text, index, x0, x1, y0, y1)
        box = Box(x0.value, y0.value, x1.value, y1.value)
        if not handle or (code in _SPACES and not _has_ink(box)):
            parted, apart = parted or bool(handle), True  # PDFium makes up blanks, which no operation draws
            continue
        if drawn is None or place != at:
            at = place
            drawn = _type_of(text, index, handle, fonts, drawn.number + 1 if drawn else 0)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        here, down = x.value, y.value
        if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
            if drawn.font.embedded and not _has_ink(box):
                parted = apart = True  # a blank that the file does not call one
                continue
            code = drawn.font.guessed(code)
        if not (left - 1 <= here <= right + 1 and bottom - 1 <= down <= top + 1 and 0 < drawn.size < _LARGEST_SIZE):
            found.hidden += 1
            continue
        glyph = _glyph(found.sign(code), here, down, box, drawn, (parted, apart))
        parted = apart = False
        if drawn.inkless:
            ocr.layers[drawn.angle].append(glyph)
        elif drawn.white and not (ground := ground or Ground(page, (left, bottom, right, top))).shows(box):
            found.hidden += 1
        else:
            found.layers[drawn.angle].append(glyph)
    return _shown(found, ocr, scanned=pictured > _SCANNED)


def _shown(found: Characters, inkless: Characters, *, scanned: bool) -> Characters:
    """Take text without ink for a scan's recognised words only where a picture shows them, or no other text does."""
    if scanned or not found.count:
        found.recognised = bool(inkless.count)
        for angle, glyphs in inkless.layers.items():
            found.layers[angle] = glyphs + found.layers[angle]
    else:
        found.hidden += inkless.count
    return found


def _code_at(text: pypdfium2.PdfTextPage, index: int) -> int | None:
    """Give the code of a character; None for the first half of one that PDFium gives in two."""
    code: int = pdfium.FPDFText_GetUnicode(text, index)
    if code in _HIGH:
        return None if pdfium.FPDFText_GetUnicode(text, index + 1) in _LOW else NO_CHARACTER
    if code not in _LOW:
        return code
    high: int = pdfium.FPDFText_GetUnicode(text, index - 1) if index else 0
    return 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high in _HIGH else NO_CHARACTER


def _has_ink(box: Box) -> bool:
    """Whether anything shows there; what a file calls a blank may be a letter to the eye."""
    return min(box.x1 - box.x0, box.y1 - box.y0) > _INK


def _glyph(letter: str, x: float, y: float, box: Box, drawn: _Type, parted: tuple[bool, bool]) -> Glyph:
    """Turn a character so that its line runs to the right."""
    cosine, sine = drawn.cosine, drawn.sine
    along = [a * cosine + b * sine for a in (box.x0, box.x1) for b in (box.y0, box.y1)]
    across = [b * cosine - a * sine for a in (box.x0, box.x1) for b in (box.y0, box.y1)]
    start, base = x * cosine + y * sine, y * cosine - x * sine
    first, last = min(along), max(along)
    if not (math.isfinite(first) and math.isfinite(last)) or abs(first - start) + abs(last - start) > 4 * drawn.size:
        first, last = start, start + 0.5 * drawn.size  # a font that lies about its boxes
    height, bold = max(across) - min(across), drawn.font.bold
    return Glyph(letter, first, last, -base, height, drawn.size, bold, *parted, drawn.number)


def _type_of(text: pypdfium2.PdfTextPage, index: int, handle: object, fonts: dict[int, Font], number: int) -> _Type:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    turned = math.degrees(math.atan2(matrix.b, matrix.a)) if matrix.a or matrix.b else 0.0
    angle = round(turned) % 360 if math.isfinite(turned) else 0
    colour = [ctypes.c_uint() for _ in range(4)]
    known = pdfium.FPDFText_GetFillColor(text, index, *colour)
    return _Type(
        number=number,
        size=abs(size) if math.isfinite(size) else 0.0,
        angle=angle,
        cosine=math.cos(math.radians(angle)),
        sine=math.sin(math.radians(angle)),
        font=font_of(text, index, handle, fonts),
        inkless=pdfium.FPDFTextObj_GetTextRenderMode(handle) == _INVISIBLE_MODE or bool(known and not colour[3].value),
        white=bool(known) and all(part.value >= _WHITE for part in colour[:3]),
    )
