"""The document as DOCX: real styles, a contents field, linked citations, page numbers."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from quire.nodes.language.catalogue import Words
from quire.nodes.render.document import Document, number
from quire.nodes.render.docx_back import add_back
from quire.nodes.render.docx_charts import chart
from quire.nodes.render.docx_comments import Comments, add_comments
from quire.nodes.render.docx_direction import set_directions
from quire.nodes.render.docx_lists import add_list
from quire.nodes.render.docx_package import packed
from quire.nodes.render.docx_styles import MEASURE, WIDE_MEASURE, set_styles
from quire.nodes.render.docx_tables import facts, lies_on_its_side, table
from quire.nodes.render.docx_text import callout, heading, plain, say_all
from quire.nodes.render.docx_xml import (
    add_paragraph,
    add_run,
    bookmark_name,
    close_field,
    field,
    link,
    named,
    number_marks,
    of_paragraph,
    open_field,
)
from quire.nodes.render.naming import document_mark
from quire.nodes.render.numbered import Chapter, Entry, Numbered, Part

_LOCALES = {"en": "en-US", "de": "de-DE"}
"""What Word checks the spelling by."""


class Step(NamedTuple):
    """Something to add, and how its page lies."""

    add: Callable[[], object]
    on_its_side: bool = False
    opens: bool = False
    """It heads what follows, and stands on its page."""


def render(document: Document) -> bytes:
    """Render the document as DOCX."""
    return written(number(document), document_mark(document))


def written(numbered: Numbered, mark: str, comments: Comments | None = None) -> bytes:
    """Write a numbered document as DOCX.

    Args:
        numbered: the document.
        mark: by which the file tells which document it is of.
        comments: by the name of a statement, what is said beside it.

    """
    word = docx.Document()
    set_styles(word, _LOCALES[numbered.language])
    _set_page(word, numbered, on_its_side=False)
    word.sections[0].different_first_page_header_footer = True
    _add_cover(word, numbered, mark)
    _add_contents(word, numbered)
    _add_all(word, numbered, [*_steps(word, numbered), Step(partial(add_back, word, numbered))])
    add_comments(word, comments or {})
    number_marks(word.element.body)
    set_directions(word.element.body)
    return packed(word, title=numbered.title, subject=numbered.subtitle, dated=numbered.dated)


def _add_all(word: Word, numbered: Numbered, steps: Sequence[Step]) -> None:
    """Add everything, and turn the page wherever something lies otherwise than what stands before."""
    on_its_side = False
    for n, step in enumerate(steps):
        following = next((other for other in steps[n:] if not other.opens), step)
        if following.on_its_side != on_its_side:
            on_its_side = following.on_its_side
            word.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = False
            _set_page(word, numbered, on_its_side=on_its_side)
        step.add()


def _set_page(word: Word, numbered: Numbered, *, on_its_side: bool) -> None:
    page = word.sections[-1]
    page.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    sides = (Inches(11), Inches(8.5)) if on_its_side else (Inches(8.5), Inches(11))
    page.page_width, page.page_height = sides
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(1)
    measure = WIDE_MEASURE if on_its_side else MEASURE
    page.header.is_linked_to_previous = page.footer.is_linked_to_previous = False
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    _split(head, numbered.title[:90], numbered.subtitle[:50], measure)
    _split(foot, "", f"{numbered.words('document.page')} ", measure)
    field(foot, "PAGE", "1")
    add_run(foot, f" {numbered.words('document.of')} ")
    field(foot, "NUMPAGES", "1")
    set_directions(of_paragraph(head).getparent())


def _split(paragraph: Paragraph, left: str, right: str, measure: float) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Pt(measure), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, f"{left}\t{right}")


def _add_cover(word: Word, numbered: Numbered, mark: str) -> None:
    add_paragraph(word, "Subtitle", numbered.subtitle)
    headline = add_paragraph(word, "Title")
    with named(headline, mark):
        add_run(headline, numbered.title)
    facts(word, [(plain(name)[0], plain(value)[0]) for name, value in numbered.cover])
    add_paragraph(word, "Small Print", numbered.made)
    if numbered.cautions:
        title = numbered.words("document.before-relying")
        callout(word, title, [plain(c) for c in numbered.cautions], "caution", bullets=True)


def _add_contents(word: Word, numbered: Numbered) -> None:
    """Add the contents as a field that Word can work out again, and its lines, which others can show."""
    entries = numbered.contents
    title = add_paragraph(word, "TOC Heading", numbered.words("document.contents"))
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


def _steps(word: Word, numbered: Numbered) -> Iterator[Step]:
    for chapter in numbered.chapters:
        yield Step(partial(_add_opening, word, chapter), opens=bool(chapter.parts))
        for part in chapter.parts:
            if part.kind == "table" and lies_on_its_side(part):
                yield Step(partial(table, word, part, numbered.words, WIDE_MEASURE), on_its_side=True)
            else:
                yield Step(partial(_add_part, word, part, numbered.words), opens=part.kind == "heading")


def _add_opening(word: Word, chapter: Chapter) -> None:
    added = heading(word, chapter.number, chapter.title, chapter.anchor, 1)
    added.paragraph_format.page_break_before = chapter.number == "1"
    if chapter.notice:
        reason = [plain(chapter.notice.reason)] if chapter.notice.reason else []
        callout(word, chapter.notice.heading, reason, chapter.notice.tone)


def _add_part(word: Word, part: Part, words: Words) -> None:
    match part.kind:
        case "heading":
            heading(word, part.number, part.text, part.anchor, part.depth - 1)
        case "table":
            table(word, part, words)
        case "chart":
            chart(word, part)
        case "facts":
            facts(word, part.rows)
        case "list":
            add_list(word, part.items, ordered=part.ordered)
        case "quote":
            say_all(add_paragraph(word, "Quote"), part.statements)
            add_paragraph(word, "Attribution", f"— {part.attribution}" if part.attribution else "")
        case "note":
            callout(word, part.label, [part.statements], "caution" if part.warning else "neutral")
        case _:
            say_all(add_paragraph(word, "Normal"), part.statements)
