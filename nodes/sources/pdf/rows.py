"""Words to rows: what stands on one base line, and its text."""

from collections.abc import Sequence

from quire.nodes.sources.folding import fold, fold_ligatures, raised, strip_invisible
from quire.nodes.sources.pdf.shapes import Row, Word
from quire.nodes.sources.pdf.words import runs_left

_SAME_LINE = 0.3
_LEADERS = 5
"""Dots in a row from which on they lead from words to a page's number or an amount."""
_TOUCHING = 0.13
"""Gap, in parts of the type size, up to which two words without a space between them are one."""
_WIDE_SIGNS = 0.45
"""The same for signs that are as wide as they are high, whose ink leaves room."""
_TATWEEL = "\u0640"
"""Stretches an Arabic word to the line's end, as a hyphen breaks a Latin one: no letter, and in nobody's search."""
_CJK = range(0x2E80, 0xA000)
_FULL_WIDTH = range(0xFF00, 0xFFF0)
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "re", "e", "o", "a"})


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Gather words to rows, from the top down."""
    gathered: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.y, one.x0)):
        if gathered and word.y - gathered[-1][0].y <= _SAME_LINE * min(word.size, gathered[-1][0].size):
            gathered[-1].append(word)
        else:
            gathered.append([word])
    return [_row(group) for group in gathered]


def _row(words: list[Word]) -> Row:
    largest = max(words, key=lambda word: (not word.raised, len(word.text), word.size))
    dots = sum(word.text.count(".") for word in words if not word.text.strip("."))
    shown = [word for word in words if word.text.strip(".")] if dots >= _LEADERS else words
    return Row(largest.y, largest.size, sorted(shown or words, key=lambda word: (word.x0, word.order)))


def text_of(words: Sequence[Word]) -> str:
    """Write words out. Raised digits become superscripts, so that a note's number is no digit of the number beside."""
    letters = "".join(word.text for word in words)
    ordered = sorted(words, key=lambda word: word.order) if runs_left(letters) else words
    parts: list[str] = []
    last: Word | None = None
    for word in ordered:
        if last and _apart(last, word):
            parts.append(" ")
        parts.append(_written(word))
        last = word
    return fold(strip_invisible(fold_ligatures("".join(parts)))[0].replace(_TATWEEL, ""))


def _written(word: Word) -> str:
    if not word.raised or word.text.lower() in _ORDINALS:
        return word.text
    if word.text.isalpha() and word.text.isascii():
        return f"^{word.text}"
    return raised(word.text.replace("-", "⁻").replace("\u2212", "⁻").replace("+", "⁺"))


def _apart(last: Word, word: Word) -> bool:
    gap = max(word.x0 - last.x1, last.x0 - word.x1) / (max(last.size, word.size) or 1.0)
    if last.text[-1:] and word.text[:1] and _is_wide(last.text[-1]) and _is_wide(word.text[0]):
        return gap > _WIDE_SIGNS
    return word.spaced or gap > (_TOUCHING * 2 if word.raised or last.raised else _TOUCHING)


def _is_wide(letter: str) -> bool:
    return ord(letter) in _CJK or ord(letter) in _FULL_WIDTH
