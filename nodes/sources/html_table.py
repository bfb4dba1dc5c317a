"""Tables of HTML pages: which ones hold data, and their rows with spans laid out."""

from collections.abc import Callable

from bs4 import Tag

from quire.nodes.sources.folding import fold
from quire.nodes.sources.tables import Row

_MAX_SPAN = 100
"""A cell may claim to span a hundred thousand columns."""
_SHORT = 12
"""Words of a meaning that is a value; a longer one is a sentence."""
_BLOCKS = ["dl", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"]
_BOLD = frozenset({"b", "strong"})


def is_tabular(tag: Tag) -> bool:
    """Tell what is taken whole: a table of data, or a list of terms with short meanings."""
    return (tag.name == "table" and is_data_table(tag)) or (tag.name == "dl" and is_term_list(tag))


def is_term_list(terms: Tag) -> bool:
    """Tell a list of terms that reads like a table of names and values from one of definitions."""
    parts = terms.find_all(["dt", "dd"])
    if {part.name for part in parts} != {"dt", "dd"} or terms.find(_BLOCKS) is not None:
        return False
    if any(part.parent is None or part.parent.name not in {"dl", "div"} for part in parts):
        return False  # left open, so that the next one stands in it
    return all(part.name == "dt" or len(part.get_text(" ").split()) <= _SHORT for part in parts)


def term_rows(terms: Tag, place: str, text_of: Callable[[Tag], str]) -> list[Row]:
    """Give each term with what it means as a row of two cells; several of either stand together."""
    groups: list[tuple[list[str], list[str]]] = [([], [])]
    for part in terms.find_all(["dt", "dd"]):
        if part.name == "dt" and groups[-1][1]:
            groups.append(([], []))
        groups[-1][part.name == "dd"].append(text_of(part))
    told = [["; ".join(filter(None, names)), "; ".join(filter(None, meant))] for names, meant in groups]
    return [Row(f"{place}, row {number}", cells) for number, cells in enumerate(told, 1)]


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
