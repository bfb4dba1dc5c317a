"""Saying where the sources differ, and asking about it where the brief wants persons to decide. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from quire.graphs.agents.planner.events import ConflictFound, SourcesCompared
from quire.graphs.events import Event
from quire.graphs.run.approvals import CONFLICT
from quire.nodes.differences.differing import Difference, is_conflict
from quire.nodes.differences.wording import conflict_in_words
from quire.nodes.language.catalogue import Words

MOST_ASKED = 20
"""Conflicts that persons are asked about; more of them are named and stay open."""


def compared(found: Sequence[Difference], options: Mapping[str, Any], words: Words) -> list[Event]:
    """Say what differs, and each conflict by itself; nothing where nothing differs."""
    if not found:
        return []
    told = SourcesCompared(differences=[cast("dict[str, Any]", one) for one in found])
    asked = conflicts(found, options, words)
    return [told, *(asked or _unasked(found, words))]


def conflicts(found: Sequence[Difference], options: Mapping[str, Any], words: Words) -> list[ConflictFound]:
    """Give the conflicts where persons are to decide them; none where the brief does not want that."""
    if "conflicts" not in options.get("approve", []):
        return []
    every = _unasked(found, words)
    asked = [e.model_copy(update={"question": f"{CONFLICT}{n}"}) for n, e in enumerate(every[:MOST_ASKED], 1)]
    return [*asked, *every[MOST_ASKED:]]


def _unasked(found: Sequence[Difference], words: Words) -> list[ConflictFound]:
    return [
        ConflictFound(
            question=None,
            text=conflict_in_words(one, words),
            quantity=one["quantity"],
            period=one["period"],
            told=[cast("dict[str, Any]", told) for told in one["differs"]],
            place=place,
        )
        for place, one in enumerate(found)
        if is_conflict(one)
    ]
