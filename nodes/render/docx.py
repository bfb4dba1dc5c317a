"""The document as DOCX: real styles, a contents field, linked citations, page numbers."""

from collections.abc import Sequence

import docx
from docx.document import Document as Word
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from quire.nodes.render import wording
from quire.nodes.render.document import Document, number
from quire.nodes.render.docx_back import add_back
from quire.nodes.render.docx_lists import add_list
from quire.nodes.render.docx_package import packed
from quire.nodes.render.docx_styles import MEASURE, set_styles
from quire.nodes.render.docx_tables import facts, table
from quire.nodes.render.docx_text import callout, heading, plain, say_all
from quire.nodes.render.docx_xml import (
    add_paragraph,
    add_run,
    bookmark_name,
    close_field,
    field,
    link,
    number_bookmarks,
    open_field,
)
from quire.nodes.render.numbered import Chapter, Entry, Numbered, Part


def render(document: Document) -> bytes:
    """Render the document as DOCX."""
    numbered = number(document)
    word = docx.Document()
    set_styles(word)
    _set_page(word, numbered)
    _add_cover(word, numbered)
    _add_contents(word, numbered.contents)
    for chapter in numbered.chapters:
        _add_chapter(word, chapter)
    add_back(word, numbered)
    number_bookmarks(word.element.body)
    return packed(word, title=numbered.title, subject=numbered.subtitle, dated=numbered.dated)


def _set_page(word: Word, numbered: Numbered) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(1)
    page.different_first_page_header_footer = True
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    _split(head, numbered.title[:90], numbered.subtitle[:50])
    _split(foot, "", "Page ")
    field(foot, "PAGE", "1")
    add_run(foot, " of ")
    field(foot, "NUMPAGES", "1")


def _split(paragraph: Paragraph, left: str, right: str) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Pt(MEASURE), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, f"{left}\t{right}")


def _add_cover(word: Word, numbered: Numbered) -> None:
    add_paragraph(word, "Subtitle", numbered.subtitle)
    add_paragraph(word, "Title", numbered.title)
    facts(word, [(plain(name)[0], plain(value)[0]) for name, value in numbered.cover])
    add_paragraph(word, "Small Print", numbered.made)
    if numbered.cautions:
        callout(word, wording.BEFORE_RELYING, [plain(c) for c in numbered.cautions], "caution", bullets=True)


def _add_contents(word: Word, entries: Sequence[Entry]) -> None:
    """Add the contents as a field that Word can work out again, and its lines, which others can show."""
    title = add_paragraph(word, "TOC Heading", wording.CONTENTS)
    title.paragraph_format.page_break_before = True
    lines = [add_paragraph(word, f"toc {entry.depth}") for entry in entries]
    first, last = lines[0], lines[-1]
    open_field(first, r'TOC \o "1-2" \h \z \u')
    for entry, line in zip(entries, lines, strict=True):
        _add_entry(line, entry)
    close_field(last)


def _add_entry(line: Paragraph, entry: Entry) -> None:
    link(line, entry.anchor, f"{entry.number}\t{entry.title}" if entry.number else entry.title)
    add_run(line, "\t")
    field(line, f"PAGEREF {bookmark_name(entry.anchor)} \\h", "")


def _add_chapter(word: Word, chapter: Chapter) -> None:
    added = heading(word, chapter.number, chapter.title, chapter.anchor, 1)
    added.paragraph_format.page_break_before = chapter.number == "1"
    if chapter.notice:
        reason = [plain(chapter.notice.reason)] if chapter.notice.reason else []
        callout(word, chapter.notice.heading, reason, chapter.notice.tone)
    for part in chapter.parts:
        _add_part(word, part)


def _add_part(word: Word, part: Part) -> None:
    match part.kind:
        case "heading":
            heading(word, part.number, part.text, part.anchor, 2)
        case "table":
            table(word, part)
        case "facts":
            facts(word, part.rows)
        case "list":
            add_list(word, part.statements, ordered=part.ordered)
        case "quote":
            say_all(add_paragraph(word, "Quote"), part.statements)
            add_paragraph(word, "Attribution", f"— {part.attribution}" if part.attribution else "")
        case "note":
            title = "Warning" if part.warning else "Note"
            callout(word, title, [part.statements], "caution" if part.warning else "neutral")
        case _:
            say_all(add_paragraph(word, "Normal"), part.statements)
