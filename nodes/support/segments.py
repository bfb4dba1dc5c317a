"""Evidence as segments: each a sentence, or a row of a table with what its cells are called."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.comparing import Told, carries
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.sources.sentences import sentences
from quire.nodes.support.clauses import clauses_of
from quire.nodes.support.lexicon import lexicon_of
from quire.nodes.support.tokens import Token, tokens_of


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
    cells: tuple["Segment", ...] = ()
    """Of a row whose titles are known: each cell under its title and the name of its row."""
    sentence: tuple[Token, ...] = ()
    """The tokens of the whole sentence that it is a clause of; its own otherwise."""

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the words in it and of what its cells are called."""
        return frozenset(token.key for token in (*self.lead, *self.tokens) if token.content)

    @property
    def all_keys(self) -> frozenset[str]:
        """The same with what names its source and place."""
        return self.keys | {token.key for token in self.around if token.content}


_LABELLED = re.compile(r"[^:;.]{1,40}:\s+\S+(?:\s+\S+){0,7}")
"""``Time to detection: 1415 minutes``."""
_LINES = re.compile(r"\s*\n+\s*(?:[-*\u2022]\s+)?")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*\.?|[A-Z]\.)\s+(?=\S*[^\W\d])")
"""What numbers a heading: ``2.3 Lines``; it is no figure that a claim could rest on."""
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*\u2022])\s+(?=\D)")
"""What opens an item of a list: no figure of its own."""
_SEPARATORS = re.compile(r"[_./\\]+|(?<!\d)-|-(?!\d)")
"""What parts the words of a source's name. A date in it stays one: ``minutes_2026-02``."""


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
    heading = " > ".join(_NUMBERED.sub("", part) for part in one.get("heading", "").split(" > "))
    named = (source, one.get("what", ""), heading, one.get("date", ""), one.get("status", ""))
    lead = tokens_of(lead_text, convention)
    around = tuple(token for part in named if part for token in tokens_of(part, convention))
    titles = "\n".join(part for part in (lead_text, one.get("heading", "")) if part)
    found: list[Segment] = []
    for said in _LINES.split(one["quote"]):
        line = _LISTED.sub("", said)
        in_line = sentences(line)
        if bool(lead_text) or _is_row(line, len(in_line)):
            row = Segment(name, line, tokens_of(line, convention), lead, around, titles, row=True)
            found.append(row._replace(sentence=row.tokens, cells=_cells(row, one, convention)))
            continue
        for sentence in in_line:
            found += _with_clauses(
                Segment(name, sentence, tokens_of(sentence, convention), lead, around, titles), convention
            )
    return found


def _is_row(line: str, sentences_in_it: int) -> bool:
    parted = " | " in line or "\t" in line
    return parted or (sentences_in_it == 1 and all(_LABELLED.fullmatch(part.strip()) for part in line.split(";")))


def _with_clauses(segment: Segment, convention: Convention) -> list[Segment]:
    """Give a sentence, and where it has several clauses each of them too."""
    whole = segment._replace(sentence=segment.tokens)
    clauses = clauses_of(segment.tokens, lexicon_of(convention.language))
    if len(clauses) == 1:
        return [whole]
    parts = [
        whole._replace(text=segment.text[clause[0].start : clause[-1].end], tokens=_from(clause, clause[0].start))
        for clause in clauses
    ]
    return [whole, *parts]


def _from(clause: tuple[Token, ...], start: int) -> tuple[Token, ...]:
    """Place tokens, and the figures in them, as from the beginning of their clause."""
    return tuple(
        token._replace(
            start=token.start - start,
            end=token.end - start,
            figure=token.figure and token.figure._replace(span=(token.start - start, token.end - start)),
        )
        for token in clause
    )


def _cells(row: Segment, one: Evidence, convention: Convention) -> tuple[Segment, ...]:
    """Part a row into cells, each under the title of its column and the name of its row."""
    titles, cells = one.get("header", "").split(" | "), row.text.split(" | ")
    if len(cells) == 1 or len(titles) != len(cells):
        return ()
    label = one.get("label", "")
    name = tokens_of(cells[0], convention)
    return tuple(
        Segment(
            row.name,
            cell,
            tokens_of(cell, convention),
            (*tokens_of(title, convention), *(name if n else ()), *tokens_of(label, convention)),
            titles=f"{title}\n{label}",
            row=True,
        )
        for n, (title, cell) in enumerate(zip(titles, cells, strict=True))
    )


def has_figure(segment: Segment, token: Token, text: str) -> Token | None:
    """Give the figure of a segment, or of its titles, that carries one of a claim."""
    return next(iter(figures_like(segment, token, text)), None)


def figures_like(segment: Segment, token: Token, text: str) -> list[Token]:
    """Give the figures of a segment and of what names it that carry one of a claim."""
    if token.figure is None:
        return []
    if segment.cells:
        return [found for cell in segment.cells for found in figures_like(cell, token, text)] + _in_titles(
            segment, token
        )
    figure, told = token.figure, f"{segment.text}\n{segment.titles}"
    claimed = [Told(figure, text)]
    if figure.kind == "multiple" and isinstance(figure.value, Decimal):
        claimed.append(Told(figure._replace(unit="", kind="number"), text))  # "36 times" counts how often
    inside = [
        t for t in segment.tokens if t.figure is not None and any(carries(Told(t.figure, told), one) for one in claimed)
    ]
    if token.text.startswith("+"):
        inside = [t for t in inside if not (t.figure and isinstance(t.figure.value, Decimal) and t.figure.value < 0)]
    return inside + _in_titles(segment, token)


def _in_titles(segment: Segment, token: Token) -> list[Token]:
    if token.figure is None:
        return []
    claimed = Told(token.figure, token.text)
    titles = (*segment.lead, *segment.around)
    return [t for t in titles if t.figure is not None and carries(Told(t.figure, t.text), claimed)]


def has(segment: Segment, token: Token, text: str) -> bool:
    """Whether a token of a claim stands in a segment or in what names it."""
    if token.figure is not None:
        return has_figure(segment, token, text) is not None
    return token.key in segment.all_keys


def named_keys(segments: Sequence[Segment]) -> frozenset[str]:
    """Keys of everything that is given, names of sources and headings included."""
    return frozenset().union(*(segment.all_keys for segment in segments))
