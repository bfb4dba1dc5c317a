"""What the planner says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event, Question


class SectionPlanned(Event):
    """A section is to be written."""

    spec: dict[str, Any]
    """The blueprint's section (``quire.graphs.intake.blueprint.SectionSpec`` as JSON)."""
    position: int | float
    """Its place in the document, from 0; of one that came later, between those of two others."""
    priority: int
    """How many sections stand one behind another on the longest path that starts here."""
    need: dict[str, int] = Field(default={})
    """The epoch it needs of sections that it waits for and that have been written before; otherwise the first."""
    reason: str = Field(default="", exclude_if=lambda reason: not reason)
    """Of one that an agent proposed: why nobody weighed whether it is needed, where somebody should have."""


class RecordsRequested(Event):
    """A model is to read records in the sources before anything is planned."""

    types: list[str]
    """By name, as the blueprint declares them."""


class SourcesSurveyed(Event, terminal=True):
    """It is known what each source is, of when, whether it still holds, and what it contains."""

    sources: list[dict[str, Any]]
    """``quire.nodes.survey.survey.Surveyed``, in the brief's order."""
    model: str | None = Field(default=None, exclude_if=lambda model: model is None)
    """The model that filled in what code had not found, in words of the sources; None where none was heard."""
    reason: str = Field(default="", exclude_if=lambda reason: not reason)
    """Why none was heard, where one was asked."""


class SourcesCompared(Event, terminal=True):
    """It is known to which quantities the sources give different values, and which of these counts."""

    differences: list[dict[str, Any]]
    """``quire.nodes.differences.differing.Difference``, in the order of the sources; the first are the weightiest."""


class ConflictFound(Question):
    """Sources that hold give one quantity different values, and nothing tells which of them counts."""

    quantity: str
    period: str
    told: list[dict[str, Any]]
    """What each says (``quire.nodes.differences.differing.Told``)."""
    place: int
    """Of the difference in ``SourcesCompared``, from 0."""


class PlanOutlined(Event, terminal=True):
    """The sections of a document were planned with a model, or changed as a person asked."""

    sections: list[dict[str, Any]]
    """All sections in document order, those included that frame the planned ones (``SectionSpec`` as JSON)."""
    unused: list[dict[str, str]] = Field(default=[])
    """Sources that no section draws on: ``{source, reason}``."""
    reason: str = ""
    """Why they are not as a model planned them, if they are not."""


class PlanProposed(Question):
    """A plan waits for a person."""

    sections: list[dict[str, Any]]
    """``{id, title, after}`` of each section that would be written, and ``purpose`` and ``questions`` if planned."""
    revisable: bool = Field(default=False, exclude_if=lambda revisable: not revisable)
    """The planner changes it on request and asks again. Older releases did not."""


class SectionConsidered(Question):
    """A section that an agent proposed waits for a person."""

    spec: dict[str, Any]
    """As it would be planned (``SectionSpec`` as JSON)."""


class SectionDeclined(Event, terminal=True):
    """A section that an agent proposed is not written."""

    title: str
    reason: str


class SectionSkipped(Event):
    """A section of the blueprint is not written."""

    title: str
    position: int
    reason: str
    """One of ``quire.nodes.evidence.left_out``."""


class PlanRejected(Event, terminal=True):
    """No plan can be made of the request."""

    reason: str
