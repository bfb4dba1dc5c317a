"""Tables of Word documents: rows with merged cells laid out over their columns."""

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from quire.nodes.sources.docx_words import Styles, is_bold, words_of
from quire.nodes.sources.folding import fold
from quire.nodes.sources.tables import Row

_MAX_SPAN = 100


def rows_of(table: BaseOxmlElement, place: str, styles: Styles) -> list[Row]:
    """Give the rows as ``<place>, row 2``. What is merged down stands in each, what is merged across in its first."""
    rows: list[Row] = []
    for number, row in enumerate(table.iterchildren(qn("w:tr")), 1):
        above = rows[-1].cells if rows else []
        cells = _laid_out(row, above, styles)
        marked = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        header = marked or (not rows and (is_bold(row, styles) or styles.sets_off_first_row(table)))
        first = next(row.iterchildren(qn("w:tc")), None)
        strong = first is not None and is_bold(first, styles)
        rows.append(Row(f"{place}, row {number}", cells, header=header, strong=strong))
    return rows


def _laid_out(row: BaseOxmlElement, above: list[str], styles: Styles) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continues = merge is not None and merge.get(qn("w:val")) != "restart" and len(cells) < len(above)
        cells.append(above[len(cells)] if continues else _text_of(cell, styles))
        cells += [""] * (_span(cell) - 1)
    return cells


def _text_of(cell: BaseOxmlElement, styles: Styles) -> str:
    return fold(" ".join(words_of(paragraph, styles) for paragraph in cell.iter(qn("w:p"))))


def _span(cell: BaseOxmlElement) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = str(span.get(qn("w:val"))) if span is not None else "1"
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < len("1000000") else 1
