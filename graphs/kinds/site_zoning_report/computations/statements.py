"""Statements: sentences of the sources, found by their words, each with its place."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Claim, Evidence, claim
from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.sentences import sentences


class Statement(NamedTuple):
    """A sentence and where it stands."""

    text: str
    evidence: Evidence
    reading: Reading
    passage: Passage

    @property
    def claim(self) -> Claim:
        """The sentence as the source has it."""
        return claim(self.text, "source", self.evidence)


def statements(readings: Iterable[Reading]) -> Iterator[Statement]:
    """Yield every sentence of running text, in reading order."""
    for reading in readings:
        for passage in reading["passages"]:
            if passage["kind"] == "text":
                for sentence in sentences(passage["text"]):
                    yield Statement(sentence, cite(reading, passage, quote=sentence), reading, passage)


def said(readings: Iterable[Reading], *patterns: str) -> list[Statement]:
    """List the sentences in which every pattern is found."""
    kinds = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    return [s for s in statements(readings) if all(kind.search(s.text) for kind in kinds)]


def first_said(readings: Iterable[Reading], *patterns: str) -> Statement | None:
    """Give the first such sentence."""
    return next(iter(said(readings, *patterns)), None)


def in_full(found: Iterable[Statement]) -> list[Claim]:
    """Claim the paragraphs in which the sentences stand, each once: a sentence may lean on the one before it."""
    passages = {(s.passage["source"], s.passage["address"]): s for s in found}
    return [claim(s.passage["text"], "source", cite(s.reading, s.passage)) for s in passages.values()]
