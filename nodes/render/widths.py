"""How wide a table's columns are: by what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

_NARROWEST = 24.0
"""Points that every column gets, while that leaves a third of the line to share."""
_WIDEST_WORD = 0.4
"""Part of the line that a single word may claim; a longer one is broken."""

MOST_COLUMNS = 9
"""Of a table that stands upright; one with more, or with longer words than fit, lies on its side."""
_MOST_COLUMNS_WIDE = 15
_FEW = 3
"""Columns that are never too many: their words may break."""

_ROOMY = 2.0
"""How many average cells wide a column is, at most, where there is too little room."""


@dataclass(frozen=True)
class Need:
    """What a column would like, in points."""

    whole: float
    """Width if nothing in it were wrapped."""
    usual: float
    """Width of its average cell, not wrapped."""
    word: float
    """Width of its longest word."""


def column_widths(needs: Sequence[Need], available: float) -> list[float]:
    """Share a line between columns, so that figures stay in one line and prose takes what is left.

    The result adds up to what is available. One long cell among short ones widens its column less than
    many long ones do.
    """
    if not needs:
        return []
    floor = min(_NARROWEST, available / (1.5 * len(needs)))
    words = [_word(need, available) for need in needs]
    over = [
        Need(*(max(width - floor, 0) for width in (need.whole, need.usual, word)))
        for need, word in zip(needs, words, strict=True)
    ]
    return [floor + width for width in _shared(over, available - floor * len(needs))]


def too_wide(needs: Sequence[Need], available: float) -> bool:
    """Whether a table has more columns, or longer words, than an upright page shows legibly."""
    if len(needs) <= _FEW:
        return False
    return len(needs) > MOST_COLUMNS or sum(_word(need, available) for need in needs) > available


def panels(needs: Sequence[Need], available: float) -> list[list[int]]:
    """Part the columns of a table that even a page on its side cannot show, into panels that each begin with the first.

    One panel has all columns, where they fit; else all have about as many.
    """
    words = [_word(need, available) for need in needs]
    found = _filled(words, available, _MOST_COLUMNS_WIDE)
    if len(found) == 1:
        return found
    return _filled(words, available, ceil((len(needs) - 1) / len(found)) + 1)


def _filled(words: Sequence[float], available: float, most: int) -> list[list[int]]:
    """Fill panels one after the other, each with as many columns as it holds."""
    found: list[list[int]] = [[]]
    for column, word in enumerate(words):
        last = found[-1]
        full = len(last) >= most or sum(words[n] for n in last) + word > available
        if full and len(last) > 1:
            found.append([0])
        found[-1].append(column)
    return found


def _word(need: Need, available: float) -> float:
    return min(need.word, need.whole, available * _WIDEST_WORD)


def _shared(needs: Sequence[Need], available: float) -> list[float]:
    """Share in proportion where everything fits or nothing does, else give each its word and a share of the rest."""
    words = [need.word for need in needs]
    if sum(need.whole for need in needs) <= available:
        return _scaled([need.whole for need in needs], available)
    if sum(words) >= available:
        return _scaled(words, available)
    slack = [max(min(need.whole, _ROOMY * need.usual) - need.word, 0) for need in needs]
    rest = _scaled(slack, available - sum(words))
    return [word + share for word, share in zip(words, rest, strict=True)]


def _scaled(widths: Sequence[float], available: float) -> list[float]:
    total = sum(widths)
    return [width * available / total if total else available / len(widths) for width in widths]
