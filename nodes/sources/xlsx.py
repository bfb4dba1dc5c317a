"""Reads XLSX: one passage per row of a table, each cell under its sheet's name and its place: ``Budget!C4``."""

import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from quire.nodes.faults import BadInput
from quire.nodes.sources.archive import as_transitional, open_archive
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.table_header import lines_before, reads_as_titles
from quire.nodes.sources.tables import Row
from quire.nodes.sources.xlsx_blocks import Cell, Line, blocks_of, columns_of, groups, is_titled
from quire.nodes.sources.xlsx_parts import Part, parts_of
from quire.nodes.sources.xlsx_shown import shown

_MAIN_PART = "xl/workbook.xml"
_MAX_CELLS = 1_000_000
_TOLD = 5
"""How many hidden rows or cells without a value are named before the rest are only counted."""


def read_xlsx(source: str, data: bytes) -> Gathering:
    """Read what the sheets show. A row is ``Budget!A4:D4``, a cell ``Budget!C4``; formulas are never computed.

    Raises:
        BadInput: encrypted, broken, no workbook, far larger unpacked than packed, or over 1,000,000 cells.

    """
    archive = open_archive(source, data)
    if _MAIN_PART not in archive.namelist():
        raise BadInput("a zip container, but not an Excel workbook", file=source, hint="give the .xlsx itself")
    gathering = Gathering(source)
    try:
        _read(gathering, as_transitional(archive, data, _MAIN_PART))
    except (BadInput, MemoryError, RecursionError):
        raise
    except BaseException as error:  # calamine's panics are no Exceptions, and the rest raise what they like
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        hint = "open and save it in Excel or LibreOffice again"
        raise BadInput("broken: not a whole Excel workbook", file=source, hint=hint) from error
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering


def _read(gathering: Gathering, data: bytes) -> None:
    sizes = CalamineWorkbook.from_filelike(io.BytesIO(data))
    parts = parts_of(open_archive(gathering.source, data))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, rich_text=True)
        gathering.title = fold(str(book.properties.title or ""))
        left = _MAX_CELLS
        for chart in book.chartsheets:
            gathering.warn(f"the sheet “{chart.title}” is a chart, and was not read")
        for sheet in book.worksheets:
            part = parts[sheet.title]
            if part.state != "visible":
                gathering.warn(f"the sheet “{sheet.title}” is hidden, and was left out")
                continue
            size = sizes.get_sheet_by_name(sheet.title)
            left -= size.height * size.width
            if left < 0:
                hint = "split it into several workbooks, or give the sheets as CSV"
                raise BadInput(f"more than {_MAX_CELLS:,} cells", file=gathering.source, field=sheet.title, hint=hint)
            if size.end is not None:
                _Sheet(gathering, part).read(sheet, *size.end)
    for warning in said:
        if "Cell " in str(warning.message):  # of a date that is none; other warnings are of what shows nothing
            gathering.warn(str(warning.message).partition("\n")[0])


class _Sheet:
    """Reads one sheet's cells."""

    def __init__(self, gathering: Gathering, part: Part) -> None:
        self.gathering = gathering
        self.part = part
        self.struck: list[str] = []
        self.titles: tuple[list[int], list[Row]] | None = None
        """The columns and the header of the table above."""

    def read(self, sheet: Any, last_row: int, last_column: int) -> None:
        rows = sheet.iter_rows(max_row=last_row + 1, max_col=last_column + 1)
        lines = [line for number, row in enumerate(rows, 1) if (line := self._line(number, row)).cells]
        self._fill_down(lines)
        for block in blocks_of(lines):
            self._block(block)
        self._beside()

    def _line(self, number: int, row: Sequence[Any]) -> Line:
        if number in self.part.hidden_rows:
            return Line(number, {})
        cells = {}
        for column, cell in enumerate(row, 1):
            if cell.value is None or column in self.part.hidden_columns:
                continue
            value = self._standing(cell)
            text = fold(shown(value, cell.number_format))
            if cell.font.strike:
                self.struck.append(text)
            elif text:
                cells[column] = Cell(text, not isinstance(cell.value, str), bool(cell.font.b))
        return Line(number, cells)

    def _standing(self, cell: Any) -> Any:
        """Give a cell's value, of words in several types those that are not struck through."""
        if self.part.struck and cell.coordinate in self.part.struck:
            stands, away = self.part.struck[cell.coordinate]
            self.struck += away
            return stands
        if not isinstance(cell.value, CellRichText):
            return cell.value
        kept: list[str] = []
        for run in cell.value:
            struck = isinstance(run, TextBlock) and run.font.strike
            (self.struck if struck else kept).append(str(run))
        return "".join(kept)

    def _fill_down(self, lines: Sequence[Line]) -> None:
        """Let a cell that is merged down label each row that it spans."""
        by_number = {line.number: line for line in lines}
        for column, first, _, last in self.part.merges:
            cell = by_number[first].cells.get(column) if first in by_number else None
            for number in range(first + 1, min(last, lines[-1].number if lines else 0) + 1):
                if cell is not None and number in by_number:
                    by_number[number].cells.setdefault(column, cell)

    def _place(self, column: int, row: int) -> str:
        return f"{self.part.name}!{get_column_letter(column)}{row}"

    def _block(self, block: list[Line]) -> None:
        columns = columns_of(block)
        before = lines_before([[line.cells[c].text if c in line.cells else "" for c in columns] for line in block])
        if len(columns) == 1 or max(len(line.cells) for line in block) == 1:
            before = len(block)
        grouped = int(0 < before < len(block) and groups(block[before - 1], block[before], self.part.merges))
        before -= grouped
        for line in block[:before]:
            for column, cell in sorted(line.cells.items()):
                self.gathering.add(self._place(column, line.number), cell.text, over=(self.part.name,))
        if block[before:]:
            self._table(block[before:], grouped)

    def _table(self, lines: list[Line], grouped: int) -> None:
        columns = columns_of(lines)
        titles = lines[grouped]
        declared = any(row == titles.number and column in columns for column, row in self.part.tables)
        rows = list(self._rows(lines, columns))
        told = [row.cells for row in rows[grouped:]]
        if declared or is_titled(titles, lines[grouped + 1 :]) or reads_as_titles(told):
            header = [Row(row.place, row.cells, header=True) for row in rows[: grouped + 1]]
            rows[: grouped + 1] = header
            self.titles = (columns, header)
        elif self.titles is not None and self._goes_on(lines, columns):
            columns, header = self.titles
            rows = [*header, *self._rows(lines, columns)]
        else:
            self.titles = None
        self.gathering.add_table(rows, self.part.name)

    def _goes_on(self, lines: Sequence[Line], columns: Sequence[int]) -> bool:
        """Tell a table's further rows, after an empty one, from another table."""
        assert self.titles is not None  # noqa: S101 - asked only then
        return set(columns) <= set(self.titles[0]) and any(cell.figure for cell in lines[0].cells.values())

    def _rows(self, lines: Sequence[Line], columns: Sequence[int]) -> Iterator[Row]:
        for number, cells in lines:
            place = f"{self._place(columns[0], number)}:{get_column_letter(columns[-1])}{number}"
            texts = [cells[column].text if column in cells else "" for column in columns]
            strong = columns[0] in cells and cells[columns[0]].bold
            yield Row(place, texts, strong=strong, names=tuple(self._place(column, number) for column in columns))

    def _beside(self) -> None:
        """Add comments and page headers, and say what is hidden, not computed or drawn."""
        part, gathering = self.part, self.gathering
        for place, text in part.comments:
            gathering.add_note(f"{part.name}!{place}, comment", text, f"Comment on {part.name}!{place}")
        for number, text in enumerate(part.margins, 1):
            gathering.add_note(f"{part.name}, page header {number}", text, "Page header")
        gathering.warn_of_struck(self.struck)
        rows = [str(number) for number in sorted(part.hidden_rows)]
        letters = [get_column_letter(number) for number in sorted(part.hidden_columns)]
        for what, hidden in (("row", rows), ("column", letters)):
            if hidden:
                gathering.warn(f"the sheet “{part.name}” has hidden {what}s, which were left out: {_some(hidden)}")
        if part.uncomputed:
            gathering.warn(
                f"formulas without a value in “{part.name}”: {_some(part.uncomputed)}; save it in Excel again"
            )
        if part.drawn:
            gathering.warn(f"charts and pictures on the sheet “{part.name}” were not read")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return ", ".join(names[:_TOLD]) + more
