"""How wide a table's columns are: by what stands in them."""

from collections.abc import Sequence

_NARROWEST = 24.0
"""Points that every column gets, while that leaves a third of the line to share."""
_WIDEST_WORD = 0.4
"""Part of the line that a single word may claim; a longer one is broken."""


def column_widths(wanted: Sequence[float], least: Sequence[float], available: float) -> list[float]:
    """Share a line between columns, so that figures stay in one line and prose takes what is left.

    Args:
        wanted: width of each column if nothing in it were wrapped, in points.
        least: width of the longest word in each.
        available: width of the table; the result adds up to it.

    """
    if not wanted:
        return []
    floor = min(_NARROWEST, available / (1.5 * len(wanted)))
    shared = available - floor * len(wanted)
    more = [max(width - floor, 0) for width in wanted]
    need = [max(min(width, available * _WIDEST_WORD) - floor, 0) for width in least]
    return [floor + width for width in _shared(more, [min(pair) for pair in zip(need, more, strict=True)], shared)]


def _shared(wanted: Sequence[float], least: Sequence[float], available: float) -> list[float]:
    """Share in proportion where everything fits or nothing does, else give what is least and a share of the rest."""
    if sum(wanted) <= available:
        return _scaled(wanted, available)
    if sum(least) >= available:
        return _scaled(least, available)
    slack = [large - small for small, large in zip(least, wanted, strict=True)]
    share = (available - sum(least)) / sum(slack)
    return [small + share * loose for small, loose in zip(least, slack, strict=True)]


def _scaled(widths: Sequence[float], available: float) -> list[float]:
    total = sum(widths)
    return [width * available / total if total else available / len(widths) for width in widths]
