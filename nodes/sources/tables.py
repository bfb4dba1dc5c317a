"""Tables of any source: column titles, and rows as cells by title."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quire.nodes.sources.folding import fold
from quire.nodes.sources.table_header import is_second_header, merged, reads_as_titles

_PAIR = 2


@dataclass(frozen=True)
class Row:
    """A table row as read: its cells and where it stands (``line 120``, ``row 3``)."""

    place: str
    cells: list[str]
    header: bool = False
    strong: bool = False
    """Whether its first cell is all in bold type: a group's title if the other cells are empty."""
    names: tuple[str, ...] = ()
    """Addresses of its cells, where the source has names for them: ``Budget!C4``."""


@dataclass(frozen=True)
class Record:
    """A data row: its cells by column title, and the titles that stand over it inside the table."""

    place: str
    fields: dict[str, str]
    over: list[str]
    cells: dict[str, str]
    """Addresses of its cells by column title, where the source has names for them."""


def column_titles(cells: list[str]) -> list[str]:
    """Name each column, uniquely: an untitled one is ``column 2``, a second ``height`` is ``height (2)``."""
    titles: dict[str, None] = {}
    repeats = Counter[str]()
    for position, cell in enumerate(cells, 1):
        name = fold(cell) or f"column {position}"
        repeats[name] += 1
        unique = name if repeats[name] == 1 else f"{name} ({repeats[name]})"
        titles[unique if unique not in titles else f"{unique}, column {position}"] = None
    return [*titles]


def row_text(fields: dict[str, str], header: list[str]) -> str:
    """Write a row out as ``column: value; column: value``, without empty cells and made-up titles."""
    titled = {title for title, cell in zip(fields, header, strict=False) if cell.strip()}
    told = ((title, cell) for title, cell in fields.items() if cell)
    return "; ".join(f"{title}: {cell}" if title in titled else cell for title, cell in told)


def fields_of(titles: list[str], cells: list[str]) -> dict[str, str]:
    """Put cells under their titles; a short row is filled with empty cells, a long one adds ``column n``."""
    known = {title: fold(cell) for title, cell in zip(titles, cells, strict=False)}
    empty = dict.fromkeys(titles[len(cells) :], "")
    extra = {f"column {n}": fold(cell) for n, cell in enumerate(cells[len(titles) :], len(titles) + 1) if fold(cell)}
    return {**known, **empty, **extra}


def _without_header(rows: list[Row]) -> tuple[list[str], list[str], list[Row]]:
    return [""] * max(len(row.cells) for row in rows), [], rows


def _with_header(rows: list[Row], *, stacked: bool) -> tuple[list[str], list[str], list[Row]]:
    """Take a marked header of one or two rows off: column titles, titles spanning the table, data rows."""
    header, body = [fold(cell) for cell in rows[0].cells], rows[1:]
    below = body[1].cells if len(body) > 1 else []
    if stacked and body and (body[0].header or (below and is_second_header(header, body[0].cells, below))):
        width = max(len(row.cells) for row in rows[:2])
        header = _padded(rows[0], width)
        titles, over = merged(header, _padded(body[0], width))
        return titles, over, body[1:]
    return header, [], body


def _padded(row: Row, width: int) -> list[str]:
    return [fold(cell) for cell in row.cells] + [""] * (width - len(row.cells))


def records(rows: list[Row], *, stacked: bool = True, paired: bool = False) -> Iterator[tuple[Record, str]]:
    """Yield each data row that holds anything, with its text.

    The header is the first row if it is marked as one or reads like one; with ``stacked`` it may be
    two rows. A table of two columns without a header is taken for names and values: each row is one field.
    With ``paired`` it is known to be one, as it is where every first cell ends with a colon.
    """
    rows = [row for row in rows if any(fold(cell) for cell in row.cells)]
    if not rows:
        return
    paired = paired or all(len(row.cells) == _PAIR and fold(row.cells[0]).endswith((":", "\uff1a")) for row in rows)
    titled = not paired and (rows[0].header or reads_as_titles([row.cells for row in rows]))
    header, over, body = _with_header(rows, stacked=stacked) if titled else _without_header(rows)
    pairs = not titled and len(header) == _PAIR
    titles, group = column_titles(header), list[str]()
    for row in body:
        pair = pairs and len(row.cells) == _PAIR and all(fold(cell) for cell in row.cells)
        fields = {fold(row.cells[0]).rstrip(" :\uff1a"): fold(row.cells[1])} if pair else fields_of(titles, row.cells)
        told = [cell for cell in fields.values() if cell]
        alone = row.strong and len(told) == 1 and bool(fold(row.cells[0]))
        text = row_text(fields, [*fields] if pair else header)
        cells = dict(zip(fields, row.names[1:] if pair else row.names, strict=False))
        yield Record(row.place, fields, over + ([] if alone else group), cells), text
        group = told if alone else group
