"""What kind a writer's claim is, and whether a gap is one. Pure.

The kind of a claim is the writer's proposal. A conclusion that brings in a figure or a name is judged as a fact; a gap
that a source speaks of is none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from quire.nodes.evidence.content import Claim
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.search.stemming import terms
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.support.carried import MOST_IN_WORDS, invents_figures, without_counts
from quire.nodes.support.claim_check import Checked
from quire.nodes.support.grounding import Given, GivenWords

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w&-]+")
_OF_GAPS = (
    "source sources state states stated say says said mention mentions mentioned name names named give gives given "
    "record records recorded show shows shown determine determined find found information material document documents "
    "none nothing neither nor not contain contains tell tells told about whether how what which who why the and are "
    "does did has have was were been any for from that this their its anywhere specify specified"
)
_LEAST_KEY_WORDS = 2
_OF_AMOUNTS = "cost costs price prices priced fee fees rate amount much many long often when date year deadline"
"""Words by which a gap asks for a figure or a time: what has none does not answer it."""


def with_its_kind(made: Claim, words: Sequence[Given], convention: Convention = ENGLISH, asked: str = "") -> Claim:
    """Decide what kind a claim is: a conclusion that brings in a figure or a name is judged as a fact.

    Args:
        made: the claim, with the kind that its writer proposes.
        words: of what it names; of a conclusion, those of its premises.
        convention: how the claim writes numbers and dates.
        asked: what the document is about, as its brief says; names that stand there are known.

    """
    if made.get("kind") == "inference" and _brings_in(made["text"], words, convention, asked):
        return {**made, "kind": "fact", "basis": "source"}
    return made


def check_gap(
    text: str, readings: Sequence[Reading], asked: Sequence[str] = (), convention: Convention = ENGLISH
) -> Checked:
    """Hold a gap against the sources: it is none where one speaks of it, or where it brings a figure in.

    Args:
        text: the gap.
        readings: the sources that its section may use.
        asked: what its section was asked; a figure may stand there, or in a passage that shares a word with the gap.
        convention: how the gap writes numbers and dates.

    Returns:
        A verdict that is open where nothing is wrong. A small number in words may count what the gap is about
        (``the two depots``): a reader decides on it, and where nobody reads, it does not stand.

    """
    if place := answered_at(text, readings):
        return Checked("insufficient", (f"{place} speaks of it",))
    known: list[GivenWords] = [*asked, *_near(text, readings)]
    if not invents_figures(text, known, convention):
        return Checked("open")
    told = ("it states a figure that stands in nothing that was asked or read",)
    counted = not invents_figures(without_counts(text, MOST_IN_WORDS), known, convention)
    return Checked("open" if counted else "insufficient", told, lenient=False)


def _near(text: str, readings: Sequence[Reading]) -> Iterator[Given]:
    """Give the passages that share a word with a gap."""
    wanted = _key_words(text)
    for reading in readings:
        for passage in reading["passages"]:
            if wanted & set(_terms(passage["text"])):
                yield Given(passage["text"], convention_of(reading))


def answered_at(text: str, readings: Sequence[Reading]) -> str:
    """Say where a passage has all key words of a gap; empty if none has, or it has too few to tell.

    Where the gap asks for a figure, a passage answers it only with one, in a sentence that has a word of the gap: that
    a grid connection is not paid for does not say what it costs.
    """
    wanted = _key_words(text)
    if len(wanted) < _LEAST_KEY_WORDS:
        return ""
    asks_amount = not _stems_of(_OF_AMOUNTS).isdisjoint(_terms(text))
    for reading in readings:
        for passage in reading["passages"]:
            if passage["kind"] == "heading" or not wanted <= set(_terms(passage["text"])):
                continue
            if not asks_amount or _has_figure_of(wanted, passage["text"], convention_of(reading)):
                return f"{passage['source']}, {passage['address']}"
    return ""


def _has_figure_of(wanted: set[str], text: str, convention: Convention) -> bool:
    said = (sentence for sentence in sentences(text) if not wanted.isdisjoint(_terms(sentence)))
    return any(figures_in(sentence, convention) for sentence in said)


def _key_words(text: str) -> set[str]:
    return {term for term in _terms(text) if len(term) > 2} - _stems_of(_OF_GAPS)  # noqa: PLR2004 - letters of a word that says something


@cache
def _stems_of(words: str) -> frozenset[str]:
    return frozenset(_terms(words))


def _terms(text: str) -> Iterator[str]:
    return terms(text.casefold(), "en", frozenset())


def _brings_in(text: str, words: Sequence[Given], convention: Convention, asked: str) -> bool:
    """Whether a conclusion has a figure or date that is in none of its premises, or a name that nobody asked about."""
    known = " ".join([asked, *(given.text for given in words)]).casefold()
    plain = without_counts(text, len(words))
    return invents_figures(plain, words, convention) or any(n.casefold() not in known for n in _NAME.findall(text))
