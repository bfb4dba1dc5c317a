"""Whether words are carried by the words they name. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.detecting import FUNCTION_WORDS
from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.search.stemming import terms
from quire.nodes.support.grounding import GivenWords, as_given, unsupported_figures

ENOUGH = 0.6
"""Share of a sentence's content words that must stand in what it names. Below it, it says something else."""
_SHORT = re.compile(r"(?<![^\W_])[^\W\u2e80-\uffff]{1,2}(?![^\W_])")
"""Words of one or two letters say nothing, unless each sign is one."""
_COMMON: Final = """
    the and for are was were been being has have had that this these those with from into not but its their there
    which who whom whose will would shall may might must can could should does did than then also such any all each
    other more most some only own same under over between within without upon because while where when what how
    section report site document
"""
_COMMON_WORDS = frozenset(_COMMON.split())


def carried(text: str, words: Sequence[GivenWords], title: str, convention: Convention = ENGLISH) -> bool:
    """Whether every figure of the text stands in the words it names, and most of what it says does too.

    Args:
        text: a claim.
        words: what it names, each under the convention of its source; plain text is written as the claim is.
        title: of the section.
        convention: how the claim writes numbers and dates.

    """
    if invents_figures(text, [*words, title], convention) or unsupported_figures(text, words, [], convention):
        return False
    said = _stems(text, convention.language)
    if not said:
        return False
    given = [as_given(one, convention) for one in (*words, title)]
    known = {stem for one in given for stem in _stems(one.text, one.convention.language)}
    return len(said & known) >= ENOUGH * len(said)


def invents_figures(text: str, known: Sequence[GivenWords], convention: Convention = ENGLISH) -> bool:
    """Whether a text states a number that stands in none of the texts that its author was given."""
    given = " ".join(as_given(one, convention).text for one in known).casefold()
    unread = (word.casefold() not in given for word in numerals_unread(text, convention))
    return any(unread) or bool(unsupported_figures(text, known, [], convention))


def _stems(text: str, language: str) -> set[str]:
    common = FUNCTION_WORDS.get(language, frozenset()) if language != "en" else _COMMON_WORDS
    said = terms(_SHORT.sub(" ", text.casefold()), language, common)
    return {term for term in said if not term[0].isdigit()}
