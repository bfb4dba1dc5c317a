"""Doubts about a page's text: what is drawn says something else, or more."""

from collections.abc import Iterator
from itertools import pairwise

from quire.nodes.sources.pdf.characters import Characters
from quire.nodes.sources.pdf.drawings import Drawings
from quire.nodes.sources.pdf.shapes import Glyph
from quire.nodes.sources.pdf.words import runs_left

_FEW = 25
_MANY_HIDDEN = 3
_UNMAPPED = 0.1
_PICTURED = 0.5
_DRAWN = 400
_FEWEST_JUDGED = 40
_WRONG = 0.3
_LOW, _HIGH = 0.38, 0.47
_MANY_STRETCHED, _STRETCHED_BY = 3, 0.2
_SMALL = frozenset(".,'\u2019`-\u2013\u2014\u00b7:;")
_TATWEEL = "\u0640"
"""The sign that stretches an Arabic word, which is rightly repeated."""
_TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZbdfhkl0123456789")


def doubts(characters: Characters, drawings: Drawings) -> Iterator[str]:
    """Say, after ``page 3``, what cannot be believed or was left out."""
    count = characters.count
    if not count:
        yield "holds no text (a scan?)"
    elif characters.unmapped or characters.private > _UNMAPPED * count:
        lost = characters.unmapped + characters.private
        yield f"has characters of which its fonts do not say what they are ({lost}): read it by eye"
    elif count < _FEW and (drawings.pictured > _PICTURED or drawings.curves > _DRAWN):
        yield f"holds only {count} letters of text beside what is drawn (a scan?)"
    if unread := drawings.unread(characters.pieces):
        yield f"draws pieces of text of which the file does not say what they are ({unread}): read it by eye"
    if sum(map(_stretched, characters.layers.values())) >= _MANY_STRETCHED:
        yield "draws one letter after another where its words are only stretched: some hold letters that do not show"
    if count and _differs([glyph for glyphs in characters.layers.values() for glyph in glyphs]):
        yield "shows other letters than its text says: read it by eye, or run text recognition (OCR) over it"
    if characters.hidden >= _MANY_HIDDEN:
        yield f"holds {characters.hidden} letters that do not show; they were left out"


def _stretched(glyphs: list[Glyph]) -> int:
    """Count letters of a script whose letters join that stand again where no such letter has room."""
    return sum(
        one.text == other.text != _TATWEEL
        and runs_left(one.text)
        and abs(one.y - other.y) < other.size * _STRETCHED_BY
        and abs(one.x0 - other.x0) < other.size * _STRETCHED_BY
        for one, other in pairwise(glyphs)
    )


def _differs(glyphs: list[Glyph]) -> bool:
    """Compare the heights of what is drawn with those that such letters have in every Latin type."""
    judged = wrong = 0
    for glyph in glyphs:
        height = glyph.height / glyph.size
        if glyph.text in _SMALL:
            judged, wrong = judged + 1, wrong + (height > _HIGH)
        elif glyph.text in _TALL:
            judged, wrong = judged + 1, wrong + (height < _LOW)
    return judged >= _FEWEST_JUDGED and wrong > _WRONG * judged
