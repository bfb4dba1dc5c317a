"""How many drafts a section has used and may still have. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.graphs.agents.arbiter.events import RevisionRequested
from quire.graphs.agents.section.events import ChangesTaken
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import is_a
from quire.nodes.event_store.port import Envelope

MOST_FOR_EVIDENCE = 2
"""Drafts of an epoch that only mend what the evidence does not carry. They use up no round."""


class DraftsLeft(NamedTuple):
    """Drafts that a section may still have."""

    rounds: int
    evidence: int
    """Of those for evidence."""

    @property
    def for_claims(self) -> bool:
        """Whether a draft may follow if a claim does not hold."""
        return self.rounds > 0 or self.evidence > 0


def drafts_left(events: Sequence[Envelope], most_rounds: int) -> DraftsLeft:
    """Count what is left after the drafts of an epoch.

    Args:
        events: the epoch's events.
        most_rounds: drafts that judges may ask for in all.

    """
    for_evidence = sum(is_a(e, RevisionRequested) and bool(e["data"].get("for_evidence")) for e in events)
    return DraftsLeft(max(0, most_rounds - rounds_used(events)), max(0, MOST_FOR_EVIDENCE - for_evidence))


def rounds_used(events: Sequence[Envelope]) -> int:
    """Count the drafts that count: not those that a person, evidence, or a changed draft of another made due."""
    drafts = sum(is_a(e, SectionDrafted) for e in events)
    free = sum(is_a(e, RevisionRequested) and is_free(e) for e in events)
    fresh = sum(is_a(e, ChangesTaken) for e in events)
    return drafts - free - fresh


def is_free(revision: Envelope) -> bool:
    """Whether the draft that a revision asks for uses up no round."""
    return any(revision["data"].get(why) for why in ("by_person", "inputs", "for_evidence"))
