"""Reads CSV: one passage per data row, numbered as a spreadsheet numbers them (the header is row 1)."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from quire.nodes.faults import BadInput
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.tables import Row

_MAX_ROWS = 100_000
_MAX_CELL = 64_000
_SAMPLE = 65_536
_SAMPLE_ROWS = 20
_DELIMITERS = ",;\t|"
_TOLD = 5
"""How many ragged rows are named before the rest are only counted."""


def read_csv(source: str, text: str) -> Gathering:
    """Read the rows. A cell's address is its row's and its column's title: ``row 4, height``.

    Raises:
        BadInput: a quote that is never closed, no header, a cell over 64 kB or more than 100,000 rows.

    """
    gathering = Gathering(source, title=PurePosixPath(source).stem)
    rows = [Row(f"row {number}", cells) for number, cells in _rows(source, text) if any(c.strip() for c in cells)]
    if rows:
        _warn_of_ragged(gathering, rows)
        gathering.add_table([replace(rows[0], header=True), *rows[1:]], stacked=False)
    return gathering


def _rows(source: str, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > _MAX_ROWS:
                raise BadInput(f"more than {_MAX_ROWS} rows", file=source, hint="give only the rows the document needs")
            _check_cells(source, number, cells)
            yield number, cells
    except csv.Error as error:
        raise BadInput(
            f"row {number + 1} is not valid CSV: {error}",
            file=source,
            line=reader.line_num,
            hint="close the quote, and double quotes inside quoted cells",
        ) from error


def _check_cells(source: str, number: int, cells: list[str]) -> None:
    if any(len(cell) > _MAX_CELL for cell in cells):
        raise BadInput(
            f"row {number} has a cell of more than {_MAX_CELL} characters",
            file=source,
            field=f"row {number}",
            hint="is a quote never closed?",
        )


def _delimiter(text: str) -> str:
    """Find the delimiter that parts the first rows most evenly; a comma if nothing parts them.

    ``csv.Sniffer`` is not asked: a few kilobytes of quotes keep it busy for minutes.
    """
    first = text[:_SAMPLE].split("\n")[: _SAMPLE_ROWS + 1]
    sample = "\n".join(first[:_SAMPLE_ROWS])
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """Say how many rows a delimiter parts into as many cells as the first row, and into how many."""
    widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    width = widths[0] if widths else 1
    return (sum(other == width for other in widths), width) if width > 1 else (0, 0)


def _warn_of_ragged(gathering: Gathering, rows: list[Row]) -> None:
    width = len(rows[0].cells)
    ragged = [row for row in rows[1:] if len(row.cells) != width]
    for row in ragged[:_TOLD]:
        gathering.warn(f"{row.place} has {len(row.cells)} cells, the header has {width}")
    if len(ragged) > _TOLD:
        gathering.warn(f"{len(ragged) - _TOLD} further rows do not have the header's {width} cells")
    if all(not cell.strip() or cell.strip().replace(".", "", 1).isdigit() for cell in rows[0].cells):
        gathering.warn(f"{rows[0].place} holds only numbers, yet it was taken for the header")
