"""A writer's claims as far as code can hold them against what they name. Pure.

The kind of a claim is the writer's proposal. A conclusion that brings in a figure or a name, and a gap that a source
speaks of, are judged as facts.
"""

import re
from collections.abc import Sequence
from typing import Literal

from quire.nodes.evidence.content import Claim, Judged
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.search.stemming import terms
from quire.nodes.sources.passage import Reading
from quire.nodes.support.carried import carried, invents_figures
from quire.nodes.support.grounding import Given, GivenWords

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


def check_claim(
    made: Claim, words: Sequence[Given], readings: Sequence[Reading] = (), convention: Convention = ENGLISH
) -> Judged:
    """Hold a claim against the words of what it names.

    Args:
        made: the claim.
        words: of what it names; of a conclusion, those of its premises.
        readings: the sources that its section may use.
        convention: how the claim writes numbers and dates.

    """
    kind, text = made.get("kind", "fact"), made["text"]
    if kind == "gap":
        reason = _spoken_of(text, readings) or _invented(text, words, convention)
    elif kind == "inference" and not _brings_in(text, words, convention):
        reason = ""
    else:
        reason = _not_carried(text, [*words, made.get("how", "")] if words else [], convention)
    verdict: Literal["supported", "insufficient"] = "insufficient" if reason else "supported"
    return Judged(verdict=verdict, by="code", sure=False, words="", reasons=[reason] if reason else [])


def checked(
    made: Claim, words: Sequence[Given], readings: Sequence[Reading] = (), convention: Convention = ENGLISH
) -> Claim:
    """Write on a claim what was found when it was held against what it names."""
    judged = check_claim(made, words, readings, convention)
    found: Claim = {**made, "verdict": judged}
    if judged["verdict"] != "supported":
        found["basis"] = "unsupported"
    return found


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
    return invents_figures(text, words, convention) or any(n.casefold() not in known for n in _NAME.findall(text))


def _spoken_of(text: str, readings: Sequence[Reading]) -> str:
    place = answered_at(text, readings)
    return f"{place} speaks of it" if place else ""


def _invented(text: str, words: Sequence[GivenWords], convention: Convention) -> str:
    return "it states a figure that stands in nothing that it names" if invents_figures(text, words, convention) else ""


def _not_carried(text: str, words: Sequence[GivenWords], convention: Convention) -> str:
    if not words:
        return "it names nothing that it stands on"
    if invented := _invented(text, words, convention):
        return invented
    return "" if carried(text, words, "", convention) else "too few of its words stand in what it names"
