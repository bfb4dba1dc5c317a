"""Sentences that state figures: which, whose, and for which time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quire.nodes.computations.citing import cite
from quire.nodes.computations.general.placeholders import holds_placeholder
from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.dates import dates
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.sentences import sentences

_YEAR = re.compile(r"(?<![\w.,/-])(?:FY\s?|Q[1-4][\s/]?)?(?:19|20)\d{2}(?:[/\u2013-]\d{2,4})?(?![\w,.]*\d)")
_ABOVE = 2
"""Headings above a sentence that say whose its figures are."""


@dataclass(frozen=True)
class Stated:
    """A sentence with figures."""

    reading: Reading
    passage: Passage
    sentence: str
    figures: tuple[str, ...]
    whose: str
    """The headings it stands under, and its source."""
    period: str
    """Dates and years that it, or a heading above it, names."""
    is_open: bool
    """Whether a figure of it is still to be filled in."""

    @property
    def evidence(self) -> Evidence:
        """Where it stands."""
        return cite(self.reading, self.passage, self.sentence)


def stated_in(reading: Reading) -> Iterator[Stated]:
    """Give the sentences with figures that have a unit: bare numbers mean little by themselves."""
    for passage in reading["passages"]:
        if passage["kind"] != "text":
            continue
        for sentence in sentences(passage["text"]):
            is_open = holds_placeholder(sentence)
            figures = tuple(dict.fromkeys(f.text for f in figures_in(sentence) if f.unit))
            if figures or is_open:
                yield Stated(reading, passage, sentence, figures, _whose(passage), _period(sentence, passage), is_open)


def _whose(passage: Passage) -> str:
    above = [title for title in passage["headings"][-_ABOVE:] if title]
    return f"{', '.join(above)} ({passage['source']})" if above else passage["source"]


def _period(sentence: str, passage: Passage) -> str:
    """Give the dates and years of a sentence, or of the nearest heading that names any.

    The title of the whole says when it was written, not when its figures hold.
    """
    for text in (sentence, *reversed(passage["headings"][1:])):
        if told := _times_in(text):
            return "; ".join(told)
    return ""


def _times_in(text: str) -> list[str]:
    dated = dates(text)
    years = (m for m in _YEAR.finditer(text) if not any(d.start <= m.start() < d.end for d in dated))
    placed = [*((d.start, text[d.start : d.end]) for d in dated), *((m.start(), m[0]) for m in years)]
    return list(dict.fromkeys(told for _, told in sorted(placed)))
