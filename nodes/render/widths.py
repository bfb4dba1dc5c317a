"""How wide a table's columns are: by what stands in them."""

from collections.abc import Sequence


def column_widths(wanted: Sequence[float], least: Sequence[float], available: float) -> list[float]:
    """Share a line between columns, so that figures stay in one line and prose takes what is left.

    Args:
        wanted: width of each column if nothing in it were wrapped.
        least: width of the longest word in each.
        available: width of the table, in the same unit; the result adds up to it.

    """
    if not wanted:
        return []
    if sum(wanted) <= available:
        return _scaled(wanted, available)
    least = [min(small, large) for small, large in zip(least, wanted, strict=True)]
    if sum(least) >= available:
        return _scaled(least, available)
    slack = [large - small for small, large in zip(least, wanted, strict=True)]
    share = (available - sum(least)) / sum(slack)
    return [small + share * loose for small, loose in zip(least, slack, strict=True)]


def _scaled(widths: Sequence[float], available: float) -> list[float]:
    """Keep the proportions; a column that wants nothing still gets a little."""
    floor = available / (20 * len(widths))
    raised = [max(width, floor) for width in widths]
    return [width * available / sum(raised) for width in raised]
