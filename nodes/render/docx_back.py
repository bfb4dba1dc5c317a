"""The last pages of the Word edition: open questions, computations, sources and evidence."""

from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from quire.nodes.language.catalogue import Words
from quire.nodes.render import wording
from quire.nodes.render.docx_lists import add_list
from quire.nodes.render.docx_tables import grid
from quire.nodes.render.docx_text import add_sections, callout, heading, plain
from quire.nodes.render.docx_xml import add_paragraph, add_run, bookmark, measure
from quire.nodes.render.numbered import Citation, Numbered, RegisteredSource, Statement

_SHARES = (0.30, 0.38, 0.18, 0.14)


def add_back(word: Word, numbered: Numbered) -> None:
    """Add what readers look up."""
    words = numbered.words
    if numbered.questions:
        _open(word, "questions", words)
        add_list(word, [plain(question) for question in numbered.questions], ordered=True)
    if numbered.computations:
        _open(word, "computations", words)
        for made in numbered.computations:
            line = _reference(word, made.mark, made.anchor)
            add_run(line, f"{made.text}: {made.how}" if made.text else made.how)
            add_sections(line, made.cited_in, words)
    _open(word, "sources", words)
    _add_sources(word, numbered.sources, words)
    if numbered.citations:
        _open(word, "evidence", words)
        for citation in numbered.citations:
            _add_citation(word, citation, words)


def _open(word: Word, anchor: str, words: Words) -> None:
    heading(word, "", words(f"document.{anchor}"), anchor, 1)
    add_paragraph(word, "Small Print", words(f"introduction.{anchor}"))


def _reference(word: Word, mark: str, anchor: str) -> Paragraph:
    line = add_paragraph(word, "Reference")
    line.paragraph_format.tab_stops.add_tab_stop(Pt(34))
    add_run(line, f"[{mark}]\t", "Number")
    bookmark(line, anchor)
    return line


def _add_citation(word: Word, citation: Citation, words: Words) -> None:
    line = _reference(word, str(citation.number), citation.anchor)
    add_run(line, citation.source, "Strong")
    add_run(line, f", {citation.address}:" if citation.address else ":")
    for quote in citation.quotes:
        add_run(line, f" “{quote}”", "Emphasis")
    add_sections(line, citation.cited_in, words)


def _add_sources(word: Word, sources: Sequence[RegisteredSource], words: Words) -> None:
    if not sources:
        add_paragraph(word, "Normal", words("document.no-sources"))
        return
    for tone, notice in wording.SOURCE_NOTICES:
        lines = [plain(f"{s.name}: {' '.join(s.remarks)}") for s in sources if s.tone == tone]
        if lines:
            callout(word, words(notice), lines, tone, bullets=True)
    heads = (words("document.source"), words("document.title"), "SHA-256", words("document.cited"))
    rows = [[plain(text)[0] for text in heads]]
    for source in sources:
        cells = [plain(text)[0] for text in (source.name, source.title, source.hash, str(source.cited))]
        rows.append(
            cells
            if source.cited
            else [*cells[:3], Statement("", "fixed", (), "", words("document.not-cited"), "caution")]
        )
    left, right = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
    grid(word, rows, [measure(word) * share for share in _SHARES], [left, left, left, right])
