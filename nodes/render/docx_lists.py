"""Lists of the Word edition; every numbered one begins at 1."""

from collections.abc import Iterable, Sequence

from docx.document import Document as Word
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from quire.nodes.render.docx_text import say_all
from quire.nodes.render.docx_xml import XML, add_paragraph, of_paragraph
from quire.nodes.render.numbered import Statement


def add_list(word: Word, items: Iterable[Sequence[Statement]], *, ordered: bool) -> None:
    """Add a list of items, each of one statement or more."""
    counter = _new_counter(word) if ordered else 0
    last: Paragraph | None = None
    for statements in items:
        item = add_paragraph(word, "List Number" if ordered else "List Bullet")
        if ordered:
            properties: XML = of_paragraph(item).get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = counter
        say_all(item, statements)
        last = item
    if last:
        last.paragraph_format.space_after = Pt(8)


def _new_counter(word: Word) -> int:
    """Make a counter of the style's kind; all lists of a style share one otherwise, and count on."""
    kinds: XML = word.part.numbering_part.element
    style: XML = word.styles["List Number"].element
    shared = kinds.num_having_numId(style.pPr.numPr.numId.val)
    made = kinds.add_num(shared.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)
