"""Whether a text brings in a figure that stands in nothing its author was given. Pure."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.support.grounding import GivenWords, as_given, unsupported_figures

_IN_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MOST_IN_WORDS: Final = len(_IN_WORDS)
"""The greatest number in words that is taken for a count."""
_REPORTED: Final = frozenset(
    ["year", "month", "building", "room", "unit", "lot", "lane", "vehicle", "customer", "request"]
)
"""What reports and rows are of, so that some of them are told as so many."""
_WORDS = re.compile(r"[^\W\d_]+")
_QUARTER = re.compile(r"\bq[1-4]\b|\bquarters?\b", re.IGNORECASE)


def counted_in_words(text: str, named: int) -> frozenset[str]:
    """Give the small numbers in words that may count what a claim names: ``the three rounds`` of four passages.

    A reader decides on them, as on all other words.
    """
    said = frozenset(_WORDS.findall(text.casefold()))
    return frozenset(word for value, word in enumerate(_IN_WORDS, 1) if 1 < value <= named and word in said)


def counts_what_is_named(figure: Figure, counts: Collection[str], given: str) -> bool:
    """Whether a figure may count the passages or the times that a claim names.

    Args:
        figure: of the claim.
        counts: the small numbers in words that may count what it names.
        given: the words of what it names; ``three quarters`` are a count where they are told by quarters.

    """
    said = figure.text.casefold()
    if said in counts or (figure.unit in _REPORTED and said.split()[0] in counts):
        return True
    return said.endswith(" quarters") and bool(_QUARTER.search(given))


def without_counts(text: str, named: int) -> str:
    """Give a text without the small numbers in words that may count what it names."""
    counted = counted_in_words(text, named)
    return _WORDS.sub(lambda word: "" if word[0].casefold() in counted else word[0], text)


def invents_figures(text: str, known: Sequence[GivenWords], convention: Convention = ENGLISH) -> bool:
    """Whether a text states a number that stands in none of the texts that its author was given."""
    given = " ".join(as_given(one, convention).text for one in known).casefold()
    unread = (word.casefold() not in given for word in numerals_unread(text, convention))
    return any(unread) or bool(unsupported_figures(text, known, [], convention))
