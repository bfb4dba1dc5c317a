"""Tables of HTML pages: which ones hold data, and their rows with spans laid out."""

from collections.abc import Callable

from bs4 import Tag

from quire.nodes.sources.folding import fold
from quire.nodes.sources.tables import Row

_MAX_SPAN = 100
"""A cell may claim to span a hundred thousand columns."""
_BOLD = frozenset({"b", "strong"})


def is_data_table(table: Tag) -> bool:
    """Tell data from layout: a table with a table in it, or of a single column, arranges the page."""
    if table.find("table") is not None:
        return False
    return any(len(row.find_all(["td", "th"])) > 1 for row in table.find_all("tr", limit=50))


def rows_of(table: Tag, place: str, text_of: Callable[[Tag], str]) -> list[Row]:
    """Give the rows as ``<place>, row 2``. What spans rows stands in each of them; what spans columns, in its first."""
    rows: list[Row] = []
    carried: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(table.find_all("tr"), 1):
        found = list(row.find_all(["td", "th"]))
        cells, carried = _laid_out(found, carried, text_of)
        in_head = row.find_parent("thead") is not None
        header = bool(found) and (in_head or all(cell.name == "th" or _is_bold(cell, text_of) for cell in found))
        rows.append(
            Row(f"{place}, row {number}", cells, header=header, strong=bool(found) and _stands_out(found[0], text_of))
        )
    return rows


def _laid_out(
    found: list[Tag], carried: dict[int, tuple[int, str]], text_of: Callable[[Tag], str]
) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """Lay a row's cells out over columns, with the cells that earlier rows carry into it."""
    cells: list[str] = []
    following = {column: (left - 1, text) for column, (left, text) in carried.items() if left > 1}
    for cell in found:
        while len(cells) in carried:
            cells.append(carried[len(cells)][1])
        text = text_of(cell)
        if (down := _span(cell, "rowspan")) > 1:
            following[len(cells)] = (down - 1, text)
        cells += [text] + [""] * (_span(cell, "colspan") - 1)
    while len(cells) in carried:
        cells.append(carried[len(cells)][1])
    return cells, following


def _span(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute) or "1").strip()
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < len("1000000") else 1


def _is_bold(cell: Tag, text_of: Callable[[Tag], str]) -> bool:
    text = text_of(cell)
    return bool(text) and fold(" ".join(text_of(bold) for bold in cell.find_all(_BOLD))) == text


def _stands_out(cell: Tag, text_of: Callable[[Tag], str]) -> bool:
    return cell.name == "th" or _is_bold(cell, text_of)
