"""What comes along with a passage that was found: a list item's lead-in, a printed row's header. Pure.

Headings and the titles of read tables come along in the evidence itself.
"""

from collections.abc import Mapping, Sequence

from quire.nodes.sources.passage import Passage

_FARTHEST = 30
"""Passages between a list item and its lead-in."""
_CELL = "|"


def with_neighbours(found: Sequence[Passage], passages: Sequence[Passage], places: Mapping[str, int]) -> list[Passage]:
    """Give passages of one source, each behind what it cannot be understood without.

    Args:
        found: passages of the source.
        passages: all of the source's, in order.
        places: where each stands among them, by address.

    """
    kept: dict[str, Passage] = {}
    for passage in found:
        place = places[passage["address"]]
        for neighbour in (_lead_in(passages, place), _printed_header(passages, place), passage):
            if neighbour is not None:
                kept.setdefault(neighbour["address"], neighbour)
    return list(kept.values())


def _lead_in(passages: Sequence[Passage], place: int) -> Passage | None:
    """Give the nearest passage before under the same heading that ends with a colon."""
    own = passages[place]
    if own["kind"] != "text":
        return None
    for other in reversed(passages[max(0, place - _FARTHEST) : place]):
        if other["kind"] == "heading" or other["headings"] != own["headings"]:
            return None
        if other["text"].endswith(":"):
            return other
    return None


def _printed_header(passages: Sequence[Passage], place: int) -> Passage | None:
    """Give the first line of a table that was printed with strokes between its cells."""
    first = place
    while first > 0 and passages[first]["text"].startswith(_CELL) and passages[first - 1]["text"].startswith(_CELL):
        first -= 1
    return passages[first] if first < place else None
