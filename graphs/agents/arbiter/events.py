"""What the arbiter decides."""

from typing import Any

from graphs.events import Event


class RevisionRequested(Event):
    """The draft goes back to the writer."""

    findings: list[dict[str, Any]]


class SectionApproved(Event):
    """The section stands."""

    content: dict[str, Any]
    digest: str
    """Of the content: what dependants compare."""
    words: int
    rounds: int
    """Drafts it took."""
    findings: list[dict[str, Any]]
    """What was found and left, warnings for the reader."""
    missing: dict[str, str]
    """Sections it should have built on and could not: id -> reason."""
    models: list[str]
    """Models that wrote it."""


class SectionFailed(Event):
    """The section could not be written; the document goes on without it and says so."""

    reason: str
    rounds: int
