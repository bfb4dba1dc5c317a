"""Evidence as segments: each a sentence, or a row of a table with what its cells are called."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.comparing import Told, carries
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.sources.sentences import sentences
from quire.nodes.support.tokens import Token, content_of, tokens_of


class Segment(NamedTuple):
    """A piece of evidence that says one thing, and what it stands under."""

    name: str
    """Of its evidence: ``E10``."""
    text: str
    tokens: tuple[Token, ...]
    lead: tuple[Token, ...] = ()
    """What its cells are called: label, titles of row and column."""
    around: tuple[Token, ...] = ()
    """What names its source and place: source, what it is, headings, date, status."""
    titles: str = ""
    """The words of lead and surroundings, in which a unit may be announced."""
    row: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the words in it and of what its cells are called."""
        return frozenset(token.key for token in (*self.lead, *self.tokens) if token.content)

    @property
    def all_keys(self) -> frozenset[str]:
        """The same with what names its source and place."""
        return self.keys | {token.key for token in self.around if token.content}


_CELLS = re.compile(r"\s\|\s|\t|^\s*[^:;.]{1,60}:\s")
_LINES = re.compile(r"\s*\n+\s*(?:[-*\u2022]\s+)?")
_SEPARATORS = re.compile(r"[_\-./\\]+")


def segments_of(
    evidence: Sequence[Evidence], conventions: Callable[[str], Convention], names: Sequence[str]
) -> list[Segment]:
    """Part evidence into segments, each under what it stands under."""
    return [
        segment
        for name, one in zip(names, evidence, strict=True)
        for segment in _segments(name, one, conventions(one["source"]))
    ]


def _segments(name: str, one: Evidence, convention: Convention) -> list[Segment]:
    lead_text = " | ".join(part for part in (one.get("header", ""), one.get("label", "")) if part)
    source = _SEPARATORS.sub(" ", one["source"].rsplit(".", 1)[0])
    said = (source, one.get("what", ""), one.get("heading", ""), one.get("date", ""), one.get("status", ""))
    lead = tokens_of(lead_text, convention)
    around = tuple(token for part in said if part for token in tokens_of(part, convention))
    titles = "\n".join(part for part in (lead_text, one.get("heading", "")) if part)
    row = bool(lead_text) or bool(_CELLS.search(one["quote"]))
    pieces = [one["quote"]] if row and "\n" not in one["quote"] else _LINES.split(one["quote"])
    return [
        Segment(name, said_there, tokens_of(said_there, convention), lead, around, titles, row)
        for piece in pieces
        for said_there in ([piece] if row else sentences(piece))
        if said_there.strip()
    ]


def has_figure(segment: Segment, token: Token, text: str) -> Token | None:
    """Give the figure of a segment, or of its titles, that carries one of a claim."""
    return next(iter(figures_like(segment, token, text)), None)


def figures_like(segment: Segment, token: Token, text: str) -> list[Token]:
    """Give the figures of a segment and of what names it that carry one of a claim."""
    if token.figure is None:
        return []
    figure = token.figure
    if figure.kind == "multiple" and isinstance(figure.value, Decimal):
        figure = figure._replace(unit="", kind="number")  # "36 times" counts how often
    claimed = Told(figure, text)
    told = f"{segment.text}\n{segment.titles}"
    inside = [t for t in segment.tokens if t.figure is not None and carries(Told(t.figure, told), claimed)]
    return inside + [
        t for t in (*segment.lead, *segment.around) if t.figure is not None and carries(Told(t.figure, t.text), claimed)
    ]


def has(segment: Segment, token: Token, text: str) -> bool:
    """Whether a token of a claim stands in a segment or in what names it."""
    if token.figure is not None:
        return has_figure(segment, token, text) is not None
    return token.key in segment.all_keys


def named_keys(segments: Sequence[Segment]) -> frozenset[str]:
    """Keys of everything that is given, names of sources and headings included."""
    return frozenset().union(*(segment.all_keys for segment in segments))


def content_keys(segment: Segment) -> list[Token]:
    """Give what a segment says, without what it stands under."""
    return content_of(segment.tokens)
