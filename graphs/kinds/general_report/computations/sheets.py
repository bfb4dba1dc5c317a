"""Tables of sources: rows that follow one another under the same titles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from quire.graphs.kinds.general_report.computations.placeholders import is_placeholder
from quire.nodes.sources.passage import Passage, Reading


@dataclass(frozen=True)
class Sheet:
    """A table of a source."""

    reading: Reading
    columns: tuple[str, ...]
    caption: str
    """What it stands under, and its source."""
    rows: tuple[Passage, ...]
    """In the order of the source, but for those that are still to be filled in."""
    left_open: int
    """How many are."""
    ranks: Mapping[str, int]
    """By address: how near the row is to the question; the nearest has the least."""
    pairs: bool = False
    """Its rows are names with their values, which have no titles."""

    @property
    def rank(self) -> int:
        """How near its nearest row is."""
        return min(self.ranks.values())

    def cells(self, column: str) -> list[str]:
        """Give a column from the first row to the last."""
        return [row.get("fields", {}).get(column, "") for row in self.rows]


def sheets_of(reading: Reading, order: Mapping[tuple[str, str], int]) -> Iterator[Sheet]:
    """Give each table of a source.

    Args:
        reading: the source.
        order: of all passages, by source and address: the nearest to the question has the least.

    """
    rows = groupby((p for p in reading["passages"] if p["kind"] == "row"), key=_titles)
    for (columns, over), passages in rows:
        every = list(passages)
        filled = tuple(p for p in every if not _is_open(p))
        ranks = {p["address"]: order[p["source"], p["address"]] for p in every}
        caption = f"{', '.join(over)} ({reading['source']})" if over else reading["source"]
        pairs = columns == _PAIR and len({name for p in every for name in p.get("fields", {})}) > 1
        titles = columns if columns != _PAIR else tuple(every[0].get("fields", {}))
        yield Sheet(reading, titles, caption, filled, len(every) - len(filled), ranks, pairs)


_PAIR = ("",)
"""Stands for the title of rows that are a name with its value: a row each, and one table."""


def _titles(passage: Passage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what rows of one table have in common."""
    fields = passage.get("fields", {})
    is_pair = [f"{name}: {said}" for name, said in fields.items()] == [passage["text"]]
    return _PAIR if is_pair else tuple(fields), tuple(passage["headings"])


def _is_open(row: Passage) -> bool:
    """Whether a row says nothing yet but what it is about."""
    cells = [cell for cell in list(row.get("fields", {}).values())[1:] if cell.strip()]
    return bool(cells) and all(map(is_placeholder, cells))
