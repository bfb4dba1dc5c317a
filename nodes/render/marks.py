"""Citation numbers and computation letters, in order of first appearance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    derived: Mapping[str, str]
    """By the words of a statement how it is derived: another section's that takes them up shares its letter."""

    def computation_of(self, claim: Claim) -> Computation | None:
        """Give how a claim is derived, if a letter leads there."""
        return None if claim.get("beside") else self.computations.get(_derivation(claim, self.derived))


def marks_of(said: Iterable[Said], rows: Iterable[Sequence[Claim]], words: Words) -> Marks:
    """Give numbers to all evidence and letters to all derivations of the claims, which come in reading order.

    Args:
        said: the claims.
        rows: those of them that stand in tables.
        words: the fixed words of the document's language.

    """
    claims = list(said)
    return Marks(citations(claims, rows, words), _computations(claims), _by_words(claims))


def letters(position: int) -> str:
    """Count in letters: ``a`` to ``z``, then ``aa``, ``ab``."""
    high, low = divmod(position, len(ascii_lowercase))
    return (letters(high - 1) if high else "") + ascii_lowercase[low]


def _computations(said: list[Said]) -> dict[str, Computation]:
    """List each derivation once; a statement that only takes up what another derives shares that one's letter."""
    texts: dict[str, str] = {}
    for claim in _derived(said):
        texts.setdefault(shown(claim["how"]), shown(claim["text"]))
    by_words = _by_words(said)
    sections: dict[str, dict[str, None]] = {}
    for section, claim in said:
        how = _derivation(claim, by_words)
        if how in texts and not claim.get("beside"):
            sections.setdefault(how, {})[section] = None
    return {
        how: Computation(letters(n), f"computation-{letters(n)}", _subject(texts[how], how), how, tuple(cited_in))
        for n, (how, cited_in) in enumerate(sections.items())
    }


def _derived(said: list[Said]) -> Iterator[Claim]:
    """Give the claims that are derived themselves, where a letter leads to how."""
    passed = ("retells", "beside")
    yield from (c for _, c in said if shown(c.get("how", "")) and not any(c.get(one) for one in passed))


def _by_words(said: list[Said]) -> dict[str, str]:
    return {shown(f"{c.get('lead', '')} {c['text']}".strip()): shown(c["how"]) for c in _derived(said)}


def _derivation(claim: Claim, by_words: Mapping[str, str]) -> str:
    how = shown(claim.get("how", ""))
    return by_words.get(how, how) if claim.get("retells") else how


def _subject(text: str, how: str) -> str:
    """Return what a derivation is about, or nothing where it says so itself (``0.35 x 14,200 = 4,970``).

    A statement is none: it stands where its letter does, and the derivation names the figure that it states.
    """
    subject, result = text.rstrip("."), how.rpartition(" = ")[2]
    return "" if subject in how or (result != how and result in subject) else subject
