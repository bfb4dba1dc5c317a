"""What the arbiter decides."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event, Question


class RevisionRequested(Event):
    """The draft goes back to the writer."""

    findings: list[dict[str, Any]]
    inputs: dict[str, dict[str, Any]] = Field(default={})
    """What has become of the drafts it read, as in ``SectionOpened``."""
    by_person: bool = False
    """A person asked for it: it uses up no round."""
    for_evidence: bool = Field(default=False, exclude_if=lambda free: not free)
    """Claims go back that do not hold: two such drafts an epoch use up no round."""


class SectionSubmitted(Question):
    """A draft that passed every judge waits for a person, or for what it was drafted from."""

    approval: dict[str, Any]
    """The data of the ``SectionApproved`` that it may become."""


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
    struck: list[dict[str, Any]] = Field(default=[], exclude_if=lambda struck: not struck)
    """What was drafted and does not hold (``quire.nodes.evidence.claims.Struck``): it is not in the content."""
    kept: dict[str, dict[str, Any]] | None = Field(default=None, exclude_if=lambda inputs: inputs is None)
    """That it stands as in the version before, and what it read of others here, as in ``SectionOpened``."""


class SectionFailed(Event):
    """The section could not be written; the document goes on without it and says so."""

    reason: str
    rounds: int
