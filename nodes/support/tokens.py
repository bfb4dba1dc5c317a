"""A text as tokens of one kind: figures as they were read, codes, content words by stem, and small words."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from quire.nodes.evidence.figures.comparators import Comparator, comparator_of
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import readings_in
from quire.nodes.evidence.figures.numerals import foreign_numerals
from quire.nodes.search.stemming import stem
from quire.nodes.support.lexicon import Lexicon, lexicon_of


class Token(NamedTuple):
    """A word or figure and where it stands."""

    key: str
    """What it is compared by: a stem; of a figure its value."""
    text: str
    start: int
    end: int
    kind: Literal["word", "small", "figure", "code"]
    gap: str = ""
    """What stands between it and the token before."""
    figure: Figure | None = None
    comparator: Comparator = ""
    named: bool = False
    """Whether it is written as a name: a capital within a sentence."""

    @property
    def content(self) -> bool:
        """Whether it says something by itself."""
        return self.kind != "small"


_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ENDS = frozenset(".!?:\n\u2022")


@lru_cache(maxsize=8_192)
def tokens_of(text: str, convention: Convention) -> tuple[Token, ...]:
    """Read a text into tokens, in order."""
    known = lexicon_of(convention.language)
    found: list[Token] = []
    hidden: list[tuple[int, int]] = []
    for figure in readings_in(text, convention):
        comparator, spans = comparator_of(text, figure.span, known.language)
        hidden += spans
        found.append(_of_figure(figure, comparator))
    found += _of_numerals(text, known.language, [(token.start, token.end) for token in found])
    spans_read = [(token.start, token.end) for token in found]
    for match in _WORD.finditer(text):
        if not any(start <= match.start() < end for start, end in spans_read):
            compared = any(start <= match.start() < end for start, end in hidden)
            found += _of_word(match, known, compared=compared)
    return tuple(_placed(sorted(found, key=lambda token: (token.start, token.end)), text, known.language))


def _of_figure(figure: Figure, comparator: Comparator) -> Token:
    start, end = figure.span
    if figure.kind == "ordinal":
        return Token(f"°{re.sub(r'[^0-9]', '', figure.text)}", figure.text, start, end, "word")
    if figure.kind == "reference":
        key = re.sub(r"[\s.]+", "", figure.text.casefold())
        return Token(f"§{key}", figure.text, start, end, "code")
    value = figure.value if isinstance(figure.value, str) else f"{figure.value.normalize():f}"
    return Token(f"#{value}", figure.text, start, end, "figure", figure=figure, comparator=comparator)


def _of_numerals(text: str, language: str, read: list[tuple[int, int]]) -> list[Token]:
    """Read numerals of other languages as numbers; ``ein`` and its forms are articles first."""
    return [
        Token(f"#{one.value}", text[one.start : one.end], one.start, one.end, "word")
        for one in (foreign_numerals(text, language) if language != "en" else ())
        if one.value > 1 and not any(start <= one.start < end for start, end in read)
    ]


def _of_word(match: re.Match[str], known: Lexicon, *, compared: bool) -> list[Token]:
    word, start, end = match[0], match.start(), match.end()
    lower = word.casefold().replace("\u2019", "'") if known.language == "en" else word.lower()
    if lower.endswith("n't"):
        return [Token("not", word, start, end, "small")]
    lower = lower.removesuffix("'s")
    if compared:
        return [Token("", word, start, end, "small")]
    if lower in known.function:
        return [Token(lower, word, start, end, "small")]
    if lower in known.ordinals:
        return [Token(f"°{known.ordinals[lower]}", word, start, end, "word")]
    return [Token(stem(known.forms.get(lower, lower), known.language), word, start, end, "word")]


def _placed(tokens: list[Token], text: str, language: str) -> list[Token]:
    placed: list[Token] = []
    at = 0
    for token in tokens:
        gap = text[at : token.start]
        begins = not placed or bool(_ENDS & set(gap))
        placed.append(token._replace(gap=gap, named=_is_name(token, language, begins=begins)))
        at = token.end
    return placed


def _is_name(token: Token, language: str, *, begins: bool) -> bool:
    if token.kind == "code":
        return True
    if token.kind != "word" or not token.text[0].isupper():
        return False
    if len(token.text) > 1 and any(sign.isupper() for sign in token.text[1:]):
        return True
    return language != "de" and not begins


def content_of(tokens: tuple[Token, ...] | list[Token]) -> list[Token]:
    """Keep what says something by itself."""
    return [token for token in tokens if token.content]
