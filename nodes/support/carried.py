"""Whether words are carried by the words they name. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.search.stemming import stem
from quire.nodes.support.grounding import unsupported_figures

ENOUGH = 0.6
"""Share of a sentence's content words that must stand in what it names. Below it, it says something else."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON: Final = """
    the and for are was were been being has have had that this these those with from into not but its their there
    which who whom whose will would shall may might must can could should does did than then also such any all each
    other more most some only own same under over between within without upon because while where when what how
    section report site document
"""
_COMMON_WORDS = frozenset(_COMMON.split())


def carried(text: str, words: Sequence[str], title: str) -> bool:
    """Whether every figure of the text stands in the words it names, and most of what it says does too."""
    if invents_figures(text, [*words, title]) or unsupported_figures(text, list(words), []):
        return False
    said = _stems(text)
    if not said:
        return False
    known = _stems(" ".join([*words, title]))
    return len(said & known) >= ENOUGH * len(said)


def invents_figures(text: str, known: Sequence[str]) -> bool:
    """Whether a text states a number that stands in none of the texts that its author was given."""
    given = " ".join(known).casefold()
    unread = (word.casefold() not in given for word in numerals_unread(text))
    return any(unread) or bool(unsupported_figures(text, list(known), []))


def _stems(text: str) -> set[str]:
    content = [w for w in _WORD.findall(text.casefold()) if w not in _COMMON_WORDS]
    return {stem(word) for word in content}
