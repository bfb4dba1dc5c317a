"""What came of each call of a model, from what was said after it: so that calls that could change nothing are seen.

A call is used if its agent said something by it that was acted on. One of a reader is not if the draft went back
anyway, for what the verifier had found, and the reader had nothing to add. Pure.
"""

from typing import Literal, TypeAlias

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.agents.planner.events import PlanOutlined
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.events import AgentFailed, is_a
from quire.graphs.run.embedding import EMBED
from quire.graphs.run.journal import Journal
from quire.nodes.event_store.port import CallKey, Envelope

Use: TypeAlias = Literal["planned", "searched", "drafted", "verified", "read", "nothing"]
"""What a call came to; ``nothing``: without it, all would be as it is."""


class Uses:
    """What a run's calls came to.

    Args:
        journal: the run's.

    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def of(self, key: CallKey) -> Use:
        """Say what a call came to that gave a reply."""
        if key.section == "document" or key.step == EMBED:
            return self._of_vectors(key) if key.step == EMBED else self._above(key.agent)
        if key.agent == "writer":
            return self._of_a_draft(key)
        said = [e for e in self._of(key) if e["agent"] == key.agent and not is_a(e, AgentFailed)]
        if any(is_a(e, EvidenceGathered) for e in said):
            return "searched"
        if not said or not self._decided(key):
            return "nothing"
        if any(is_a(e, ClaimsVerified) for e in said):
            return "verified"
        adds = any(e["data"].get("findings") or e["data"].get("blocks") for e in said)
        return "read" if adds or not self._back_anyway(key) else "nothing"

    def _of_vectors(self, key: CallKey) -> Use:
        """Count vectors where a search went by them, or a section stands for which it would have found the same."""
        said = [e for e in self._journal.events.values() if key.section in {"document", e["section"]}]
        found = any(is_a(e, EvidenceGathered) and e["data"].get("meant_by") for e in said)
        kept = any(is_a(e, SectionApproved) and e["data"].get("kept") is not None for e in said)
        return "searched" if found or kept else "nothing"

    def _above(self, agent: str) -> Use:
        if agent == "extractor":
            return "read" if self._journal.of_type(RecordsExtracted) else "nothing"
        if agent == "planner":
            outlines = self._journal.of_type(PlanOutlined)
            return "planned" if any(not outlined["data"]["reason"] for outlined in outlines) else "nothing"
        events = self._journal.events.values()
        return "read" if any(e["agent"] == "editor" and not is_a(e, AgentFailed) for e in events) else "nothing"

    def _of_a_draft(self, key: CallKey) -> Use:
        """Count a draft that was decided on, and one that asked for what the next was then given."""
        drafted = key._replace(round=key.round + 1)
        asked = any(is_a(e, FactRequested) for e in self._of(key))
        said = any(is_a(e, SectionDrafted) for e in self._of(drafted))
        return "drafted" if asked or (said and self._decided(drafted)) else "nothing"

    def _of(self, key: CallKey) -> list[Envelope]:
        return [e for e in self._journal.events_of(key.section, key.epoch) if e["round"] == key.round]

    def _decided(self, key: CallKey) -> bool:
        return any(is_a(e, RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted) for e in self._of(key))

    def _back_anyway(self, key: CallKey) -> bool:
        """Whether the draft went back for what others than readers had found."""
        said = self._of(key)
        back = any(is_a(e, RevisionRequested) for e in said)
        return back and any(is_a(e, ClaimsVerified) and e["data"]["blocks"] for e in said)
