"""Lines at a page's head or foot that are set to both margins: no rows of a table, though they stand as such."""

from collections.abc import Sequence
from itertools import pairwise

from quire.nodes.sources.pdf.gutters import CELL_GAP
from quire.nodes.sources.pdf.headers import is_figure
from quire.nodes.sources.pdf.rows import text_of
from quire.nodes.sources.pdf.shapes import Row

_MOST_LINES = 4
_FLUSH = 2.0
"""Points by which lines that end at one margin may differ."""
_SET_APART = 2.2
"""Room to the rest of the page, in parts of the type size; and in parts of the room between the lines."""


def at_margin(own: Sequence[Row], page: Sequence[Row]) -> bool:
    """Tell whether rows are a page's first or last lines, whose left parts begin and right parts end alike.

    The right parts are words, set to the right: amounts that stand so belong to the words before them.
    """
    if not 1 < len(own) <= _MOST_LINES or not _is_set_apart(own, page):
        return False
    lines = [row.pieces(CELL_GAP) for row in own]
    if any(len(pieces) != 2 for pieces in lines):  # noqa: PLR2004 - a left part and a right one
        return False
    begin = [left[0].x0 for left, _ in lines]
    start = [right[0].x0 for _, right in lines]
    end = [right[-1].x1 for _, right in lines]
    figures = sum(is_figure(text_of(right)) for _, right in lines)
    flush = max(begin) - min(begin) <= _FLUSH and max(end) - min(end) <= _FLUSH
    return flush and max(start) - min(start) > own[0].size and 2 * figures < len(own)


def _is_set_apart(own: Sequence[Row], page: Sequence[Row]) -> bool:
    """Whether the rest of the page, which is longer, lies below the rows or above them, with room between."""
    first, last, size = own[0].y, own[-1].y, own[0].size
    above, below = [row.y for row in page if row.y < first], [row.y for row in page if row.y > last]
    rest = above or below
    if (above and below) or len(rest) <= len(own):
        return False
    room = first - max(above) if above else min(below) - last
    return room > _SET_APART * max(size, *(under.y - over.y for over, under in pairwise(own)))
