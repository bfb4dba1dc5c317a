"""Citation numbers and computation letters, in order of first appearance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from quire.nodes.evidence.content import Claim
from quire.nodes.language.catalogue import Words
from quire.nodes.render.cited import Place, Said, citations
from quire.nodes.render.numbered import Citation, Computation
from quire.nodes.render.text import shown


@dataclass(frozen=True)
class Marks:
    """Everything that is cited or computed, by what it is looked up with."""

    citations: Mapping[Place, Citation]
    computations: Mapping[str, Computation]
    """By derivation: two figures derived in the same words share a letter."""


def marks_of(said: Iterable[Said], rows: Iterable[Sequence[Claim]], words: Words) -> Marks:
    """Give numbers to all evidence and letters to all derivations of the claims, which come in reading order.

    Args:
        said: the claims.
        rows: those of them that stand in tables.
        words: the fixed words of the document's language.

    """
    claims = list(said)
    return Marks(citations(claims, rows, words), _computations(claims))


def letters(position: int) -> str:
    """Count in letters: ``a`` to ``z``, then ``aa``, ``ab``."""
    high, low = divmod(position, len(ascii_lowercase))
    return (letters(high - 1) if high else "") + ascii_lowercase[low]


def _computations(said: list[Said]) -> dict[str, Computation]:
    texts: dict[str, str] = {}
    sections: dict[str, dict[str, None]] = {}
    for section, claim in said:
        how = shown(claim.get("how", ""))
        if how and not claim.get("beside"):
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
