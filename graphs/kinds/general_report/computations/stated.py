"""Sentences that state figures: which, whose, and for which time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quire.graphs.kinds.general_report.computations.placeholders import holds_placeholder
from quire.nodes.computations.citing import cite_sentence
from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.passage import Passage, Reading, convention_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.dates import where_dated

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
        return cite_sentence(self.reading, self.passage, self.sentence)


def stated_in(reading: Reading) -> Iterator[Stated]:
    """Give the sentences with figures that have a unit: bare numbers mean little by themselves.

    When a source was written is no figure of what it is about.
    """
    convention = convention_of(reading)
    dated = where_dated(reading)
    for passage in reading["passages"]:
        if passage["kind"] != "text":
            continue
        for sentence in sentences(without_orders(passage["text"])):
            is_open = holds_placeholder(sentence)
            found = [figure for figure in figures_in(sentence, convention) if figure.unit]
            if passage["address"] in dated and all(figure.kind == "date" for figure in found):
                continue
            figures = tuple(dict.fromkeys(figure.text for figure in found))
            if figures or is_open:
                period = _period(sentence, passage, convention)
                yield Stated(reading, passage, sentence, figures, _whose(passage), period, is_open)


def _whose(passage: Passage) -> str:
    above = [title for title in passage["headings"][-_ABOVE:] if title]
    return f"{', '.join(above)} ({passage['source']})" if above else passage["source"]


def _period(sentence: str, passage: Passage, convention: Convention) -> str:
    """Give the dates and years of a sentence, or of the nearest heading that names any.

    The title of the whole says when it was written, not when its figures hold.
    """
    for text in (sentence, *reversed(passage["headings"][1:])):
        if told := _times_in(text, convention):
            return "; ".join(told)
    return ""


def _times_in(text: str, convention: Convention) -> list[str]:
    dated = [figure for figure in figures_in(text, convention) if figure.kind == "date"]
    years = (m for m in _YEAR.finditer(text) if not any(d.span[0] <= m.start() < d.span[1] for d in dated))
    placed = [*((d.span[0], d.text) for d in dated), *((m.start(), m[0]) for m in years)]
    return list(dict.fromkeys(told for _, told in sorted(placed)))
