"""What the editor says."""

from typing import Any

from quire.graphs.events import Event, Question


class SectionReopened(Event):
    """A section is written again, or looks whether it must be, in a new epoch."""

    spec: dict[str, Any]
    position: int | float
    priority: int
    need: dict[str, int]
    """The epoch it needs of each section it waits for."""
    findings: list[dict[str, Any]]
    """What the editor objects to; empty when only its inputs may change."""


class ReleaseProposed(Question):
    """A document waits for a person."""

    findings: list[dict[str, Any]]


class DocumentApproved(Event):
    """The document stands as a whole."""

    findings: list[dict[str, Any]]
    """What the editor saw and left, for the reader."""


class DocumentFailed(Event, terminal=True):
    """No section stands: there is nothing to publish."""

    reason: str
