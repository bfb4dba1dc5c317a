"""Citation numbers and computation letters, in order of first appearance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TypeAlias

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in, source_in
from quire.nodes.render.numbered import Citation, Computation
from quire.nodes.render.text import label, shown

Place: TypeAlias = tuple[str, str]
"""Source and address: what one citation number stands for."""
Said: TypeAlias = tuple[str, Claim]
"""The number of a section, and a claim in it."""


@dataclass(frozen=True)
class Marks:
    """Everything that is cited or computed, by what it is looked up with."""

    citations: Mapping[Place, Citation]
    computations: Mapping[str, Computation]
    """By derivation: two figures derived in the same words share a letter."""


def marks_of(said: Iterable[Said], words: Words) -> Marks:
    """Give numbers to all evidence and letters to all derivations of the claims, which come in reading order."""
    claims = list(said)
    return Marks(_citations(claims, words), _computations(claims))


def place_of(evidence: Evidence) -> Place:
    """Return what the evidence is numbered by."""
    return shown(evidence["source"]), shown(evidence["address"])


def letters(position: int) -> str:
    """Count in letters: ``a`` to ``z``, then ``aa``, ``ab``."""
    high, low = divmod(position, len(ascii_lowercase))
    return (letters(high - 1) if high else "") + ascii_lowercase[low]


def _citations(said: list[Said], words: Words) -> dict[Place, Citation]:
    quotes: dict[Place, dict[str, None]] = {}
    sections: dict[Place, dict[str, None]] = {}
    for section, claim in said:
        for evidence in claim["evidence"]:
            place = place_of(evidence)
            quotes.setdefault(place, {})[shown(evidence["quote"])] = None
            sections.setdefault(place, {})[section] = None
    return {
        place: Citation(
            n,
            f"evidence-{n}",
            source_in(label(place[0]), words),
            place_in(label(place[1]), words),
            tuple(_longest(quotes[place])),
            tuple(sections[place]),
        )
        for n, place in enumerate(quotes, 1)
    }


def _longest(quotes: Iterable[str]) -> list[str]:
    """Leave out what stands in another quote of the same place: nobody reads one sentence twice."""
    known = [quote for quote in quotes if quote]
    return [quote for quote in known if not any(quote != other and quote in other for other in known)]


def _computations(said: list[Said]) -> dict[str, Computation]:
    texts: dict[str, str] = {}
    sections: dict[str, dict[str, None]] = {}
    for section, claim in said:
        how = shown(claim.get("how", ""))
        if how:
            texts.setdefault(how, shown(claim["text"]))
            sections.setdefault(how, {})[section] = None
    return {
        how: Computation(letters(n), f"computation-{letters(n)}", _subject(text, how), how, tuple(sections[how]))
        for n, (how, text) in enumerate(texts.items())
    }


def _subject(text: str, how: str) -> str:
    """Return what a derivation is about, or nothing where it says so itself (``0.35 x 14,200 = 4,970``)."""
    subject = text.rstrip(".")
    return "" if subject in how else subject
