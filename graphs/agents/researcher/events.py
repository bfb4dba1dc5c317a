"""What the researcher says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event


class EvidenceGathered(Event):
    """The section has something to build on, or it is known that there is nothing."""

    evidence: list[dict[str, Any]]
    """``quire.nodes.evidence.content.Evidence``; with a model by source in reading order, else most relevant first.

    It adds to what was gathered for the section before.
    """
    answers: str | None = None
    """The question that this answers, if one was asked."""
    queries: list[str] = Field(default=[], exclude_if=lambda queries: not queries)
    """What the sources were searched for; nothing where they are given whole."""
    covered: dict[str, list[int]] = Field(default={}, exclude_if=lambda covered: not covered)
    """By question: the numbers, from 1, of all the section's evidence that speaks of it; none where none does."""
    reason: str = Field(default="", exclude_if=lambda reason: not reason)
    """Why the queries were not worded by a model, where they should have been."""
    meant_by: str = Field(default="", exclude_if=lambda model: not model)
    """The embedding model by which the sources were searched for meaning too; empty: for words alone."""
    by_words_alone: str = Field(default="", exclude_if=lambda reason: not reason)
    """Why they were not, where an embedding model is set."""
