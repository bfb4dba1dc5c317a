"""Reads PPTX: titles, texts, tables, the values of charts and the notes of each slide, in reading order."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape

from quire.nodes.faults import BadInput
from quire.nodes.sources.archive import as_transitional, open_archive
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.pptx_chart import rows_of_chart
from quire.nodes.sources.pptx_words import paragraphs_of, words_of
from quire.nodes.sources.tables import Row

_MAIN_PART = "ppt/presentation.xml"
_MAX_SHAPES = 100_000
_DEEPEST = 40
_BROKEN = (
    PythonPptxError,
    etree.XMLSyntaxError,
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What the packages under this one raise for a damaged file."""
_FURNITURE = frozenset({"sldNum", "dt"})
"""Placeholders that the program fills in: the slide's number, the day."""


def read_pptx(source: str, data: bytes) -> Gathering:
    """Read the slides. Addresses are ``slide 3, shape 2, paragraph 1``, ``slide 3, table 1, row 2``.

    Raises:
        BadInput: encrypted, broken, no presentation, or far larger unpacked than packed.

    """
    archive = open_archive(source, data)
    if _MAIN_PART not in archive.namelist():
        raise BadInput("a zip container, but not a PowerPoint presentation", file=source, hint="give the .pptx itself")
    gathering = Gathering(source)
    try:
        deck = Presentation(BytesIO(as_transitional(archive, data, _MAIN_PART)))
        for number, slide in enumerate(deck.slides, 1):
            _Slide(gathering, slide, number).read()
        gathering.title = gathering.title or fold(deck.core_properties.title or "")
    except _BROKEN as error:
        hint = "open and save it in PowerPoint or LibreOffice again"
        raise BadInput("broken: not a whole PowerPoint presentation", file=source, hint=hint) from error
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering


class _Slide:
    """Reads one slide."""

    def __init__(self, gathering: Gathering, slide: Any, number: int) -> None:
        self.gathering = gathering
        self.slide = slide
        self.place = f"slide {number}"
        self.counts = {"table": 0, "chart": 0}
        self.pictures = 0
        self.unread: dict[str, None] = {}
        self.struck: list[str] = []

    def read(self) -> None:
        if self.slide.element.get("show") in {"0", "false"}:
            self.gathering.warn(f"{self.place} is hidden, and was left out")
            return
        numbered = list(_numbered(self.slide.shapes))
        if len(numbered) > _MAX_SHAPES:
            raise BadInput(f"more than {_MAX_SHAPES} shapes", file=self.gathering.source, hint="split it")
        title = self.slide.shapes.title
        is_title = [shape for _, _, shape in numbered if title is not None and shape.shape_id == title.shape_id]
        if not is_title:
            self.gathering.outline.end()
        for number, _, shape in sorted(numbered, key=lambda entry: (entry[2] not in is_title, *entry[1], entry[0])):
            self._shape(shape, f"{self.place}, shape {number}", is_title=shape in is_title)
        self._beside()

    def _shape(self, shape: Any, place: str, *, is_title: bool) -> None:
        if is_title:
            words = (words_of(p, self.struck) for p in paragraphs_of(shape.element))
            self.gathering.add_heading(place, 1, " ".join(filter(None, words)))
        elif isinstance(shape, GraphicFrame):
            self._frame(shape, place)
        elif shape.is_placeholder and _kind_of(shape) in _FURNITURE:
            return
        else:
            for line, paragraph in enumerate(paragraphs_of(shape.element), 1):
                self._say(f"{place}, paragraph {line}", paragraph, note=_kind_of(shape) in {"ftr", "hdr"})
        self._describe(shape, place)

    def _say(self, place: str, paragraph: Any, *, note: bool) -> None:
        words = words_of(paragraph, self.struck)
        self.gathering.add_note(place, words, "Page footer") if note else self.gathering.add(place, words)

    def _describe(self, shape: Any, place: str) -> None:
        """Keep what a shape is described as, and count the pictures."""
        named = next(shape.element.iter(qn("p:cNvPr")), None)
        self.gathering.add_note(
            f"{place}, alt text", str(named.get("descr") or "") if named is not None else "", "Picture"
        )
        self.pictures += shape.element.tag == qn("p:pic")

    def _frame(self, shape: GraphicFrame, place: str) -> None:
        if shape.has_table:
            self.counts["table"] += 1
            table = f"{self.place}, table {self.counts['table']}"
            self.gathering.add_table(list(self._rows(shape.table, table)))
        elif shape.has_chart:
            self.counts["chart"] += 1
            chart = f"{self.place}, chart {self.counts['chart']}"
            caption, rows = rows_of_chart(shape.chart, chart)
            self.gathering.add_table(rows, caption)
            if not rows:
                self.unread["a chart"] = None
        elif diagram := _diagram_of(shape):
            for line, paragraph in enumerate(paragraphs_of(diagram), 1):
                self._say(f"{place}, paragraph {line}", paragraph, note=False)
        else:
            self.unread["an embedded object"] = None

    def _rows(self, table: Any, place: str) -> Iterator[Row]:
        above: list[str] = []
        for number, row in enumerate(table.rows, 1):
            cells = []
            for at, cell in enumerate(row.cells):
                words = fold(" ".join(words_of(p, self.struck) for p in paragraphs_of(cell._tc)))  # noqa: SLF001 - python-pptx has no other way to it
                down = cell._tc.vMerge and at < len(above)  # noqa: SLF001 - likewise
                cells.append(above[at] if down else words)
            yield Row(f"{place}, row {number}", cells, header=number == 1 and bool(table.first_row))
            above = cells

    def _beside(self) -> None:
        """Add the notes and comments, and say what was not read."""
        if self.slide.has_notes_slide and (frame := self.slide.notes_slide.notes_text_frame) is not None:
            for line, paragraph in enumerate(paragraphs_of(frame._txBody), 1):  # noqa: SLF001 - python-pptx has no other way to it
                words = words_of(paragraph, self.struck)
                self.gathering.add_note(f"{self.place}, notes, paragraph {line}", words, "Speaker notes")
        for number, text in enumerate(_comments_on(self.slide), 1):
            self.gathering.add_note(f"{self.place}, comment {number}", text, "Comment")
        self.gathering.warn_of_struck(self.struck)
        if self.pictures:
            count = f"{self.pictures} picture{'s' if self.pictures > 1 else ''}"
            self.gathering.warn(f"{self.place}: {count} may hold words that were not read")
        for what in self.unread:
            self.gathering.warn(f"{self.place}: {what} was not read")


def _numbered(shapes: Any) -> Iterator[tuple[int, tuple[int, int], Any]]:
    """Yield the shapes, those in groups too, each with its number in the file and its place from the top and left."""
    number = 0
    stack: list[tuple[Iterator[Any], tuple[int, int] | None]] = [(iter(shapes), None)]
    while stack:
        shape = next(stack[-1][0], None)
        if shape is None:
            stack.pop()
            continue
        number += 1
        at = stack[-1][1] or (shape.top or 0, shape.left or 0)
        if isinstance(shape, GroupShape) and len(stack) < _DEEPEST:
            stack.append((iter(shape.shapes), at))
        else:
            yield number, at, shape


def _kind_of(shape: Any) -> str:
    """Give what a placeholder is for, as the file calls it (``ftr``), or empty."""
    found = next(shape.element.iter(qn("p:ph")), None)
    return str(found.get("type") or "") if found is not None else ""


def _diagram_of(shape: GraphicFrame) -> Any:
    """Give the data of a diagram (SmartArt), whose words stand in a part of their own."""
    ids = next((e for e in shape.element.iter() if str(e.tag).endswith("}relIds")), None)
    if ids is None:
        return None
    part = shape.part.related_part(str(ids.get(qn("r:dm"))))
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _comments_on(slide: Any) -> Iterator[str]:
    for relation in slide.part.rels.values():
        if not relation.is_external and str(relation.reltype).endswith("/comments"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            for comment in etree.fromstring(relation.target_part.blob, parser):
                texts = (e.text or "" for e in comment.iter() if str(e.tag).rpartition("}")[2] in {"text", "t"})
                yield fold(" ".join(texts))
