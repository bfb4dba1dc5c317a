"""What the editor says."""

from typing import Any

from pydantic import Field

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


class RewordingsProposed(Question):
    """Sections that a person has approved would read better with other words: a person is asked."""

    rewordings: list[dict[str, Any]]
    """``quire.nodes.author.rewording.Rewording``."""


class ReleaseProposed(Question):
    """A document waits for a person."""

    findings: list[dict[str, Any]]
    rewordings: list[dict[str, Any]] = Field(default=[], exclude_if=lambda rewordings: not rewordings)
    """Words in which claims would be published (``quire.nodes.author.rewording.Rewording``)."""


class DocumentApproved(Event):
    """The document stands as a whole."""

    findings: list[dict[str, Any]]
    """What the editor saw and left, for the reader."""
    rewordings: list[dict[str, Any]] = Field(default=[], exclude_if=lambda rewordings: not rewordings)
    """Words in which claims are published, or that they are not since another section tells them as well."""


class DocumentFailed(Event, terminal=True):
    """No section stands: there is nothing to publish."""

    reason: str
