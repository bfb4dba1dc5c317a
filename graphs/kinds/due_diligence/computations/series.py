"""Values of one quantity at several times, put together: the newest, the older ones, and those that conflict. Pure."""

import re
from collections.abc import Sequence
from textwrap import shorten
from typing import NamedTuple

from quire.graphs.kinds.due_diligence.computations.measures import OUT_OF_FORCE, Measure

ENOUGH = 2
"""Words that say what is measured, from which on they alone tell it."""
_LONGEST_NAME = 60
CLOSE = 3
"""Words in common from which on one of two may have more."""

_LED_TO_TIME = re.compile(r"\s+(?:at|by|in|on|as of)?\s*(?:the\s+)?(?:end|close|beginning|start)?\s*(?:of)?\s*$")


class Series(NamedTuple):
    """One quantity, its values from the newest to the oldest."""

    newest: list[Measure]
    """Values of the newest time that is in force; several where sources differ."""
    older: list[Measure]

    @property
    def name(self) -> str:
        """What is measured, as the source of the newest value words it."""
        return named(self.newest[0])

    @property
    def is_disputed(self) -> bool:
        """Whether sources in force give different values for the newest time."""
        return any(not self.newest[0].agrees(other) for other in self.newest[1:])


def named(one: Measure) -> str:
    """Give what is measured, with a capital, and without what led to its time: ``at the end of``."""
    name = shorten(_LED_TO_TIME.sub("", one.said.name), _LONGEST_NAME, placeholder=" …")
    return name[:1].upper() + name[1:]


def series_of(measures: Sequence[Measure]) -> list[Series]:
    """Put the values of each quantity together, in the order in which the quantities are first stated."""
    groups: list[list[Measure]] = []
    for one in measures:
        group = next((g for g in groups if any(is_of_one(one, other) for other in g)), None)
        if group is None:
            groups.append(group := [])
        group.append(one)
    return [made for group in groups if (made := _series(group))]


def _series(group: Sequence[Measure]) -> Series | None:
    in_force = [one for one in group if one.status not in OUT_OF_FORCE]
    if not in_force:
        return None
    current = [one for one in in_force if one.status == "current"] or in_force
    latest = max(one.when for one in current)
    newest = _distinct([one for one in current if one.when == latest])
    older = _distinct([one for one in group if one.when != latest or one not in current], newest)
    return Series(newest, sorted(older, key=lambda one: one.when, reverse=True))


def _distinct(some: Sequence[Measure], beside: Sequence[Measure] = ()) -> list[Measure]:
    """Leave out what says again what was said, at the same time with the same value."""
    kept: list[Measure] = []
    for one in some:
        if not any(one.agrees(other) and one.when == other.when for other in (*kept, *beside)):
            kept.append(one)
    return kept


def is_of_one(one: Measure, other: Measure) -> bool:
    """Whether two values are of one quantity.

    Their words must be the same, or those of one all among the other's. A single word (``Price``) says too little: then
    they must also stand in sources of one kind, under titles that have words in common, or name the same time.
    """
    left, right = one.said, other.said
    if left.unit != right.unit or _length(one) != _length(other):
        return False
    shared = left.core & right.core
    if left.core == right.core:
        return len(shared) >= ENOUGH or _are_akin(one, other)
    return len(shared) >= CLOSE and (left.core <= right.core or right.core <= left.core)


def _are_akin(one: Measure, other: Measure) -> bool:
    left, right = one.said, other.said
    same_time = one.is_told and other.is_told and one.as_of == other.as_of
    return left.source == right.source or one.what == other.what or same_time or len(left.above & right.above) >= ENOUGH


def _length(one: Measure) -> str:
    """Tell how long a time is that a value is of; years and quarters are not compared."""
    if not one.is_told:
        return "moment"
    return {4: "year", 7: "part"}.get(len(one.as_of), "moment")
