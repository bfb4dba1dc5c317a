"""What the verifier says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Verdict


class ClaimsVerified(Verdict):
    """Every claim of a draft was held against its evidence."""

    verdicts: dict[str, dict[str, Any]]
    """By claim: ``quire.nodes.evidence.content.Judged``. What code composed has no claims to verify."""
    struck: list[str]
    """Claims that do not hold: they are out if this draft stands."""
    read: dict[str, str]
    """By claim that a model has read: digest of what it was asked, so that it is not asked again."""
    model: str | None
    """The model that read; None when none was asked."""
    quoted: dict[str, list[dict[str, Any]]] = Field(default={}, exclude_if=lambda quoted: not quoted)
    """By claim that nobody could judge: what of its evidence is published in its place."""
