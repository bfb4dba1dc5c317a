"""How wide a table's columns are: by what stands in them."""

from collections.abc import Sequence

_LEAST_SHARE = 20  # even a column of nothing has a twentieth of an equal share


def column_widths(wanted: Sequence[float], least: Sequence[float], available: float) -> list[float]:
    """Share a line between columns, so that figures stay in one line and prose takes what is left.

    Args:
        wanted: width of each column if nothing in it were wrapped.
        least: width of the longest word in each.
        available: width of the table, in the same unit; the result adds up to it.

    """
    floor = available / (_LEAST_SHARE * max(len(wanted), 1))
    wanted = [max(width, floor) for width in wanted]
    least = [min(max(small, floor), large) for small, large in zip(least, wanted, strict=True)]
    if sum(wanted) <= available:
        return _scaled(wanted, available)
    if sum(least) >= available:
        return _scaled(least, available)
    slack = [large - small for small, large in zip(least, wanted, strict=True)]
    share = (available - sum(least)) / sum(slack)
    return [small + share * loose for small, loose in zip(least, slack, strict=True)]


def _scaled(widths: Sequence[float], available: float) -> list[float]:
    return [width * available / sum(widths) for width in widths]
