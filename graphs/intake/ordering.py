"""The order in which sections can be written."""

import graphlib
from collections.abc import Iterator, Sequence

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


def builds_on(sections: Sequence[SectionSpec]) -> dict[str, frozenset[str]]:
    """Give, of each section, those that it waits for, directly or not. They must be free of cycles."""
    found: dict[str, frozenset[str]] = {}
    waits = {section.id: section.needs for section in sections}
    for name in graphlib.TopologicalSorter(waits).static_order():
        needed = waits.get(name, [])
        found[name] = frozenset(needed).union(*(found[one] for one in needed))
    return found


MOST_CYCLES = 20
"""That are named at once."""


def cycle(sections: Sequence[SectionSpec]) -> list[str]:
    """Find sections that wait for each other: ``[a, b, a]`` says that a waits for b and b for a. None: empty.

    It begins with the one that stands first in the document.
    """
    return next(cycles(sections), [])


def cycles(sections: Sequence[SectionSpec]) -> Iterator[list[str]]:
    """Find all that must be broken: each is given as ``cycle`` gives it, and then taken for broken at its beginning."""
    waits = {section.id: list(section.needs) for section in sections}
    for _ in range(MOST_CYCLES):
        try:
            graphlib.TopologicalSorter(waits).prepare()
        except graphlib.CycleError as error:
            ring = list(reversed(error.args[1]))[1:]
            first = next(ring.index(section) for section in waits if section in ring)
            ring = ring[first:] + ring[:first]
            yield [*ring, ring[0]]
            waits[ring[0]].remove([*ring, ring[0]][1])
        else:
            return
