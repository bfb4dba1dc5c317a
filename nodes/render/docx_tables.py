"""Tables of the Word edition: they repeat their head, and no row is parted by a page's end."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from quire.nodes.language.catalogue import Words
from quire.nodes.render.docx_styles import TABLE
from quire.nodes.render.docx_text import plain, say
from quire.nodes.render.docx_xml import add_paragraph, add_run, bookmark, element, field, measure, of_cell, of_paragraph
from quire.nodes.render.numbered import MARKS_TOGETHER, Part, Statement, marks_on
from quire.nodes.render.widths import Need, column_widths, panels, too_wide

_SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
_LOOKED_AT = 200  # characters of a cell by which its column is measured
_CHARACTER, _PADDING = 4.9, 14.0  # points
_WHOLE_ROW = 1500  # characters of a row that is not split over pages
_WITHOUT_HEAD = "0480"  # the same for readers of the older attribute
_SMALLER = 7  # columns from which the letters are smaller


def lies_on_its_side(word: Word, part: Part) -> bool:
    """Whether a table needs the longer side of a page."""
    return bool(part.rows) and too_wide(_needs(_rows(part)), measure(word))


def table(word: Word, part: Part, words: Words, *, on_its_side: bool = False) -> None:
    """Add a numbered table under its caption; one that is wider than the line, in panels one below the other."""
    width = measure(word, on_its_side=on_its_side)
    captioned(word, part, "Table")
    if not part.rows:
        add_run(add_paragraph(word, "Cell"), words("document.no-rows"), "Open")
        return
    rows, sides = _rows(part), [_SIDES[column["align"]] for column in part.columns]
    shown = set[int]()
    for columns in panels(_needs(rows), width):
        panel = [[replace(row[c], name="") if c in shown else row[c] for c in columns] for row in rows]
        shown.update(columns)
        grid(word, panel, column_widths(_needs(panel), width), [sides[c] for c in columns])


def captioned(word: Word, part: Part, sequence: str) -> None:
    """Add the number and the caption of a table or a chart, which can be led to.

    Args:
        word: what it is added to.
        part: what it stands above.
        sequence: in which Word counts it.

    """
    caption = add_paragraph(word, "Caption")
    add_run(caption, f"{part.label} ", "Strong")
    field(caption, rf"SEQ {sequence} \* ARABIC", part.number, "Strong")
    add_run(caption, f"  {part.text}")
    bookmark(caption, part.anchor)


def _rows(part: Part) -> list[Sequence[Statement]]:
    return [[plain(column["title"])[0] for column in part.columns], *part.rows]


def grid(
    word: Word,
    rows: Sequence[Sequence[Statement]],
    widths: Sequence[float],
    sides: Sequence[WD_ALIGN_PARAGRAPH],
    *,
    head: bool = True,
) -> None:
    """Add a table of statements.

    Args:
        word: what it is added to.
        rows: its rows, of one length.
        widths: of the columns, in points.
        sides: to which the columns are aligned.
        head: whether the first row is its head, repeated on each page.

    """
    made = word.add_table(rows=len(rows), cols=len(widths), style=TABLE)
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
    for row, statements in zip(made.rows, rows, strict=True):
        if sum(len(statement.text) for statement in statements) < _WHOLE_ROW:
            of_cell(row.cells[0]).getparent().get_or_add_trPr().append(element("cantSplit"))
        for cell, statement, width, side in zip(row.cells, statements, widths, sides, strict=True):
            cell.width = Pt(width)
            _fill(cell.paragraphs[0], statement, side, small=len(widths) >= _SMALLER)
    _set_head(made, shown=head)
    add_paragraph(word, "Cell").paragraph_format.space_after = Pt(6)


def _set_head(table: Table, *, shown: bool) -> None:
    row = of_cell(table.cell(0, 0)).getparent()
    if shown:
        row.get_or_add_trPr().append(element("tblHeader"))
    else:
        look = row.getparent().tblPr.find(qn("w:tblLook"))
        look.set(qn("w:firstRow"), "0")
        look.set(qn("w:val"), _WITHOUT_HEAD)


def _fill(paragraph: Paragraph, statement: Statement, side: WD_ALIGN_PARAGRAPH, *, small: bool) -> None:
    of_paragraph(paragraph).style = "Cell"
    paragraph.alignment = side
    say(paragraph, statement)
    if small:
        for run in paragraph.runs:
            run.font.size = Pt(8)


def _needs(rows: Sequence[Sequence[Statement]]) -> list[Need]:
    return [_need(column) for column in zip(*rows, strict=True)]


def _need(column: Sequence[Statement]) -> Need:
    """Guess what a column needs; Word alone knows its letters' widths."""
    shown = [(f"{cell.text} {cell.status}"[:_LOOKED_AT], marks_on(cell)) for cell in column]
    whole = [_width(len(text), marks) for text, marks in shown]
    words = [_width(max(map(len, text.split()), default=0), min(marks, MARKS_TOGETHER)) for text, marks in shown]
    return Need(max(whole), fmean(whole), max(words))


def _width(characters: int, marks: int) -> float:
    return (characters + 3 * marks) * _CHARACTER + _PADDING


def facts(word: Word, rows: Sequence[tuple[Statement, ...]]) -> None:
    """Add labels and values side by side."""
    pairs = [(label, value) for label, *values in rows for value in values]
    if pairs:
        width = measure(word)
        grid(word, pairs, [width * 0.3, width * 0.7], [WD_ALIGN_PARAGRAPH.LEFT] * 2, head=False)
