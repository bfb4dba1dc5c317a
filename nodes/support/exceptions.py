"""What the evidence excepts: ``unless``, ``except``; a claim that speaks of it says the opposite of the rule."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.segments import Segment
from quire.nodes.support.tokens import Token

_CUES: Final = {
    "en": frozenset({"unless", "except", "excepting", "excluding"}),
    "de": frozenset({"außer", "ausgenommen"}),
}
_OWN: Final = re.compile(
    r"\b(?:unless|except\w*|exclud\w*|exempt\w*|outside|other than|apart from|save|but not"
    r"|außer\w*|ausgenommen|ausnahme)\b",
    re.IGNORECASE,
)
_OPENING: Final = 4


def excepted(segment: Segment, lexicon: Lexicon) -> list[Token]:
    """Give the words of the exception that a sentence makes; none where it makes none."""
    tokens = segment.sentence or segment.tokens
    for n, token in enumerate(tokens):
        if token.text.lower() in _CUES.get(lexicon.language, frozenset()):
            return [one for one in tokens[n + 1 :] if one.content][:_OPENING]
    return []


def speaks_of(keys: frozenset[str], exception: Sequence[Token]) -> bool:
    """Whether a claim has most of the words of an exception."""
    return bool(exception) and sum(one.key in keys for one in exception) * 2 > len(exception)


def included(match: Match, *, denies: bool) -> Iterator[Objection]:
    """Object to a claim that says of what is excepted what the rule says of the rest."""
    exception = excepted(match.segment, match.lexicon)
    keys = frozenset(token.key for token in match.clause if token.content)
    if denies or not speaks_of(keys, exception) or _OWN.search(match.text):
        return
    said = " ".join(token.text for token in exception)
    reason = f"{match.segment.name} excepts “{said}”; the sentence does not"
    yield Objection("exception", "contradicted", reason, match.segment.text)
