"""The last pages of the PDF: open questions, computations, sources and evidence."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from quire.nodes.render import wording
from quire.nodes.render.numbered import Citation, Entry, Numbered, RegisteredSource
from quire.nodes.render.pdf_flow import badge, callout, heading, sections
from quire.nodes.render.pdf_fonts import SANS_BOLD, SERIF_ITALIC, marked_up
from quire.nodes.render.pdf_styles import HEADING_1, ITEM, MEASURE, QUIET_SMALL, REFERENCE, VALUE, cell_style
from quire.nodes.render.pdf_tables import laid_out

_ROOM = 130.0  # points that a heading, its introduction and what follows take at least


def back(numbered: Numbered) -> Iterator[Flowable]:
    """Set what readers look up."""
    if numbered.questions:
        yield from _opening(wording.QUESTIONS, "questions")
        for n, question in enumerate(numbered.questions, 1):
            yield Paragraph(marked_up(question), ITEM, bulletText=f"{n}.")
    if numbered.computations:
        yield from _opening(wording.COMPUTATIONS, "computations")
        for made in numbered.computations:
            subject = f"{marked_up(made.text)}: " if made.text else ""
            text = f'<a name="{made.anchor}"/>{subject}{marked_up(made.how)} {sections(made.cited_in)}'
            yield Paragraph(text, REFERENCE, bulletText=f"[{made.mark}]")
    yield from _opening(wording.SOURCES, "sources")
    yield from _sources(numbered.sources)
    if numbered.citations:
        yield from _opening(wording.EVIDENCE, "evidence")
        for citation in numbered.citations:
            yield Paragraph(_cited(citation), REFERENCE, bulletText=f"[{citation.number}]")


def _opening(title: str, anchor: str) -> Iterator[Flowable]:
    yield CondPageBreak(_ROOM)
    yield heading(Entry("", title, anchor, 1), HEADING_1)
    yield Paragraph(wording.INTRODUCTIONS[title], QUIET_SMALL)


def _cited(citation: Citation) -> str:
    quotes = "".join(f' <font name="{SERIF_ITALIC}">“{marked_up(quote)}”</font>' for quote in citation.quotes)
    place = f'<font name="{SANS_BOLD}">{marked_up(citation.source)}</font>, {marked_up(citation.address)}:'
    return f'<a name="{citation.anchor}"/>{place}{quotes} {sections(citation.cited_in)}'


def _sources(sources: Sequence[RegisteredSource]) -> Iterator[Flowable]:
    if not sources:
        yield Paragraph(wording.NO_SOURCES, VALUE)
        return
    for tone, title in wording.SOURCE_NOTICES:
        lines = [
            f'<font name="{SANS_BOLD}">{marked_up(source.name)}</font>: {marked_up(" ".join(source.remarks))}'
            for source in sources
            if source.tone == tone
        ]
        if lines:
            yield from callout(title, lines, tone, bullets=True)
    head, left, right = cell_style("left", 4, heading=True), cell_style("left", 4), cell_style("right", 4)
    last = cell_style("right", 4, heading=True)
    rows = [[*(Paragraph(title, head) for title in ("Source", "Title", "SHA-256")), Paragraph("Cited", last)]]
    for source in sources:
        cited = str(source.cited) if source.cited else badge("not cited", "caution")
        texts = (marked_up(source.name), marked_up(source.title), marked_up(source.hash))
        rows.append([*(Paragraph(text, left) for text in texts), Paragraph(cited, right)])
    yield CondPageBreak(_ROOM)
    yield laid_out(rows, [MEASURE * share for share in (0.32, 0.40, 0.16, 0.12)])
