"""Tables that go on over pages: parts with the same columns are one, and a header that is repeated is left out."""

from collections.abc import Iterable, Iterator

from quire.nodes.sources.pdf.page import Line, Part
from quire.nodes.sources.pdf.shapes import CellRow

_SAME_EDGE = 14.0


def placed(rows: list[CellRow], page: int, number: int) -> Iterator[tuple[str, CellRow]]:
    """Address the rows by the line on which each begins."""
    for row in rows:
        yield f"page {page}, line {number}", row
        number += row.lines


class Table:
    """A whole table: rows with their addresses."""

    def __init__(self, part: Part) -> None:
        self.rows = [*placed(part.rows, part.page, part.number)]
        self.ruled = part.ruled
        self._last = part

    def takes(self, part: Part) -> bool:
        """Take in the part on the next page, if it has the same columns; tell whether it was."""
        last = self._last
        if part.page != last.page + 1 or len(part.edges) != len(last.edges):
            return False
        if any(abs(one - other) > _SAME_EDGE for one, other in zip(part.edges, last.edges, strict=True)):
            return False
        head = [row.cells for _, row in self.rows[:2]]
        own = [*placed(part.rows, part.page, part.number)]
        while own and head and own[0][1].cells == head[0]:
            own, head = own[1:], head[1:]
        self.rows += own
        self._last = part
        return True

    def is_repeated(self, lines: list[Line]) -> bool:
        """Tell whether lines are the table's titles, set again over its part on the next page."""
        told = " ".join(line.text for line in lines).split()
        titles = " ".join(self.rows[0][1].cells).split() if self.rows else []
        return bool(told) and lines[0].page == self._last.page + 1 and told == titles


def whole(blocks: Iterable[list[Line] | Part]) -> Iterator[list[Line] | Table]:
    """Join the parts of tables between which nothing stands but what runs over the pages."""
    table: Table | None = None
    for block in blocks:
        if isinstance(block, list):
            if table and table.is_repeated(block):
                continue
            if table:
                yield table
            table = None
            yield block
        elif table is None or not table.takes(block):
            if table:
                yield table
            table = Table(block)
    if table:
        yield table
