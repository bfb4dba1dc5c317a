"""Sentences parted into clauses."""

from typing import Final

from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.tokens import Token, content_of

_FEWEST: Final = 3
"""Content words of a clause of its own."""


def clauses_of(tokens: tuple[Token, ...], lexicon: Lexicon) -> list[tuple[Token, ...]]:
    """Part a claim at semicolons, and at commas before ``and``, ``while``, ``but``, ``which``."""
    begins = [0]
    for n, token in enumerate(tokens):
        parted = ";" in token.gap or ("," in token.gap and token.text.lower() in lexicon.boundaries)
        long = len(content_of(tokens[begins[-1] : n])) >= _FEWEST and len(content_of(tokens[n:])) >= _FEWEST
        if parted and long:
            begins.append(n)
    return [tokens[start:end] for start, end in zip(begins, [*begins[1:], len(tokens)], strict=True)]
