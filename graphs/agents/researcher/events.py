"""What the researcher says."""

from typing import Any

from quire.graphs.events import Event


class EvidenceGathered(Event):
    """The section has something to build on, or it is known that there is nothing."""

    evidence: list[dict[str, Any]]
    """``quire.nodes.evidence.content.Evidence``, most relevant first."""
    answers: str | None = None
    """The question that this answers, if one was asked."""
