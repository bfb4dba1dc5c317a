"""The last pages of the Word edition: open questions, computations, sources and evidence."""

from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from quire.nodes.render import wording
from quire.nodes.render.docx_lists import add_list
from quire.nodes.render.docx_styles import MEASURE
from quire.nodes.render.docx_tables import grid
from quire.nodes.render.docx_text import add_sections, callout, heading, plain
from quire.nodes.render.docx_xml import add_paragraph, add_run, bookmark
from quire.nodes.render.numbered import Citation, Numbered, RegisteredSource, Statement

_SHARES = (0.30, 0.38, 0.18, 0.14)


def add_back(word: Word, numbered: Numbered) -> None:
    """Add what readers look up."""
    if numbered.questions:
        _open(word, wording.QUESTIONS, "questions")
        add_list(word, [plain(question)[0] for question in numbered.questions], ordered=True)
    if numbered.computations:
        _open(word, wording.COMPUTATIONS, "computations")
        for made in numbered.computations:
            line = _reference(word, made.mark, made.anchor)
            add_run(line, f"{made.text}: {made.how}" if made.text else made.how)
            add_sections(line, made.cited_in)
    _open(word, wording.SOURCES, "sources")
    _add_sources(word, numbered.sources)
    if numbered.citations:
        _open(word, wording.EVIDENCE, "evidence")
        for citation in numbered.citations:
            _add_citation(word, citation)


def _open(word: Word, title: str, anchor: str) -> None:
    heading(word, "", title, anchor, 1)
    add_paragraph(word, "Small Print", wording.INTRODUCTIONS[title])


def _reference(word: Word, mark: str, anchor: str) -> Paragraph:
    line = add_paragraph(word, "Reference")
    line.paragraph_format.tab_stops.add_tab_stop(Pt(34))
    add_run(line, f"[{mark}]\t", "Number")
    bookmark(line, anchor)
    return line


def _add_citation(word: Word, citation: Citation) -> None:
    line = _reference(word, str(citation.number), citation.anchor)
    add_run(line, citation.source, "Strong")
    add_run(line, f", {citation.address}:" if citation.address else ":")
    for quote in citation.quotes:
        add_run(line, f" “{quote}”", "Emphasis")
    add_sections(line, citation.cited_in)


def _add_sources(word: Word, sources: Sequence[RegisteredSource]) -> None:
    if not sources:
        add_paragraph(word, "Normal", wording.NO_SOURCES)
        return
    for tone, title in wording.SOURCE_NOTICES:
        lines = [plain(f"{s.name}: {' '.join(s.remarks)}") for s in sources if s.tone == tone]
        if lines:
            callout(word, title, lines, tone, bullets=True)
    rows = [[plain(text)[0] for text in ("Source", "Title", "SHA-256", "Cited")]]
    for source in sources:
        cells = [plain(text)[0] for text in (source.name, source.title, source.hash, str(source.cited))]
        rows.append(cells if source.cited else [*cells[:3], Statement("", "fixed", (), "", "not cited", "caution")])
    left, right = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
    grid(word, rows, [MEASURE * share for share in _SHARES], [left, left, left, right])
