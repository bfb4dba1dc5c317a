"""Whether a figure bounds what the evidence gives: ``more than 60 %`` of what rose by 62 % and by 67 %. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.support.comparators import comparator_of
from quire.nodes.support.derived import NEAR
from quire.nodes.support.grounding import GivenWords, as_given


def bounds_a_given(figure: Figure, text: str, known: Sequence[GivenWords], convention: Convention) -> bool:
    """Whether a figure of a claim is said to lie just below or above one that was given, in the same unit.

    Args:
        figure: of the claim.
        text: the claim.
        known: what it names.
        convention: how the claim writes numbers.

    """
    sign, _ = comparator_of(text, figure.span, convention.language)
    if not isinstance(figure.value, Decimal) or sign not in ("<", ">"):
        return False
    reach = abs(figure.value) * NEAR
    return any(
        0 < (one - figure.value if sign == ">" else figure.value - one) <= reach
        for one in _given(figure, known, convention)
    )


def _given(figure: Figure, known: Sequence[GivenWords], convention: Convention) -> Iterator[Decimal]:
    """Give the figures of that unit; a bare number counts nothing in particular, and may be of anything."""
    for words in known:
        given = as_given(words, convention)
        for one in figures_in(given.text, given.convention):
            if isinstance(one.value, Decimal) and one.unit == figure.unit and figure.unit:
                yield one.value
