"""Glyphs to words: by the space between them, with raised marks apart and letters that were drawn twice once."""

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from statistics import median

from quire.nodes.sources.pdf.shapes import Glyph, Word

_GAP = 0.45
_APART = 0.12
"""Where PDFium takes two letters to stand apart, which it does of letters that are drawn one by one, too."""
_LOOSE, _SPACED, _REMEMBERED = 0.1, 1.6, 5
"""How much farther apart than the letters before it one may stand where letters are set apart."""
_BACK = 0.6
_MIRRORED = 0.2
_LEVEL = 0.12
"""How far a letter may stand off its word's base line."""
_TWICE = 0.12
"""How near the same letter stands that was drawn twice to look bold. ``ll`` and ``ff`` stand farther apart."""
_SMALL = 0.87
_HIGHEST, _LOWEST = 0.75, 0.45
"""How far a raised mark or a lowered one stands off the line that it belongs to."""
_NEAR = 0.5
_LONGEST_MARK = 6

# All of these are parts of the type size.


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Make words, in the order in which they are drawn."""
    words: list[Word] = []
    last: Glyph | None = None
    gaps: deque[float] = deque(maxlen=_REMEMBERED)
    for glyph in _once(glyphs):
        word = words[-1] if words else None
        if last and abs(glyph.y - last.y) > _LEVEL * last.size:
            gaps.clear()
        if word and last and not glyph.parted and _goes_on(last, glyph, median(gaps) if gaps else 0.0):
            gaps.append(max(glyph.x0 - last.x1, 0.0))
            backwards = glyph.x1 < last.x1 and not _runs_left(glyph.text)
            word.text = glyph.text + word.text if backwards and _mirrored(last, glyph) else word.text + glyph.text
            word.x0, word.x1 = min(word.x0, glyph.x0), max(word.x1, glyph.x1)
            word.bold = word.bold and glyph.bold
        else:
            spaced = glyph.parted or glyph.apart
            words.append(Word(glyph.text, glyph.x0, glyph.x1, glyph.y, glyph.size, glyph.bold, spaced, len(words)))
        last = glyph
    _set_marks(words)
    return words


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out a character where the same one stands already, unless one glyph stands for both (a ligature)."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        step = max(glyph.size * _TWICE, 0.05)
        column, line = int(glyph.x0 / step), int(glyph.y / step)
        near = (seen.get((glyph.text, column + i, line + j)) for i in (0, -1, 1) for j in (0, -1, 1))
        if any(one and _is_copy(one, glyph, step) for one in near):
            continue
        seen[glyph.text, column, line] = glyph
        yield glyph


def _is_copy(one: Glyph, other: Glyph, step: float) -> bool:
    if _runs_left(one.text):
        step = min(step, (one.x1 - one.x0) / 2)  # what stretches a word is narrow and stands side by side
    near = abs(one.x0 - other.x0) < step and abs(one.y - other.y) < step
    ligature = one.stroke == other.stroke and abs(one.x0 - other.x0) < step / 100
    return near and not ligature


def _mirrored(last: Glyph, glyph: Glyph) -> bool:
    """Tell whether the glyph stands right before the last one: PDFium gives mirrored words from their end."""
    return abs(last.x0 - glyph.x1) < _MIRRORED * last.size


def _goes_on(last: Glyph, glyph: Glyph, tracking: float) -> bool:
    """Tell whether a glyph belongs to the last one's word, in a line whose letters stand ``tracking`` apart."""
    if abs(glyph.size - last.size) > (1 - _SMALL) * max(glyph.size, last.size):
        return False
    if abs(glyph.y - last.y) > _LEVEL * last.size:
        return False
    gap = last.x0 - glyph.x1 if _runs_left(glyph.text) and _runs_left(last.text) else glyph.x0 - last.x1
    if _mirrored(last, glyph) and not _runs_left(glyph.text):
        return True
    if glyph.apart:
        loose = tracking > _LOOSE * last.size and last.text.isdigit() == glyph.text.isdigit()
        wide = min(_SPACED * tracking, _GAP * last.size) if loose else 0.0
        return -_BACK * last.size < gap <= max(_APART * last.size, wide)
    return -_BACK * last.size < gap <= _GAP * last.size


@cache
def _runs_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def runs_left(text: str) -> bool:
    """Tell whether more of the letters are of a script that runs from right to left."""
    left = sum(map(_runs_left, text))
    return left * 2 > sum(map(str.isalpha, text))


def _set_marks(words: list[Word]) -> None:
    """Put small raised or lowered words on the line of the word that they stand beside."""
    for index, word in enumerate(words):
        if len(word.text) > _LONGEST_MARK:
            continue
        before = words[index - 1] if index else None
        after = words[index + 1] if index + 1 < len(words) else None
        for host in (before, after):
            if host and word.size < _SMALL * host.size and _beside(word, host):
                up = (host.y - word.y) / host.size
                if _LEVEL < up < _HIGHEST or (-_LOWEST < up < -_LEVEL / 2):
                    word.raised = up > 0
                    word.y = host.y
                    if host is before:
                        word.spaced = word.x0 - host.x1 > _NEAR / 2 * host.size
                    else:
                        host.spaced = host.x0 - word.x1 > _NEAR / 2 * host.size
                    break


def _beside(word: Word, host: Word) -> bool:
    gap = max(word.x0 - host.x1, host.x0 - word.x1)
    return -_NEAR * host.size < gap < _NEAR * host.size
