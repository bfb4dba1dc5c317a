"""The first page of the Word edition: our own, or a template's, and what a reader must know before relying on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as Word

from quire.nodes.render.docx_tables import facts as table_of
from quire.nodes.render.docx_template import Cover, clear, fill, has_cover
from quire.nodes.render.docx_text import callout, plain
from quire.nodes.render.docx_xml import XML, add_paragraph, add_run, named
from quire.nodes.render.numbered import Numbered
from quire.nodes.render.text import label


def add_cover(word: Word, numbered: Numbered, mark: str) -> None:
    """Add our own."""
    add_paragraph(word, "Subtitle", numbered.subtitle)
    headline = add_paragraph(word, "Title")
    with named(headline, mark):
        add_run(headline, numbered.title)
    table_of(word, [(plain(name)[0], plain(value)[0]) for name, value in numbered.cover])
    add_paragraph(word, "Small Print", numbered.made)
    _add_cautions(word, numbered)


def add_their_cover(word: Word, numbered: Numbered, mark: str, facts: Mapping[str, Any]) -> Sequence[XML]:
    """Fill the template's own, and put behind it what it does not say; without one, add ours in its styles.

    Returns:
        What is the template's.

    """
    shown = {name: label(str(value)) for name, value in facts.items()}
    asked = fill(word, Cover(numbered.title, numbered.subtitle, numbered.dated, shown))
    if not has_cover(word):
        clear(word)
        add_cover(word, numbered, mark)
        return ()
    theirs = list(word.element.body)
    opening = add_paragraph(word, "Small Print")
    opening.paragraph_format.page_break_before = True
    with named(opening, mark):
        add_run(opening, numbered.made)
    if not any(name.startswith("facts.") for name in asked):
        table_of(word, [(plain(name)[0], plain(value)[0]) for name, value in numbered.cover])
    _add_cautions(word, numbered)
    return theirs


def _add_cautions(word: Word, numbered: Numbered) -> None:
    if numbered.cautions:
        title = numbered.words("document.before-relying")
        callout(word, title, [plain(c) for c in numbered.cautions], "caution", bullets=True)
