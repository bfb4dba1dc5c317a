"""The document as DOCX: real styles, a contents field, linked citations, page numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Inches, Length, Pt
from docx.text.paragraph import Paragraph

from quire.nodes.language.catalogue import Words
from quire.nodes.render.document import Document, number
from quire.nodes.render.docx_back import add_back
from quire.nodes.render.docx_charts import chart
from quire.nodes.render.docx_comments import Comments, add_comments
from quire.nodes.render.docx_cover import add_cover, add_their_cover
from quire.nodes.render.docx_direction import set_directions
from quire.nodes.render.docx_lists import add_list
from quire.nodes.render.docx_package import packed
from quire.nodes.render.docx_styles import complete_styles, set_styles
from quire.nodes.render.docx_tables import facts, lies_on_its_side, table
from quire.nodes.render.docx_template import in_their_styles, open_template
from quire.nodes.render.docx_text import callout, heading, plain, say_all
from quire.nodes.render.docx_xml import (
    add_paragraph,
    add_run,
    bookmark_name,
    close_field,
    field,
    link,
    measure,
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


def render(document: Document, template: bytes | None = None) -> bytes:
    """Render the document as DOCX, in our own form or a template's."""
    return written(number(document), document_mark(document), template=template, facts=document["facts"])


def written(
    numbered: Numbered,
    mark: str,
    comments: Comments | None = None,
    *,
    template: bytes | None = None,
    facts: Mapping[str, Any] = MappingProxyType({}),
) -> bytes:
    """Write a numbered document as DOCX.

    Args:
        numbered: the document.
        mark: by which the file tells which document it is of.
        comments: by the name of a statement, what is said beside it.
        template: a Word file that lends its styles, cover, heads and feet; it was looked through.
        facts: of the document, for what a template asks for.

    """
    if template is None:
        word = docx.Document()
        _set_page(word, numbered, on_its_side=False, own=True)
        word.sections[0].different_first_page_header_footer = True
        set_styles(word, _LOCALES[numbered.language])
        add_cover(word, numbered, mark)
        _add_document(word, numbered, comments or {}, own=True)
    else:
        word = open_template("the template", template)
        ids = complete_styles(word, _LOCALES[numbered.language])
        theirs = frozenset(add_their_cover(word, numbered, mark, facts))
        _add_document(word, numbered, comments or {}, own=False)
        in_their_styles(word, ids, theirs)
    return packed(word, title=numbered.title, subject=numbered.subtitle, dated=numbered.dated)


def _add_document(word: Word, numbered: Numbered, comments: Comments, *, own: bool) -> None:
    """Add all that stands behind the cover."""
    _add_contents(word, numbered)
    _add_all(word, numbered, [*_steps(word, numbered), Step(partial(add_back, word, numbered))], own=own)
    add_comments(word, comments)
    number_marks(word.element.body)
    set_directions(word.element.body)


def _add_all(word: Word, numbered: Numbered, steps: Sequence[Step], *, own: bool) -> None:
    """Add everything, and turn the page wherever something lies otherwise than what stands before."""
    on_its_side = False
    for n, step in enumerate(steps):
        following = next((other for other in steps[n:] if not other.opens), step)
        if following.on_its_side != on_its_side:
            on_its_side = following.on_its_side
            word.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = False
            _set_page(word, numbered, on_its_side=on_its_side, own=own)
        step.add()


def _set_page(word: Word, numbered: Numbered, *, on_its_side: bool, own: bool) -> None:
    """Lay the last page, and give it our heads and feet, if it is no template's."""
    page = word.sections[-1]
    page.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    sides = sorted((Inches(11), Inches(8.5)) if own else (Length(page.page_width or 0), Length(page.page_height or 0)))
    page.page_width, page.page_height = (sides[1], sides[0]) if on_its_side else (sides[0], sides[1])
    if not own:
        return
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(1)
    width = measure(word, on_its_side=on_its_side)
    page.header.is_linked_to_previous = page.footer.is_linked_to_previous = False
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    _split(head, numbered.title[:90], numbered.subtitle[:50], width)
    _split(foot, "", f"{numbered.words('document.page')} ", width)
    field(foot, "PAGE", "1")
    add_run(foot, f" {numbered.words('document.of')} ")
    field(foot, "NUMPAGES", "1")
    set_directions(of_paragraph(head).getparent())


def _split(paragraph: Paragraph, left: str, right: str, width: float) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, f"{left}\t{right}")


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
            if part.kind == "table" and lies_on_its_side(word, part):
                yield Step(partial(table, word, part, numbered.words, on_its_side=True), on_its_side=True)
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
