"""The document as PDF: with a cover, contents, outline, running heads and linked citations."""

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak, Paragraph, Spacer
from reportlab.platypus.flowables import HRFlowable

from quire.nodes.render import wording
from quire.nodes.render.document import Document, number
from quire.nodes.render.numbered import Chapter, Entry, Numbered, Part
from quire.nodes.render.pdf_back import back
from quire.nodes.render.pdf_flow import callout, heading, quotation, said, say
from quire.nodes.render.pdf_fonts import marked_up, register, unshowable
from quire.nodes.render.pdf_pages import Contents, Pages
from quire.nodes.render.pdf_styles import (
    ACCENT,
    ATTRIBUTION,
    BODY,
    HEADING_1,
    HEADING_2,
    HEADING_3,
    HEADING_4,
    ITEM,
    KICKER,
    LABEL,
    QUIET_SMALL,
    TITLE,
    VALUE,
)
from quire.nodes.render.pdf_tables import facts, ruled, table

_KEPT_WHOLE = 1000  # characters of a quotation that is not split over pages
_NAMED = 8  # characters without a sign that are named
_ROOM = 110.0  # points that a heading and what it heads take at least


def render(document: Document) -> bytes:
    """Render the document as PDF, with its fonts embedded."""
    register()
    numbered = number(document)
    contents = Contents(numbered.contents)
    story: list[Flowable] = [
        *_cover(numbered),
        NextPageTemplate("body"),
        PageBreak(),
        Paragraph(wording.CONTENTS, HEADING_1),
        contents,
        PageBreak(),
        *(flowable for chapter in numbered.chapters for flowable in _chapter(chapter)),
        *back(numbered),
    ]
    file = BytesIO()
    Pages(file, numbered, contents).multiBuild(story)
    return file.getvalue()


def _cover(numbered: Numbered) -> Iterator[Flowable]:
    yield Paragraph(marked_up(numbered.subtitle).upper(), KICKER)
    yield Paragraph(marked_up(numbered.title), TITLE)
    yield HRFlowable(width=90, thickness=2.5, color=ACCENT, hAlign="LEFT", spaceBefore=2, spaceAfter=26)
    if numbered.cover:
        yield ruled([[Paragraph(marked_up(a), LABEL), Paragraph(marked_up(b), VALUE)] for a, b in numbered.cover])
    yield Spacer(1, 10)
    yield Paragraph(marked_up(numbered.made), QUIET_SMALL)
    cautions = [*numbered.cautions, *_gaps(numbered)]
    if cautions:
        yield from callout(wording.BEFORE_RELYING, map(marked_up, cautions), "caution", bullets=True)


def _gaps(numbered: Numbered) -> Iterator[str]:
    """Say so where the PDF shows less than other formats."""
    missing = {c for text in _texts(asdict(numbered)) for c in unshowable(text)}
    if missing:
        codes = [f"U+{ord(c):04X}" for c in sorted(missing)]
        yield wording.UNSHOWABLE.format(codes=", ".join(codes[:_NAMED]) + (" …" if codes[_NAMED:] else ""))


def _texts(value: Any) -> Iterator[str]:  # any part of the document
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _texts(item))
    elif isinstance(value, (list, tuple)):
        yield from (text for item in value for text in _texts(item))


def _chapter(chapter: Chapter) -> Iterator[Flowable]:
    yield CondPageBreak(_ROOM)
    yield heading(Entry(chapter.number, chapter.title, chapter.anchor, 1), HEADING_1)
    if chapter.notice:
        reason = [marked_up(chapter.notice.reason)] if chapter.notice.reason else []
        yield from callout(chapter.notice.heading, reason, chapter.notice.tone)
    for part in chapter.parts:
        yield from _part(part)


def _length(part: Part) -> int:
    return sum(len(statement.text) for statement in part.statements)


_HEADINGS = {3: HEADING_2, 4: HEADING_3, 5: HEADING_4}
"""By depth."""


def _part(part: Part) -> Iterator[Flowable]:
    match part.kind:
        case "heading":
            yield CondPageBreak(_ROOM)
            yield heading(Entry(part.number, part.text, part.anchor, part.depth - 1), _HEADINGS[part.depth])
        case "table":
            yield from table(part)
        case "facts":
            if part.rows:
                yield facts(part.rows)
        case "list":
            for n, statement in enumerate(part.statements, 1):
                yield Paragraph(say(statement), ITEM, bulletText=f"{n}." if part.ordered else "•")
            yield Spacer(1, 6)
        case "quote":
            words = quotation(said(part.statements))
            source = Paragraph(f"— {marked_up(part.attribution)}" if part.attribution else "", ATTRIBUTION)
            yield from [KeepTogether([words, source])] if _length(part) < _KEPT_WHOLE else [words, source]
        case "note":
            title = "Warning" if part.warning else "Note"
            yield from callout(title, [said(part.statements)], "caution" if part.warning else "neutral")
        case _:
            yield Paragraph(said(part.statements), BODY)
