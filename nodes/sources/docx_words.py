"""Words of a Word paragraph as they would be printed, equations and all, and what its styles say of it."""

import re
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from quire.nodes.sources.folding import lowered, raised
from quire.nodes.sources.math_text import EQUATIONS, math_text

_NOT_PRINTED = frozenset(
    map(
        qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr", "w:instrText", "w:delText", "w:commentReference")
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:sym"): " "}
_OFF = frozenset({"0", "false", "none", "off"})
_DEEPEST = 64
_FIRST_ROW = 0x20
"""The bit of a table's look that speaks of its first row."""


class Styles:
    """What a document's styles make of a paragraph: a heading, an entry of the contents, hidden."""

    def __init__(self, document: Document) -> None:
        self._styles = {str(style.get(qn("w:styleId"))): style for style in document.styles.element.iter(qn("w:style"))}

    def heading_level(self, paragraph: BaseOxmlElement) -> int | None:
        """Level of a heading: 0 for the title, 1 to 9 else; ``None`` if it is none."""
        outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None and (own := str(outline.get(qn("w:val")))).isdecimal() and int(own) < len("123456789"):
            return int(own) + 1
        for name in self._names(_style_of(paragraph, "w:pPr", "w:pStyle")):
            if name == "title":
                return 0
            if found := re.fullmatch(r"heading ([1-9])", name):
                return int(found[1])
        return None

    def is_contents(self, paragraph: BaseOxmlElement) -> bool:
        """Whether it is an entry of a table of contents, which repeats a heading."""
        return any(re.match(r"toc [1-9]", name) for name in self._names(_style_of(paragraph, "w:pPr", "w:pStyle")))

    def numbering(self, paragraph: BaseOxmlElement) -> tuple[str, int, str]:
        """Give a numbered paragraph's list, its level in it from 0 (-1: its style says), and that style's id."""
        style_id = _style_of(paragraph, "w:pPr", "w:pStyle")
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        styled = ((style, style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) for style in self._chain(style_id))
        found = (
            [(None, own)] if own is not None else [(style, number) for style, number in styled if number is not None]
        )
        if not found:
            return "", -1, ""
        style, numbers = found[0]
        listed, level = numbers.find(qn("w:numId")), numbers.find(qn("w:ilvl"))
        depth = str(level.get(qn("w:val"))) if level is not None else ("0" if style is None else "")
        named = str(style.get(qn("w:styleId"))) if style is not None else style_id
        return (
            str(listed.get(qn("w:val"))) if listed is not None else "",
            int(depth) if depth.isdecimal() else -1,
            named,
        )

    def sets_off_first_row(self, table: BaseOxmlElement) -> bool:
        """Whether a table's style sets its first row off as titles, and the table wants that of it.

        Word marks nearly every table as having a first row, whatever stands in it; the mark counts
        where the style makes something of it.
        """
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        if look is None:
            return False
        first, flags = look.get(qn("w:firstRow")), str(look.get(qn("w:val")) or "")
        wanted = first not in _OFF if first is not None else bool(_hexadecimal(flags) & _FIRST_ROW)
        return wanted and any(
            part.get(qn("w:type")) == "firstRow"
            for style in self._chain(_style_of(table, "w:tblPr", "w:tblStyle"))
            for part in style.iterchildren(qn("w:tblStylePr"))
        )

    def hides(self, run: BaseOxmlElement) -> bool:
        """Whether a run is hidden, by itself or by its style."""
        return self._has(run, "w:vanish")

    def strikes(self, run: BaseOxmlElement) -> bool:
        """Whether a run is struck through, by itself or by its style."""
        return self._has(run, "w:strike") or self._has(run, "w:dstrike")

    def _has(self, run: BaseOxmlElement, property_: str) -> bool:
        own = run.find(f"{qn('w:rPr')}/{qn(property_)}")
        if own is not None:
            return own.get(qn("w:val")) not in _OFF
        return any(
            found.get(qn("w:val")) not in _OFF
            for style in self._chain(_style_of(run, "w:rPr", "w:rStyle"))
            if (found := style.find(f"{qn('w:rPr')}/{qn(property_)}")) is not None
        )

    def _chain(self, style_id: str) -> Iterator[BaseOxmlElement]:
        """Yield the style and those it is based on; a circle ends."""
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            based = style.find(qn("w:basedOn"))
            style_id = str(based.get(qn("w:val"))) if based is not None else ""

    def _names(self, style_id: str) -> Iterator[str]:
        for style in self._chain(style_id):
            name = style.find(qn("w:name"))
            if name is not None:
                yield str(name.get(qn("w:val"))).lower()


def _hexadecimal(written: str) -> int:
    return int(written, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", written) else 0


def _style_of(element: BaseOxmlElement, properties: str, style: str) -> str:
    found = element.find(f"{qn(properties)}/{qn(style)}")
    return str(found.get(qn("w:val"))) if found is not None else ""


def words_of(element: BaseOxmlElement, styles: Styles) -> str:
    """Collect what is printed; a line break is a line feed."""
    pieces: list[str] = []
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            pieces.append(_set(child, pieces[-1] if pieces else ""))
        elif child.tag in _BREAKS:
            pieces.append(_BREAKS[child.tag])
        elif child.tag in EQUATIONS:
            pieces.append(math_text(child))
        elif child.tag not in _NOT_PRINTED and not (child.tag == qn("w:r") and _is_unsaid(child, styles)):
            stack.append(iter(child))
    return "".join(pieces)


def _is_unsaid(run: BaseOxmlElement, styles: Styles) -> bool:
    return styles.hides(run) or styles.strikes(run)


def _set(text: BaseOxmlElement, before: str) -> str:
    """Give a text's words, raised or lowered as they are set."""
    run = text.getparent()
    position = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") if run is not None else None
    where = position.get(qn("w:val")) if position is not None else ""
    words = text.text or ""
    return raised(words) if where == "superscript" else lowered(words, before) if where == "subscript" else words


def is_bold(element: BaseOxmlElement, styles: Styles) -> bool:
    """Whether every printed word below the element is set in bold."""
    runs = [run for run in element.iter(qn("w:r")) if words_of(run, styles).strip() and not styles.hides(run)]
    return bool(runs) and all(_bold_run(run) for run in runs)


def _bold_run(run: BaseOxmlElement) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val")) not in _OFF
