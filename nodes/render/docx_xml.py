"""What Word has and python-docx has no words for: bookmarks, links within the document, fields, shading."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docx.blkcntnr import BlockItemContainer as Cell
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from docx.text.run import Run

XML = Any
"""An element of python-docx's tree, which its stubs leave untyped."""
AUTHOR = "Quire"
"""Of comments and tracked changes that are the program's own."""


def add_paragraph(word: Word, style: str, text: str = "") -> Paragraph:
    """Add a paragraph in a style.

    Styles are set by id, which is the name without blanks: python-docx reads all styles to look one up.
    """
    paragraph = word.add_paragraph(text)
    of_paragraph(paragraph).style = style.replace(" ", "")
    return paragraph


def add_run(paragraph: Paragraph, text: str = "", style: str = "") -> Run:
    """Add words to a paragraph, in a character style or none."""
    run = paragraph.add_run(text)
    if style:
        run.element.style = style.replace(" ", "")
    return run


def measure(word: Word, *, on_its_side: bool = False) -> float:
    """Give the points between the margins of a page, upright or on its side."""
    page: XML = word.element.body.sectPr
    sides = sorted((page.page_width, page.page_height))
    return float(Length(sides[on_its_side] - page.left_margin - page.right_margin).pt)


def element(tag: str, **attributes: str) -> XML:
    """Make an element of Word's own namespace."""
    made: XML = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def of_paragraph(paragraph: Paragraph) -> XML:
    """Return a paragraph's element."""
    return paragraph.paragraph_format.element


def of_cell(cell: Cell) -> XML:
    """Return a cell's element; its row's is the parent, its table's the parent's parent."""
    return of_paragraph(cell.paragraphs[0]).getparent()


def bookmark(paragraph: Paragraph, anchor: str) -> None:
    """Let links lead to the paragraph, as it is so far."""
    whole = of_paragraph(paragraph)
    start = element("bookmarkStart", name=bookmark_name(anchor))
    properties = whole.find(qn("w:pPr"))
    whole.insert(0 if properties is None else 1, start)
    whole.append(element("bookmarkEnd"))


@contextmanager
def named(paragraph: Paragraph, name: str) -> Iterator[None]:
    """Give what is added to the paragraph meanwhile a bookmark; without a name, none."""
    whole = of_paragraph(paragraph)
    if name:
        whole.append(element("bookmarkStart", name=name))
    yield
    if name:
        whole.append(element("bookmarkEnd"))


def track(run: Run, change: str) -> None:
    """Mark a run as put in (``new``) or taken out (``gone``) since an earlier version."""
    if not change:
        return
    made = element("ins" if change == "new" else "del", author=AUTHOR)
    run.element.addprevious(made)
    made.append(run.element)
    if change == "gone":
        for words in run.element.findall(qn("w:t")):
            words.tag = qn("w:delText")
            words.set(qn("xml:space"), "preserve")


def bookmark_name(anchor: str) -> str:
    """Spell an anchor as Word allows: letters, digits, underscores."""
    return anchor.replace("-", "_")


def number_marks(body: XML) -> None:
    """Pair the starts and ends of all bookmarks, none of which overlap, by number; and number tracked changes."""
    for tags in (("w:bookmarkStart",), ("w:bookmarkEnd",), ("w:ins", "w:del")):
        for n, mark in enumerate(body.iter(*map(qn, tags))):
            mark.set(qn("w:id"), str(n))


def link(paragraph: Paragraph, anchor: str, text: str, style: str = "") -> None:
    """Add words that lead to a bookmark."""
    run = add_run(paragraph, text, style)
    leading = element("hyperlink", anchor=bookmark_name(anchor), history="1")
    of_paragraph(paragraph).append(leading)
    leading.append(run.element)


def field(paragraph: Paragraph, instruction: str, shown: str, style: str = "") -> None:
    """Add a field and what it shows until Word works it out again."""
    open_field(paragraph, instruction)
    if shown:
        add_run(paragraph, shown, style)
    close_field(paragraph)


def open_field(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field; what is added until it is closed is what it shows."""
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    for part in (element("fldChar", fldCharType="begin"), code, element("fldChar", fldCharType="separate")):
        add_run(paragraph).element.append(part)


def close_field(paragraph: Paragraph) -> None:
    """End the field that was opened last."""
    add_run(paragraph).element.append(element("fldChar", fldCharType="end"))
