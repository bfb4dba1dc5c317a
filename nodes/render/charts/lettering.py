"""How much of a text fits a place in a chart. Pure."""

import unicodedata

SIZE = 9.0
"""Points of the letters in a chart."""
_USUAL, _FULL = 0.58, 1.0
"""How wide letters are on average, in parts of their size; and those of Chinese, Japanese and Korean."""


def fitting(text: str, room: float) -> str:
    """Cut a text to what fits into some points, visibly."""
    if width(text) <= room:
        return text
    left = room - width("\N{HORIZONTAL ELLIPSIS}")
    kept = 0
    for character in text:
        left -= width(character)
        if left < 0:
            break
        kept += 1
    return f"{text[:kept].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def width(text: str) -> float:
    """Estimate how many points a text takes."""
    return sum(0 if unicodedata.combining(c) else _FULL if _is_full(c) else _USUAL for c in text) * SIZE


def _is_full(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
