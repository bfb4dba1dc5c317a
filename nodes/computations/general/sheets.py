"""Tables of sources: rows that follow one another under the same titles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from quire.nodes.computations.general.placeholders import is_placeholder
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
        yield Sheet(reading, columns, caption, filled, len(every) - len(filled), ranks)


def _titles(passage: Passage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(passage.get("fields", {})), tuple(passage["headings"])


def _is_open(row: Passage) -> bool:
    """Whether a row says nothing yet but what it is about."""
    cells = [cell for cell in list(row.get("fields", {}).values())[1:] if cell.strip()]
    return bool(cells) and all(map(is_placeholder, cells))
