"""The clauses of a claim, each beside the piece of evidence that shares most with it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.segments import Segment, has
from quire.nodes.support.tokens import Token, content_of


class Objection(NamedTuple):
    """Why a claim does not follow from its evidence."""

    rule: str
    verdict: Literal["contradicted", "insufficient"]
    reason: str
    """What a writer can act on."""
    words: str = ""
    """Of the evidence."""
    final: bool = False
    """Whether it is a no without a reader."""


class Match(NamedTuple):
    """A clause beside the segment that shares most with it."""

    text: str
    """The whole claim."""
    clause: tuple[Token, ...]
    """Its tokens, each synonym under the key of the segment's own word."""
    segment: Segment
    missing: tuple[Token, ...]
    """Content of the clause that the segment has not."""
    share: float
    """Part of the clause's content that the segment has."""
    back: float
    """Part of the segment's content that the clause has."""
    lexicon: Lexicon

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the clause's content."""
        return frozenset(token.key for token in self.clause if token.content)


def match_of(text: str, clause: tuple[Token, ...], segments: Sequence[Segment], lexicon: Lexicon) -> Match:
    """Hold a clause against the segment that shares most of it; of equals, the one that says least else."""
    matches = (_held(text, clause, segment, lexicon) for segment in segments)
    return max(matches, key=lambda match: (round(match.share, 6), match.back))


def _aligned(clause: tuple[Token, ...], segment: Segment, lexicon: Lexicon) -> tuple[Token, ...]:
    """Give words that the segment has not the key of a word in it that may mean the same."""
    keys = segment.all_keys
    return tuple(_as_there(token, keys, lexicon) if token.kind == "word" else token for token in clause)


def _as_there(token: Token, keys: frozenset[str], lexicon: Lexicon) -> Token:
    if token.key in keys:
        return token
    alike = lexicon.synonyms.get(token.key, frozenset()) & keys
    return token._replace(key=min(alike)) if alike else token


def _held(text: str, said: tuple[Token, ...], segment: Segment, lexicon: Lexicon) -> Match:
    clause = _aligned(said, segment, lexicon)
    content = [token for token in content_of(clause) if token.figure or token.key not in lexicon.reporting]
    missing = tuple(token for token in content if not has(segment, token, text))
    share = 1 - len(missing) / len(content) if content else 1.0
    theirs = content_of(segment.tokens)
    ours = {token.key for token in clause}
    figures = [token for token in clause if token.figure]
    shared = sum(
        token.key in ours or (token.figure is not None and any(_like(token, own) for own in figures))
        for token in theirs
    )
    return Match(text, clause, segment, missing, share, shared / len(theirs) if theirs else 0.0, lexicon)


def _like(one: Token, other: Token) -> bool:
    return bool(one.figure and other.figure and one.figure.kind == other.figure.kind and one.key == other.key)
