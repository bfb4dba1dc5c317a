"""The last pages of the PDF: open questions, computations, sources and evidence."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable

from quire.nodes.language.catalogue import Words
from quire.nodes.render import wording
from quire.nodes.render.numbered import Citation, Entry, Numbered, RegisteredSource
from quire.nodes.render.pdf_flow import badge, callout, heading, sections
from quire.nodes.render.pdf_fonts import SANS_BOLD, SERIF_ITALIC, marked_up
from quire.nodes.render.pdf_paragraph import Paragraph
from quire.nodes.render.pdf_styles import HEADING_1, ITEM, MEASURE, QUIET_SMALL, REFERENCE, VALUE, cell_style
from quire.nodes.render.pdf_tables import laid_out

_ROOM = 130.0  # points that a heading, its introduction and what follows take at least
_HEAD = 90.0  # points of a heading with its introduction


def back(numbered: Numbered) -> Iterator[Flowable]:
    """Set what readers look up."""
    words = numbered.words
    if numbered.questions:
        yield from _opening("questions", words)
        for n, question in enumerate(numbered.questions, 1):
            yield Paragraph(marked_up(question), ITEM, bulletText=f"{n}.")
    if numbered.computations:
        yield from _opening("computations", words)
        for made in numbered.computations:
            subject = f"{marked_up(made.text)}: " if made.text else ""
            text = f'<a name="{made.anchor}"/>{subject}{marked_up(made.how)} {sections(made.cited_in, words)}'
            yield Paragraph(text, REFERENCE, bulletText=f"[{made.mark}]")
    yield from _opening("sources", words, _HEAD + _ROOM)  # a table is not parted from what heads it
    yield from _sources(numbered.sources, words)
    if numbered.citations:
        yield from _opening("evidence", words)
        for citation in numbered.citations:
            yield Paragraph(_cited(citation, words), REFERENCE, bulletText=f"[{citation.number}]")


def _opening(anchor: str, words: Words, room: float = _ROOM) -> Iterator[Flowable]:
    yield CondPageBreak(room)
    yield heading(Entry("", words(f"document.{anchor}"), anchor, 1), HEADING_1)
    yield Paragraph(marked_up(words(f"introduction.{anchor}")), QUIET_SMALL)


def _cited(citation: Citation, words: Words) -> str:
    quotes = "".join(f' <font name="{SERIF_ITALIC}">“{marked_up(quote)}”</font>' for quote in citation.quotes)
    place = f'<font name="{SANS_BOLD}">{marked_up(citation.source)}</font>, {marked_up(citation.address)}:'
    return f'<a name="{citation.anchor}"/>{place}{quotes} {sections(citation.cited_in, words)}'


def _sources(sources: Sequence[RegisteredSource], words: Words) -> Iterator[Flowable]:
    if not sources:
        yield Paragraph(marked_up(words("document.no-sources")), VALUE)
        return
    for tone, notice in wording.SOURCE_NOTICES:
        lines = [
            f'<font name="{SANS_BOLD}">{marked_up(source.name)}</font>: {marked_up(" ".join(source.remarks))}'
            for source in sources
            if source.tone == tone
        ]
        if lines:
            yield from callout(words(notice), lines, tone, bullets=True)
    head, left, right = cell_style("left", 4, heading=True), cell_style("left", 4), cell_style("right", 4)
    last = cell_style("right", 4, heading=True)
    titles = (words("document.source"), words("document.title"), "SHA-256")
    rows = [[*(Paragraph(marked_up(title), head) for title in titles), Paragraph(words("document.cited"), last)]]
    for source in sources:
        cited = str(source.cited) if source.cited else badge(words("document.not-cited"), "caution")
        texts = (marked_up(source.name), marked_up(source.title), marked_up(source.hash))
        rows.append([*(Paragraph(text, left) for text in texts), Paragraph(cited, right)])
    yield CondPageBreak(_ROOM)
    yield laid_out(rows, [MEASURE * share for share in (0.32, 0.40, 0.16, 0.12)])
