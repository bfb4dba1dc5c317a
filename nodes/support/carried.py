"""Whether a text brings in a figure that stands in nothing its author was given. Pure."""

from collections.abc import Sequence

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.support.grounding import GivenWords, as_given, unsupported_figures


def invents_figures(text: str, known: Sequence[GivenWords], convention: Convention = ENGLISH) -> bool:
    """Whether a text states a number that stands in none of the texts that its author was given."""
    given = " ".join(as_given(one, convention).text for one in known).casefold()
    unread = (word.casefold() not in given for word in numerals_unread(text, convention))
    return any(unread) or bool(unsupported_figures(text, known, [], convention))
