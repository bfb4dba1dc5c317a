"""Ranges of dates of which one end alone names the year: ``14 Jan - 19 Feb 2026``, ``2026年1月14日-2月19日``."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Dated(NamedTuple):
    """A date as far as it is told, and where it stands."""

    value: str
    start: int
    end: int
    ambiguous: bool = False
    """Whether day and month might be the other way round, and nothing tells."""


_TO = re.compile(
    r"\s*(?:[-\u2013\u2014~\uff5e\u301c]|to|until|through|bis(?:\s+zum)?|au|al?|à|tot(?:\s+en\s+met)?|até|至|到|から)\s*"
    r"(?:the|le|el|il)?\s*"
)


def sharing_years(found: Sequence[Dated], text: str) -> list[Dated]:
    """Give the end of a range that names no year the year of the other one.

    A range goes forward: of ``14 December to 19 January 2026`` the first day is in 2025. What follows a full date takes
    its year only in Chinese and Japanese, where the year stands first.
    """
    shared = [*found]
    for at, (one, other) in enumerate(pairwise(found)):
        if not _TO.fullmatch(text, one.end, other.start):
            continue
        if one.value.startswith("--") and not other.value.startswith("-"):
            year = int(other.value[:4]) - (one.value[2:] > other.value[5:])
            shared[at] = one._replace(value=f"{year:04}{one.value[1:]}")
        elif other.value.startswith("--") and not one.value.startswith("-") and "月" in text[other.start : other.end]:
            year = int(one.value[:4]) + (other.value[2:] < one.value[5:])
            shared[at + 1] = other._replace(value=f"{year:04}{other.value[1:]}")
    return shared
