"""What stands on a page: glyphs, words and rows of words; lengths are points, y grows downwards, as one reads."""

from dataclasses import dataclass, field
from typing import NamedTuple

WIDE = 0.9
"""Gap, in parts of the type size, that parts neighbouring columns of prose."""

_WIDEST = 4_000


class Glyph(NamedTuple):
    """A character as drawn."""

    text: str
    x0: float
    x1: float
    y: float
    """Its base line."""
    height: float
    """Of its ink, above and below the base line."""
    size: float
    bold: bool
    parted: bool
    """A blank stands before it."""
    apart: bool
    """PDFium takes it to stand apart from the one before, for its distance."""
    stroke: int
    """Which drawing operation drew it."""


class Rule(NamedTuple):
    """A straight thin line, or the side of a box: level if ``y0 == y1``, else upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Word:
    """Letters without space between them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    spaced: bool
    """White space stands before it; else only its distance parts it from the one before."""
    order: int
    """Its place in the order in which the page draws."""
    raised: bool = False
    """A mark above the base line: the number of a note, an exponent."""

    @property
    def mask(self) -> int:
        """The points that it covers from left to right, one bit each."""
        return covered(self.x0, self.x1)


@dataclass(slots=True)
class Row:
    """Words on one base line, from left to right."""

    y: float
    size: float
    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    grid: int = -1
    """Number of the ruled table for which the row stands, which has no words of its own; else -1."""
    mask: int = field(default=0)
    """The points covered by words."""

    def __post_init__(self) -> None:
        """Find what the words cover."""
        if self.words:
            self.x0 = min(word.x0 for word in self.words)
            self.x1 = max(word.x1 for word in self.words)
        for word in self.words:
            self.mask |= word.mask
        if not self.words:
            self.mask = covered(self.x0, self.x1)

    @property
    def letters(self) -> int:
        """How many letters its words have."""
        return sum(character.isalpha() for word in self.words for character in word.text)

    def pieces(self, gap: float) -> list[list[Word]]:
        """Part the words wherever more than ``gap`` type sizes are free."""
        parts: list[list[Word]] = []
        reach = 0.0
        for word in self.words:
            if parts and word.x0 - reach <= gap * self.size:
                parts[-1].append(word)
            else:
                parts.append([word])
            reach = max(reach, word.x1) if parts[-1] != [word] else word.x1
        return parts

    def solid(self, gap: float) -> int:
        """Give the points covered by the pieces, the gaps inside them included."""
        if not self.words:
            return self.mask
        mask = 0
        for piece in self.pieces(gap):
            mask |= covered(piece[0].x0, max(word.x1 for word in piece))
        return mask


class Grid(NamedTuple):
    """A ruled table: where it stands, and its rows."""

    x0: float
    y0: float
    x1: float
    y1: float
    edges: tuple[float, ...]
    """Left edges of its columns."""
    rows: list["CellRow"]


class CellRow(NamedTuple):
    """A table's row: a text for each column."""

    cells: list[str]
    y: float
    size: float
    bold: bool
    """All of its words are in bold type."""
    strong: bool
    """The words of its first cell are."""
    lines: int = 1
    """How many lines it is printed on."""


def covered(x0: float, x1: float) -> int:
    """Give the points between two places as bits, those off the page left out."""
    first, last = max(0, min(int(x0), _WIDEST)), max(0, min(int(x1) + 1, _WIDEST))
    return (1 << last) - (1 << first) if last > first else 0
