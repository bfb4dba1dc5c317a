"""The document as PDF: with a cover, contents, outline, running heads and linked citations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Any, NamedTuple

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer
from reportlab.platypus.flowables import HRFlowable

from quire.nodes.language.catalogue import Words
from quire.nodes.render.document import Document, number
from quire.nodes.render.numbered import Entry, Numbered, Part
from quire.nodes.render.pdf_back import back
from quire.nodes.render.pdf_charts import chart
from quire.nodes.render.pdf_east_asian import installed, is_east_asian, lending
from quire.nodes.render.pdf_flow import callout, heading, quotation, said
from quire.nodes.render.pdf_fonts import marked_up, register, unshowable
from quire.nodes.render.pdf_pages import ON_ITS_SIDE, UPRIGHT, Contents, Pages
from quire.nodes.render.pdf_paragraph import Paragraph
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
    WIDE_MEASURE,
)
from quire.nodes.render.pdf_tables import KeptWhole, facts, lies_on_its_side, ruled, table
from quire.nodes.render.text import REPLACEMENT

_KEPT_WHOLE = 1000  # characters of a quotation that is not split over pages
_NAMED = 8  # characters without a sign that are named
_ROOM = 110.0  # points that a heading and what it heads take at least
_HEADING = 60.0  # points of a heading and of the room about it
_MOST_ROOM = 500.0  # points for which it is worth turning the page


class Piece(NamedTuple):
    """What stands together, and which way its page lies."""

    flowables: list[Flowable]
    page: str = UPRIGHT
    opens: bool = False
    """It heads what follows, and stands on its page."""


def render(document: Document) -> bytes:
    """Render the document as PDF, with its fonts embedded."""
    register()
    numbered = number(document)
    texts = set(_texts(asdict(numbered)))
    with lending(texts):
        contents = Contents(numbered.contents)
        story: list[Flowable] = [
            *_cover(numbered, texts),
            NextPageTemplate(UPRIGHT),
            PageBreak(),
            Paragraph(marked_up(numbered.words("document.contents")), HEADING_1),
            contents,
            *_paged([*_chapters(numbered), Piece(list(back(numbered)))]),
        ]
        file = BytesIO()
        Pages(file, numbered, contents).multiBuild(story)
    return file.getvalue()


def _paged(pieces: Sequence[Piece]) -> Iterator[Flowable]:
    """Turn the page wherever a piece lies otherwise than the one before."""
    page = ""
    for n, piece in enumerate(pieces):
        ahead = next((k for k, other in enumerate(pieces[n:]) if not other.opens), 0)
        following = pieces[n + ahead]
        if following.page != page:
            page = following.page
            yield from (NextPageTemplate(page), PageBreak())
        if piece.opens:
            below = _HEADING * max(ahead - 1, 0)  # headings that stand between it and what they head
            yield CondPageBreak(min(_opening_room(following) + below, _MOST_ROOM))
        yield from piece.flowables


def _opening_room(following: Piece) -> float:
    """Give the room that a heading takes with what it heads: a table that is kept whole stands on its page."""
    first = following.flowables[0] if following.flowables else None
    return _HEADING + first.height if isinstance(first, (KeptWhole, CondPageBreak)) else _ROOM


def _cover(numbered: Numbered, texts: Iterable[str]) -> Iterator[Flowable]:
    yield Paragraph(marked_up(numbered.subtitle).upper(), KICKER)
    yield Paragraph(marked_up(numbered.title), TITLE)
    yield HRFlowable(width=90, thickness=2.5, color=ACCENT, hAlign="LEFT", spaceBefore=2, spaceAfter=26)
    if numbered.cover:
        yield ruled([[Paragraph(marked_up(a), LABEL), Paragraph(marked_up(b), VALUE)] for a, b in numbered.cover])
    yield Spacer(1, 10)
    yield Paragraph(marked_up(numbered.made), QUIET_SMALL)
    cautions = [*numbered.cautions, *_gaps(texts, numbered.words)]
    if cautions:
        yield from callout(numbered.words("document.before-relying"), map(marked_up, cautions), "caution", bullets=True)


def _gaps(texts: Iterable[str], words: Words) -> Iterator[str]:
    """Say so where the PDF shows less than other formats."""
    missing = {c for text in texts for c in unshowable(text)}
    if missing:
        codes = [f"U+{ord(c):04X}" for c in sorted(missing)]
        named = ", ".join(codes[:_NAMED]) + (" …" if codes[_NAMED:] else "")
        yield words("document.unshowable", codes=named, shown=REPLACEMENT)
    if any(map(is_east_asian, missing)) and not installed():
        yield words("document.east-asian-fonts")


def _texts(value: Any) -> Iterator[str]:  # any part of the document
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _texts(item))
    elif isinstance(value, (list, tuple)):
        yield from (text for item in value for text in _texts(item))


def _chapters(numbered: Numbered) -> Iterator[Piece]:
    for chapter in numbered.chapters:
        opening = [CondPageBreak(_ROOM), heading(Entry(chapter.number, chapter.title, chapter.anchor, 1), HEADING_1)]
        if chapter.notice:
            reason = [marked_up(chapter.notice.reason)] if chapter.notice.reason else []
            opening += callout(chapter.notice.heading, reason, chapter.notice.tone)
        yield Piece(opening, opens=bool(chapter.parts))
        yield from (_piece(part, numbered.words) for part in chapter.parts)


def _piece(part: Part, words: Words) -> Piece:
    if part.kind == "table" and lies_on_its_side(part):
        return Piece(list(table(part, words, WIDE_MEASURE)), ON_ITS_SIDE)
    return Piece(list(_part(part, words)), opens=part.kind == "heading")


def _length(part: Part) -> int:
    return sum(len(statement.text) for statement in part.statements)


_HEADINGS = {3: HEADING_2, 4: HEADING_3, 5: HEADING_4}
"""By depth."""


def _part(part: Part, words: Words) -> Iterator[Flowable]:
    match part.kind:
        case "heading":
            yield CondPageBreak(_ROOM)
            yield heading(Entry(part.number, part.text, part.anchor, part.depth - 1), _HEADINGS[part.depth])
        case "table":
            yield from table(part, words)
        case "chart":
            yield from chart(part)
        case "facts":
            if part.rows:
                yield facts(part.rows)
        case "list":
            for n, item in enumerate(part.items, 1):
                yield Paragraph(said(item), ITEM, bulletText=f"{n}." if part.ordered else "•")
            yield Spacer(1, 6)
        case "quote":
            quoted = quotation(said(part.statements))
            source = Paragraph(f"— {marked_up(part.attribution)}" if part.attribution else "", ATTRIBUTION)
            yield from [KeepTogether([quoted, source])] if _length(part) < _KEPT_WHOLE else [quoted, source]
        case "note":
            yield from callout(part.label, [said(part.statements)], "caution" if part.warning else "neutral")
        case _:
            yield Paragraph(said(part.statements), BODY)
