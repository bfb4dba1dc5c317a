"""Tables of any source: column titles, and rows as cells by title."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quire.nodes.sources.folding import fold

_PAIR = 2
_TITLE_WORDS = frozenset(
    [
        *("actual", "amount", "answer", "category", "classification", "comment", "comments", "count", "date", "depth"),
        *("description", "detail", "details", "distance", "elevation", "finding", "height", "limit", "maximum"),
        *("minimum", "note", "notes", "number", "permitted", "quantity", "required", "requirement", "requirements"),
        *("response", "result", "spaces", "standard", "standards", "status", "total", "value", "values", "width"),
    ]
)
"""Words that title the second column of two, where no type marks a header: ``Yard, Minimum``, not ``Owner, Hale``."""


@dataclass(frozen=True)
class Row:
    """A table row as read: its cells and where it stands (``line 120``, ``row 3``)."""

    place: str
    cells: list[str]
    header: bool = False
    strong: bool = False
    """Whether its first cell is all in bold type: a group's title if the other cells are empty."""


@dataclass(frozen=True)
class Record:
    """A data row: its cells by column title, and the titles that stand over it inside the table."""

    place: str
    fields: dict[str, str]
    over: list[str]


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


def _is_second_header(header: list[str], row: Row) -> bool:
    """Tell a row of sub-titles under spanning titles: it fills the header's gaps and holds no figures."""
    gaps = [position for position, cell in enumerate(header) if not cell and position]
    filled = all(position < len(row.cells) and row.cells[position] for position in gaps)
    return bool(gaps) and any(header) and filled and not any(map(_is_figure, row.cells))


def _merge_headers(over: list[str], under: list[str]) -> tuple[list[str], list[str]]:
    """Join two header rows. One spanning title stands over the table; several go into their columns' titles."""
    under = ["" if low == high else low for high, low in zip(over, under, strict=True)]
    spans, current = [], ""
    for high, low in zip(over, under, strict=True):
        current = high or (current if low else "")
        spans.append(current if low else "")
    spanning = sorted(set(spans) - {""}, key=spans.index)
    if len(spanning) <= 1:
        return [low or high for high, low in zip(over, under, strict=True)], spanning
    joined = [f"{span}, {low}" if span else low for span, low in zip(spans, under, strict=True)]
    return [title or high for title, high in zip(joined, over, strict=True)], []


def _without_header(rows: list[Row]) -> tuple[list[str], list[str], list[Row]]:
    return [""] * max(len(row.cells) for row in rows), [], rows


def _with_header(rows: list[Row], *, stacked: bool) -> tuple[list[str], list[str], list[Row]]:
    """Take a marked header of one or two rows off: column titles, titles spanning the table, data rows."""
    header, body = [fold(cell) for cell in rows[0].cells], rows[1:]
    if stacked and body and (body[0].header or _is_second_header(header, body[0])):
        width = max(len(row.cells) for row in rows[:2])
        header = _padded(rows[0], width)
        titles, over = _merge_headers(header, _padded(body[0], width))
        return titles, over, body[1:]
    return header, [], body


def _padded(row: Row, width: int) -> list[str]:
    return [fold(cell) for cell in row.cells] + [""] * (width - len(row.cells))


def _first_row_titles(rows: list[Row]) -> bool:
    """Guess whether an unmarked first row holds titles: no figure in it, and of two, the second names a column."""
    if any(map(_is_figure, rows[0].cells)) or len(rows) == 1:
        return False
    second = re.findall(r"[a-z]+", rows[0].cells[-1].lower())
    return len(rows[0].cells) > _PAIR or bool(_TITLE_WORDS.intersection(second[:1] + second[-1:]))


def _is_figure(cell: str) -> bool:
    """Tell a value (``20``, ``$1,500``, ``18%``) from a title (``To R1 District Line``)."""
    return bool(re.match(r"\W*\d", cell))


def records(rows: list[Row], *, stacked: bool = True) -> Iterator[tuple[Record, str]]:
    """Yield each data row that holds anything, with its text.

    The header is the first row if it is marked as one or reads like one; with ``stacked`` it may be
    two rows. A table of two columns without a header is taken for names and values: each row is one field.
    """
    rows = [row for row in rows if any(fold(cell) for cell in row.cells)]
    if not rows:
        return
    titled = rows[0].header or _first_row_titles(rows)
    header, over, body = _with_header(rows, stacked=stacked) if titled else _without_header(rows)
    pairs = not titled and len(header) == _PAIR
    titles, group = column_titles(header), list[str]()
    for row in body:
        pair = pairs and len(row.cells) == _PAIR and all(fold(cell) for cell in row.cells)
        fields = {fold(row.cells[0]): fold(row.cells[1])} if pair else fields_of(titles, row.cells)
        told = [cell for cell in fields.values() if cell]
        alone = row.strong and len(told) == 1 and bool(fold(row.cells[0]))
        text = row_text(fields, [*fields] if pair else header)
        yield Record(row.place, fields, over + ([] if alone else group)), text
        group = told if alone else group
