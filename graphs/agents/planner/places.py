"""Where a section stands in the document that came while others were written. Pure.

Planned sections have the places 0, 1, 2 …; one that came later has one between. Where several stand between the same
two, their order is not that of their coming, which time decides.
"""

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from quire.graphs.intake.blueprint_models import MAX_SECTIONS
from quire.graphs.run.growth import gatherers
from quire.nodes.event_store.port import Envelope


class Plan(NamedTuple):
    """A document's sections."""

    planned: Sequence[Envelope]
    """Those that are written, with the specification that holds for each."""
    skipped: Sequence[Envelope]
    later: Collection[str]
    """Ids of those that came later."""

    @property
    def ids(self) -> set[str]:
        """Give the ids of those that are written."""
        return {str(e["section"]) for e in self.planned}


def place_of_proposed(plan: Plan, by: str | None, behind: str) -> float:
    """Give a proposed section its place: where it is wanted, or before the sections that close the document.

    Args:
        plan: the sections.
        by: the section in which it was proposed.
        behind: the section behind which it is wanted, if it is anywhere.

    """
    places = {str(e["section"]): float(e["data"]["position"]) for e in plan.planned}
    low = places[behind] if behind in places else _end(plan)
    return _between(plan, low, (places.get(by or "", 0.0) + 1) / (2 * (MAX_SECTIONS + 2)))


def place_of_added(plan: Plan, number: int, last: int) -> float:
    """Give a section that was added from outside its place: before those that close the document, or at its end.

    Args:
        plan: the sections.
        number: how many were added before.
        last: a place behind all that were planned at first.

    """
    end = _end(plan)
    if all(e["data"]["position"] <= end for e in plan.planned if e["section"] not in plan.later):
        return last + number
    return _between(plan, end, 1 - 1 / (number + 3))


def _end(plan: Plan) -> float:
    """Give the place of the last section before those that close the document: they frame it or gather what it says."""
    first = [e for e in plan.planned if e["section"] not in plan.later]
    closing = gatherers(first)
    ordered = sorted(first, key=lambda e: e["data"]["position"])
    open_ones = list(ordered)
    while open_ones and (open_ones[-1]["section"] in closing or open_ones[-1]["data"]["spec"].get("frame")):
        open_ones.pop()
    return float((open_ones or ordered)[-1]["data"]["position"]) if ordered else 0.0


def _between(plan: Plan, low: float, share: float) -> float:
    """Give a place that far between one and that of the next section that was planned at first."""
    others = [e for e in (*plan.planned, *plan.skipped) if e["section"] not in plan.later]
    above = [float(e["data"]["position"]) for e in others if e["data"]["position"] > low]
    high = min(above, default=math.floor(low) + 1)
    return low + (high - low) * share
