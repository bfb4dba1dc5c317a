"""What a workbook says of its sheets beside the cells' values: what is hidden, merged, commented, not computed."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.utils.cell import coordinate_from_string, range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_MERGES = 20_000
_MAX_COMMENTS = 10_000
_CODES = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|\d+|[LCRPNDTFAZGUSXYBIOH])")
"""Of a page header: type, colour, place, and what the machine fills in."""


@dataclass
class Part:
    """One sheet, as its own part describes it."""

    name: str
    state: str
    """``visible``, ``hidden`` or ``veryHidden``."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First column, first row, last column, last row."""
    uncomputed: list[str] = field(default_factory=list)
    """Cells whose formula has no value."""
    struck: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Cells that hold their words themselves, some struck through: those that stand, and those that do not."""
    comments: list[tuple[str, str]] = field(default_factory=list)
    """Cell and text."""
    margins: list[str] = field(default_factory=list)
    """Texts of the page's header and footer."""
    drawn: bool = False
    """Whether charts or pictures lie on it."""
    tables: list[tuple[int, int]] = field(default_factory=list)
    """First column and row of each table that the workbook declares."""


def parts_of(archive: zipfile.ZipFile) -> dict[str, Part]:
    """Describe each sheet by its name; worksheets only."""
    book = _xml(archive, "xl/workbook.xml")
    related = _related(archive, "xl/workbook.xml")
    found: dict[str, Part] = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        part = Part(str(sheet.get("name")), str(sheet.get("state") or "visible"))
        kind, path = related.get(str(sheet.get(_RELATION)), ("", ""))
        if kind == "worksheet":
            _scan(archive.read(path), part)
            _beside(archive, path, part)
        found[part.name] = part
    return found


def _xml(archive: zipfile.ZipFile, path: str) -> Any:
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))


def _related(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Give what a part is related to by id: the kind, and the path in the container. Nothing outside it counts."""
    folder, name = posixpath.split(path)
    try:
        relations = _xml(archive, f"{folder}/_rels/{name}.rels")
    except KeyError:
        return {}
    return {
        str(rel.get("Id")): (
            str(rel.get("Type")).rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + folder, str(rel.get("Target")))).lstrip("/"),
        )
        for rel in relations
        if rel.get("TargetMode") != "External"
    }


def _scan(data: bytes, part: Part) -> None:
    tags = [f"{_MAIN}{name}" for name in ("c", "row", "col", "mergeCell", "oddHeader", "oddFooter")]
    for _, element in etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True):
        match str(element.tag).removeprefix(_MAIN):
            case "c":
                if element.find(f"{_MAIN}f") is not None and not (element.findtext(f"{_MAIN}v") or ""):
                    part.uncomputed.append(str(element.get("r")))
                if (words := element.find(f"{_MAIN}is")) is not None:
                    _add_struck(words, str(element.get("r")), part)
                continue
            case "row" if _is_on(element.get("hidden")):
                part.hidden_rows.add(int(element.get("r") or 0))
            case "col" if _is_on(element.get("hidden")):
                first, last = int(element.get("min") or 0), int(element.get("max") or 0)
                part.hidden_columns.update(range(first, min(last, first + 16_384) + 1))
            case "mergeCell" if len(part.merges) < _MAX_MERGES:
                part.merges.append(_bounds(str(element.get("ref"))))
            case "oddHeader" | "oddFooter":
                part.margins.append(_CODES.sub(" ", element.text or "").replace("&&", "&"))
        element.clear()


def _add_struck(words: Any, place: str, part: Part) -> None:
    """Note what is struck through of a cell's own words, which openpyxl gives in one when it reads row by row."""
    kept: list[str] = []
    struck: list[str] = []
    for run in words.iterfind(f"{_MAIN}r"):
        line = run.find(f"{_MAIN}rPr/{_MAIN}strike")
        crossed = line is not None and _is_on(line.get("val", "1"))
        (struck if crossed else kept).append(run.findtext(f"{_MAIN}t") or "")
    if struck:
        part.struck[place] = "".join(kept), struck


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}


def _bounds(reference: str) -> tuple[int, int, int, int]:
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    return first_column or 1, first_row or 1, last_column or 1, last_row or 1


def _beside(archive: zipfile.ZipFile, path: str, part: Part) -> None:
    for kind, other in _related(archive, path).values():
        if kind == "comments":
            for comment in _xml(archive, other).iter(f"{_MAIN}comment"):
                text = "".join(t.text or "" for t in comment.iter(f"{_MAIN}t"))
                coordinate_from_string(str(comment.get("ref")))
                part.comments.append((str(comment.get("ref")), text))
        elif kind == "table":
            column, row, *_ = _bounds(str(_xml(archive, other).get("ref")))
            part.tables.append((column, row))
        part.drawn = part.drawn or kind == "drawing"
    del part.comments[_MAX_COMMENTS:]
