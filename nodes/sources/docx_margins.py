"""What stands beside the body of a Word document: notes, comments, page headers, text boxes, pictures' descriptions."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from quire.nodes.sources.docx_words import Styles, words_of
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


class _Margin(NamedTuple):
    relation: str
    """How the part's relationship ends."""
    entry: str
    """Element of one note; empty for a part that is one."""
    name: str
    """What its address begins with."""


_MARGINS = (
    _Margin("/header", "", "page header"),
    _Margin("/footer", "", "page footer"),
    _Margin("/footnotes", "w:footnote", "footnote"),
    _Margin("/endnotes", "w:endnote", "endnote"),
    _Margin("/comments", "w:comment", "comment"),
)
_NOT_READ = {
    qn("w:altChunk"): "embedded documents were not read",
    qn("w:object"): "embedded objects were not read",
    _CHART: "charts were not read",
    _DIAGRAM: "diagrams were not read",
}
_REFERRING = {"w:footnoteReference": "/footnotes", "w:endnoteReference": "/endnotes", "w:commentReference": "/comments"}


def add_margins(gathering: Gathering, document: Document, styles: Styles) -> None:
    """Add what stands beside the body, and say what of it is not read."""
    body = document.element.body
    _add_boxes(gathering, body, styles)
    _add_pictures(gathering, body)
    for margin in _MARGINS:
        _add_margin(gathering, document, styles, margin)
    for tag, warning in _NOT_READ.items():
        if next(body.iter(tag), None) is not None:
            gathering.warn(warning)
    there = {str(rel.reltype).rpartition("/")[2] for rel in document.part.rels.values() if not rel.is_external}
    for tag, relation in _REFERRING.items():
        if relation[1:] not in there and next(body.iter(qn(tag)), None) is not None:
            gathering.warn(f"{relation[1:]} were not read: the file lacks them")


def _add_margin(gathering: Gathering, document: Document, styles: Styles, margin: _Margin) -> None:
    number, told = 0, set[str]()
    for part in _parts(document, margin.relation):
        for entry in part.iter(qn(margin.entry)) if margin.entry else (part,):
            paragraphs = [_text(paragraph, styles) for paragraph in entry.iter(qn("w:p"))]
            words = "\n".join(filter(None, paragraphs))
            if not words or words in told:
                continue
            number += 1
            if not margin.entry:  # the same header for first, odd and even pages says it once
                told.add(words)
            author = fold(str(entry.get(qn("w:author")) or ""))
            over = margin.name.capitalize() + (f" by {author}" if author else "")
            for line, text in enumerate(paragraphs, 1):
                gathering.add_note(f"{margin.name} {number}, paragraph {line}", text, over)


def _parts(document: Document, relation: str) -> Iterator[BaseOxmlElement]:
    """Yield the roots of the parts that the document is related to so."""
    for rel in document.part.rels.values():
        if not rel.is_external and str(rel.reltype).endswith(relation):
            yield parse_xml(rel.target_part.blob)


def _text(paragraph: BaseOxmlElement, styles: Styles) -> str:
    return fold(words_of(paragraph, styles))


def _add_boxes(gathering: Gathering, body: BaseOxmlElement, styles: Styles) -> None:
    number = 0
    for box in body.iter(qn("w:txbxContent")):
        if any(above.tag == _FALLBACK for above in box.iterancestors()):
            continue
        number += 1
        for line, paragraph in enumerate(box.iter(qn("w:p")), 1):
            gathering.add(f"text box {number}, paragraph {line}", _text(paragraph, styles), over=("Text box",))


def _add_pictures(gathering: Gathering, body: BaseOxmlElement) -> None:
    drawn = [d for d in body.iter(qn("wp:docPr")) if not any(a.tag == _FALLBACK for a in d.iterancestors())]
    for number, drawing in enumerate(drawn, 1):
        gathering.add_note(f"picture {number}, alt text", str(drawing.get("descr") or ""), "Picture")


def struck_in(body: BaseOxmlElement, styles: Styles) -> list[str]:
    """Collect the printed words that are struck through, those of neighbouring runs together."""
    pieces, last = list[str](), None
    for run in body.iter(qn("w:r")):
        if styles.strikes(run) and not styles.hides(run) and not _is_gone(run):
            words = "".join(text.text or "" for text in run.iterchildren(qn("w:t")))
            if last is not None and run.getprevious() is last:
                pieces[-1] += words
            else:
                pieces.append(words)
            last = run
    return pieces


def _is_gone(run: BaseOxmlElement) -> bool:
    return any(above.tag in {_FALLBACK, qn("w:del"), qn("w:moveFrom")} for above in run.iterancestors())
