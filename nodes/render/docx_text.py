"""Claims, callouts and headings as Word's paragraphs."""

from collections.abc import Iterable, Sequence

from docx.document import Document as Word
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from quire.nodes.language.catalogue import Words
from quire.nodes.render.docx_xml import add_paragraph, add_run, bookmark, link, named, track
from quire.nodes.render.numbered import MARKS_TOGETHER, Piece, Statement, Tone

_GAP = "\u00a0"


def heading(word: Word, number: str, title: str, anchor: str, level: int) -> Paragraph:
    """Add a heading that links and the contents lead to."""
    added = add_paragraph(word, f"Heading {level}")
    if number:
        add_run(added, f"{number}{_GAP * 2}", "Number")
    add_run(added, title)
    bookmark(added, anchor)
    return added


def callout(word: Word, title: str, lines: Sequence[Sequence[Statement]], tone: Tone, *, bullets: bool = False) -> None:
    """Box what a reader must not miss: a title, and lines of statements."""
    first = add_paragraph(word, f"Notice {tone}")
    first.paragraph_format.space_before = Pt(10)
    first.paragraph_format.keep_with_next = bool(lines)
    add_run(first, title, f"Status {tone}")
    last = first
    for line in lines:
        last = add_paragraph(word, f"Notice {tone}", "•  " if bullets else "")
        say_all(last, line)
    last.paragraph_format.space_after = Pt(14)


def plain(text: str) -> list[Statement]:
    """Say the document's own words as a statement."""
    return [Statement(text, "fixed", (), "", "", "neutral")]


def say_all(paragraph: Paragraph, statements: Iterable[Statement]) -> None:
    """Add statements to a paragraph, one after the other."""
    for n, statement in enumerate(statements):
        if n:
            add_run(paragraph, " ")
        say(paragraph, statement)


def say(paragraph: Paragraph, statement: Statement) -> None:
    """Add a statement with its flags, its status and its marks."""
    if statement.lead:
        add_run(paragraph, f"{statement.lead} ", "Strong")
    _words(paragraph, statement)
    if statement.flag:
        badge(paragraph, statement.flag, "caution", after=statement.text)
    if statement.status:
        badge(paragraph, statement.status, statement.tone, after=statement.text)
    _marks(paragraph, statement)


def _words(paragraph: Paragraph, statement: Statement) -> None:
    """Add a statement's own words, which its name leads to; or what was changed of them."""
    style = "Open" if statement.basis == "open" else ""
    with named(paragraph, statement.name if statement.text else ""):
        for piece in statement.tracked or (Piece(statement.text),):
            if piece.text:
                track(add_run(paragraph, piece.text, style), piece.change)


def badge(paragraph: Paragraph, text: str, tone: Tone, *, after: str = "") -> None:
    """Add a status on its colour."""
    if after:
        add_run(paragraph, " ")
    add_run(paragraph, f"{_GAP}{text}{_GAP}", f"Status {tone}")


def _marks(paragraph: Paragraph, statement: Statement) -> None:
    if statement.citations:
        add_run(paragraph, statement.arrow, "Citation")
        _bracketed(paragraph, [[(f"evidence-{n}", str(n)) for n in span] for span in statement.spans])
    if statement.computation:
        _bracketed(paragraph, [[(f"computation-{statement.computation}", statement.computation)]])


def _bracketed(paragraph: Paragraph, spans: Sequence[Sequence[tuple[str, str]]]) -> None:
    add_run(paragraph, "[", "Citation")
    for n, links in enumerate(spans):
        if n:
            add_run(paragraph, ", " if len(spans) > MARKS_TOGETHER else f",{_GAP}", "Citation")
        for end, (anchor, text) in enumerate(links):
            if end:
                add_run(paragraph, "\N{EN DASH}", "Citation")
            link(paragraph, anchor, text, "Citation")
    add_run(paragraph, "]", "Citation")


def add_sections(paragraph: Paragraph, numbers: Sequence[str], words: Words) -> None:
    """Say, in quiet letters, which sections rest on something, with links."""
    add_run(paragraph, f" {words.count('document.sections', len(numbers))}{_GAP}", "Quiet")
    for n, number in enumerate(numbers):
        if n:
            add_run(paragraph, ", ", "Quiet")
        link(paragraph, f"section-{number}", number, "Quiet")
