"""How wide a table's columns are: by what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass

_NARROWEST = 24.0
"""Points that every column gets, while that leaves a third of the line to share."""
_WIDEST_WORD = 0.4
"""Part of the line that a single word may claim; a longer one is broken."""

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
    words = [min(need.word, need.whole, available * _WIDEST_WORD) for need in needs]
    over = [
        Need(*(max(width - floor, 0) for width in (need.whole, need.usual, word)))
        for need, word in zip(needs, words, strict=True)
    ]
    return [floor + width for width in _shared(over, available - floor * len(needs))]


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
