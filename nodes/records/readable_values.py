"""Whether words say a value: read as their source writes numbers and dates, where they stand. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.dates import dates
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.evidence.figures.times import times
from quire.nodes.records.record_types import FieldSpec
from quire.nodes.records.values import NO_NUMBERS, Read, digits, read_value, unit_of
from quire.nodes.sources.folding import fold_quotes

Span = tuple[int, int]


class Told(NamedTuple):
    """A value that a text tells, and where."""

    value: str
    unit: str
    span: Span


class Standing(NamedTuple):
    """A value that somebody says words state: how code reads it and where it stands, or why it does not."""

    read: Read
    span: Span = (0, 0)
    """In the text that the words are part of."""


def standing(said: str, quote: str, text: str, spec: FieldSpec, title: str, convention: Convention) -> Standing:
    """Find a value in the words that are said to state it.

    Args:
        said: the value, as somebody says the source writes it.
        quote: the words, folded.
        text: what they are part of, folded: a figure that they cut is none.
        spec: what the value is to be.
        title: under which they stand; it may announce a unit.
        convention: the source's.

    """
    read = read_value(said, spec, title, convention)
    if read.refused:
        return Standing(read)
    inside = list(_spans(quote, text))
    if spec.type in ("number", "date"):
        told = [
            t
            for t in told_in(text, spec, title, convention)
            if any(a <= t.span[0] and t.span[1] <= b for a, b in inside)
        ]
        found = next((t.span for t in told if (t.value, t.unit) == (_day(read.value), read.unit)), None)
        if found is not None and spec.type == "date":
            found = found if _clock(read.value) in ("", *_clocks(quote)) else None
    elif spec.type == "choice":
        return _chosen(read, quote, spec, inside)
    else:
        found = next((span for start, _ in inside if (span := _words(read.value, quote, start))), None)
    return Standing(read, found) if found else Standing(Read(refused="not-in-words"))


def told_in(text: str, spec: FieldSpec, title: str, convention: Convention) -> list[Told]:
    """Give the numbers or the dates of a text, whichever a field is."""
    if spec.type == "date":
        return [Told(d.value, "", (d.start, d.end)) for d in dates(text, convention)]
    found = [f for f in figures_in(text, convention) if f.kind not in NO_NUMBERS]
    return [Told(digits(f), unit_of(f, title, spec), f.span) for f in found]


def _chosen(read: Read, quote: str, spec: FieldSpec, inside: Sequence[Span]) -> Standing:
    """Find the words of a choice; where those of another stand beside them, nothing tells which is meant."""
    found = {choice: max((_longest(words, quote)), default="") for choice, words in _by_choice(spec)}
    own = found[read.value]
    if not own:
        return Standing(Read(refused="not-in-words"))
    rest = re.sub(re.escape(own), " ", quote, flags=re.IGNORECASE)
    if any(_longest(words, rest) for choice, words in _by_choice(spec) if choice != read.value):
        return Standing(Read(refused="several-choices"))
    span = _words(own, quote, inside[0][0])
    return Standing(read, span) if span else Standing(Read(refused="not-in-words"))


def _by_choice(spec: FieldSpec) -> Iterator[tuple[str, Sequence[str]]]:
    yield from spec.wordings.items()


def _longest(words: Sequence[str], text: str) -> list[str]:
    """Give those of some wordings that stand in a text, the longest."""
    standing_there = [word for word in words if _words(word, text, 0)]
    return sorted(standing_there, key=len)[-1:]


def _words(words: str, quote: str, start: int) -> Span | None:
    """Find whole words, in either case."""
    pattern = rf"(?<!\w){re.escape(fold_quotes(words))}(?!\w)"
    found = re.search(pattern, quote, re.IGNORECASE)
    return (start + found.start(), start + found.end()) if found else None


def _spans(quote: str, text: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        yield (start, start + len(quote))
        start = text.find(quote, start + 1)


def _day(value: str) -> str:
    return value.partition("T")[0]


def _clock(value: str) -> str:
    return value.partition("T")[2]


def _clocks(text: str) -> list[str]:
    return [timed.value for timed in times(text.replace("T", " "))]
