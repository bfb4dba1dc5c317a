"""The order in which sections can be written."""

import graphlib
from collections.abc import Sequence

from quire.graphs.intake.blueprint_models import SectionSpec


def topological(sections: Sequence[SectionSpec]) -> list[SectionSpec]:
    """Put each section behind all it waits for, and otherwise keep the document's order.

    The sections must be free of cycles (``cycle`` finds none).
    """
    waiting, placed = list(sections), dict[str, SectionSpec]()
    while waiting:
        ready = next(section for section in waiting if placed.keys() >= set(section.needs))
        placed[ready.id] = ready
        waiting.remove(ready)
    return list(placed.values())


def cycle(sections: Sequence[SectionSpec]) -> list[str]:
    """Find sections that wait for each other: ``[a, b, a]`` says that a waits for b and b for a. None: empty.

    It begins with the one that stands first in the document.
    """
    try:
        graphlib.TopologicalSorter({section.id: section.needs for section in sections}).prepare()
    except graphlib.CycleError as error:
        ring = list(reversed(error.args[1]))[1:]
        first = next(ring.index(section.id) for section in sections if section.id in ring)
        ring = ring[first:] + ring[:first]
        return [*ring, ring[0]]
    return []
