"""Reads CSV and TSV: one passage per data row, numbered as a spreadsheet numbers them.

Lines that stand before the header are paragraphs; Excel's first line ``sep=;`` is obeyed and is no row.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal

from quire.nodes.faults import BadInput
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.table_header import are_pairs, lines_before
from quire.nodes.sources.tables import Row

_MAX_ROWS = 100_000
_MAX_CELL = 64_000
_SAMPLE = 65_536
_SAMPLE_ROWS = 20
_DELIMITERS = ",;\t|"
_SAID = re.compile(r"sep=(?P<delimiter>[^\w\s\"]|\t)[ \t]*\n", re.IGNORECASE)
_TOLD = 5
"""How many ragged rows are named before the rest are only counted."""


def read_csv(source: str, text: str) -> Gathering:
    """Read the rows. A cell's address is its row's and its column's title: ``row 4, height``.

    Raises:
        BadInput: a quote that is never closed, no header, a cell over 64 kB or more than 100,000 rows.

    """
    said = _SAID.match(text)
    delimiter = said["delimiter"] if said else _delimiter(text)
    return _gathered(source, list(_rows(source, text, delimiter, after=said.end() if said else 0)))


def read_tsv(source: str, text: str) -> Gathering:
    """Read rows of cells with tabs between them. A quote mark that is never closed is a sign like any other.

    Raises:
        BadInput: a cell over 64 kB or more than 100,000 rows.

    """
    try:
        rows = list(_rows(source, text, "\t"))
    except BadInput as unclosed:
        if unclosed.field:
            raise
        rows = list(_rows(source, text, "\t", quoting=csv.QUOTE_NONE))
    return _gathered(source, rows)


def _gathered(source: str, numbered: list[tuple[int, list[str]]]) -> Gathering:
    gathering = Gathering(source, title=PurePosixPath(source).stem)
    rows = [Row(f"row {number}", cells) for number, cells in numbered if any(c.strip() for c in cells)]
    before = lines_before([row.cells for row in rows])
    for row in rows[:before]:
        gathering.add(row.place, "; ".join(cell for cell in row.cells if cell.strip()))
    if table := rows[before:]:
        _warn_of_ragged(gathering, table)
        titled = not are_pairs([row.cells for row in table])
        gathering.add_table([replace(table[0], header=titled), *table[1:]], stacked=False)
    return gathering


def _rows(
    source: str, text: str, delimiter: str, *, after: int = 0, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
) -> Iterator[tuple[int, list[str]]]:
    written = io.StringIO(text[after:], newline="")
    reader = csv.reader(written, delimiter=delimiter, strict=True, quoting=quoting)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > _MAX_ROWS:
                hint = "give only the rows the document needs"
                raise BadInput(f"more than {_MAX_ROWS} rows", file=source, field="rows", hint=hint)
            _check_cells(source, number, cells)
            yield number, cells
    except csv.Error as error:
        place = f"row {number + 1}"
        if "unexpected end" in str(error):
            problem = f"{place} is not valid CSV: a quote is opened in it or before it, and never closed"
        elif "expected after" in str(error):
            problem = (
                f"{place} is not valid CSV: behind a closed quote stands something else than the sign between cells"
            )
        else:
            problem = f"{place} is not valid CSV"
        raise BadInput(
            problem,
            file=source,
            line=reader.line_num + text.count("\n", 0, after),
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
    """Find the delimiter that parts most of the first rows alike; a comma if nothing parts them.

    ``csv.Sniffer`` is not asked: a few kilobytes of quotes keep it busy for minutes.
    """
    first = text[:_SAMPLE].split("\n")[: _SAMPLE_ROWS + 1]
    sample = "\n".join(first[:_SAMPLE_ROWS])
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """Say how many rows a delimiter parts into equally many cells, and into how many."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((times, width) for width, times in widths.items()), default=(0, 0))


def _warn_of_ragged(gathering: Gathering, rows: list[Row]) -> None:
    width = len(rows[0].cells)
    ragged = [row for row in rows[1:] if len(row.cells) != width]
    for row in ragged[:_TOLD]:
        gathering.warn(f"{row.place} has {len(row.cells)} cells, the header has {width}")
    if len(ragged) > _TOLD:
        gathering.warn(f"{len(ragged) - _TOLD} further rows do not have the header's {width} cells")
    if all(not cell.strip() or cell.strip().replace(".", "", 1).isdigit() for cell in rows[0].cells):
        gathering.warn(f"{rows[0].place} holds only numbers, yet it was taken for the header")
