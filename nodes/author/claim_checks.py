"""What kind a writer's claim is, and whether a gap is one. Pure.

The kind of a claim is the writer's proposal. A conclusion that brings in a figure or a name is judged as a fact; a gap
that a source speaks of is none.
"""

import re
from collections.abc import Sequence

from quire.nodes.evidence.content import Claim
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.search.stemming import terms
from quire.nodes.sources.passage import Reading
from quire.nodes.support.carried import invents_figures, without_counts
from quire.nodes.support.grounding import Given

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w&-]+")
_OF_GAPS = frozenset(
    terms(
        "source sources state states stated say says said mention mentions mentioned name names named give gives given "
        "record records recorded show shows shown determine determined find found information material document "
        "documents none nothing neither nor not contain contains tell tells told about whether how what which who why "
        "the and are does did has have was were been any for from that this their its anywhere specify specified",
        "en",
        frozenset(),
    )
)
_LEAST_KEY_WORDS = 2


def with_its_kind(made: Claim, words: Sequence[Given], convention: Convention = ENGLISH) -> Claim:
    """Decide what kind a claim is: a conclusion that brings in a figure or a name is judged as a fact.

    Args:
        made: the claim, with the kind that its writer proposes.
        words: of what it names; of a conclusion, those of its premises.
        convention: how the claim writes numbers and dates.

    """
    if made.get("kind") == "inference" and _brings_in(made["text"], words, convention):
        return {**made, "kind": "fact", "basis": "source"}
    return made


def wrong_gap(text: str, readings: Sequence[Reading], convention: Convention = ENGLISH) -> str:
    """Say why a gap is none: a source speaks of it, or it states a figure. Empty if nothing is wrong with it."""
    if place := answered_at(text, readings):
        return f"{place} speaks of it"
    return "it states a figure that stands in nothing that it names" if invents_figures(text, [], convention) else ""


def answered_at(text: str, readings: Sequence[Reading]) -> str:
    """Say where a passage has all key words of a gap; empty if none has, or it has too few to tell."""
    wanted = {term for term in terms(text.casefold(), "en", frozenset()) if len(term) > 2} - _OF_GAPS  # noqa: PLR2004 - letters of a word that says something
    if len(wanted) < _LEAST_KEY_WORDS:
        return ""
    for reading in readings:
        for passage in reading["passages"]:
            if passage["kind"] != "heading" and wanted <= set(terms(passage["text"].casefold(), "en", frozenset())):
                return f"{passage['source']}, {passage['address']}"
    return ""


def _brings_in(text: str, words: Sequence[Given], convention: Convention) -> bool:
    """Whether a conclusion states a figure, date or name that is in none of its premises."""
    known = " ".join(given.text for given in words).casefold()
    plain = without_counts(text, len(words))
    return invents_figures(plain, words, convention) or any(n.casefold() not in known for n in _NAME.findall(text))
