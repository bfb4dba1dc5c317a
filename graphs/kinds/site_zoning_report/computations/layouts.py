"""How a table of requirements is laid out: which column labels, which hold figures, which rows concern a district."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quire.graphs.kinds.site_zoning_report.computations.measures import measure_named, spaced
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision

_NOTES = re.compile(
    r"^(?:notes?|remarks?|comments?|citations?|(?:code\s+|zoning\s+code\s+)?(?:sections?|citations?)|references?|sources?|see|chapter|url|description)$",
    re.IGNORECASE,
)
_CITATION = re.compile(r"^(?:(?:zoning\s+)?code\s+)?(?:citation|section)s?$", re.IGNORECASE)
_UNITS = re.compile(r"^units?(?:\s+of\s+measure\w*)?$", re.IGNORECASE)
_PLAIN = re.compile(
    r"^(?:requirements?|required|values?|standards?|regulations?|limits?|(?:min|max)(?:imum)?\.?(?:\s+(?:required|allowed|permitted))?|column\s+\d+|figure|amount)"
    r"(?:\s*\([^)]*\))?$",
    re.IGNORECASE,
)
_YARD = re.compile(
    r"^(?:\(?\w{1,2}[.)]\s+)?(?:min\w*\.?\s+)?(?:front|side|rear|street side|corner side|interior side)\b",
    re.IGNORECASE,
)
_PROPER = re.compile(r"^(?:[A-Z]\.?){2,}$|[A-Z]\.[A-Z]|\d")
_ENOUGH = 2


@dataclass(frozen=True)
class Figure:
    """A cell that may hold a requirement."""

    column: str
    text: str
    qualifier: str


@dataclass(frozen=True)
class Line:
    """A row's label with its cells; of a table with measures for columns, one such line a cell."""

    provision: Provision
    label: str
    figures: tuple[Figure, ...]
    unit: str


def lines_for(table: Sequence[Provision], names: Names, *, own: bool) -> list[Line]:
    """Read a table's lines that concern a district.

    Args:
        table: its rows.
        names: the district.
        own: whether the table stands in the district's own chapter, so that it need not name the district.

    """
    columns = list(table[0].passage.get("fields", {}))
    by_district = [column for column in columns if names.in_column(column)]
    if by_district:
        return list(_labelled(table, _label_column(table, columns), by_district))
    ours = [row for row in table if any(names.is_cell(cell) for cell in row.passage.get("fields", {}).values())]
    if not ours and (not own or any(names.of_another(column) for column in columns)):
        return []
    rows = ours or table
    measuring = [column for column in columns if measure_named(spaced(column)) and not _NOTES.match(spaced(column))]
    if len(measuring) >= _ENOUGH or (measuring and ours):
        return list(_by_measure(rows, columns, measuring, names))
    label = _label_column(rows, columns)
    values = [c for c in columns if c != label and not _NOTES.match(spaced(c)) and not _UNITS.match(spaced(c))]
    return list(_labelled(rows, label, [c for c in values if not _names_district(rows, c, names)]))


def _names_district(rows: Sequence[Provision], column: str, names: Names) -> bool:
    return any(names.is_cell(row.passage.get("fields", {})[column]) for row in rows)


def _label_column(rows: Sequence[Provision], columns: Sequence[str]) -> str:
    """Find the column whose cells name measures most often; of equals, the first."""

    def named(column: str) -> int:
        cells = [row.passage.get("fields", {})[column] for row in rows]
        return sum(bool(_YARD.match(cell) or measure_named(spaced(cell))) for cell in cells)

    return max(columns, key=lambda column: (named(column), -columns.index(column)))


def _unit_column(columns: Sequence[str]) -> str:
    return next((column for column in columns if _UNITS.match(spaced(column))), "")


def _labelled(rows: Sequence[Provision], label: str, values: Sequence[str]) -> Iterator[Line]:
    for row in rows:
        cells = row.passage.get("fields", {})
        unit = cells.get(_unit_column(list(cells)), "")
        qualified = len(values) > 1
        figures = (Figure(c, cells[c], column_words(c) if qualified else "") for c in values)
        yield Line(row, cells[label], tuple(figures), unit)


def _by_measure(
    rows: Sequence[Provision], columns: Sequence[str], measuring: Sequence[str], names: Names
) -> Iterator[Line]:
    for row in rows:
        cells = row.passage.get("fields", {})
        told = [c for c in columns if c not in measuring and not _NOTES.match(spaced(c)) and len(rows) > 1]
        worded = (cells[c] for c in told if re.search("[A-Za-z]{3}", cells[c]) and not names.is_cell(cells[c]))
        qualifier = ", ".join(worded)
        for column in measuring:
            yield Line(row, spaced(column), (Figure(column, cells[column], qualifier),), "")


def citation_in(provision: Provision) -> str:
    """Give the section that a row itself cites, in a column of citations."""
    for column, cell in provision.passage.get("fields", {}).items():
        if cell and _CITATION.match(spaced(column)):
            return cell if re.match(r"(?i)(?:section|sec\.|chapter|ch\.|art)", cell) else f"Section {cell}"
    return ""


def column_words(title: str) -> str:
    """Turn a column's title into a qualifier: ``To Other Lot Line`` into ``to other lot line``, ``Required`` away."""
    if _PLAIN.match(spaced(title)):
        return ""
    words = [word if _PROPER.search(word) else word.lower() for word in spaced(title).split()]
    return re.sub(r"^line\s+(?=to\s)", "", " ".join(words))
