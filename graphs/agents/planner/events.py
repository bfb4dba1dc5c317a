"""What the planner says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event, Question


class SectionPlanned(Event):
    """A section is to be written."""

    spec: dict[str, Any]
    """The blueprint's section (``quire.graphs.intake.blueprint.SectionSpec`` as JSON)."""
    position: int
    """Its place in the document, from 0."""
    priority: int
    """How many sections stand one behind another on the longest path that starts here."""
    need: dict[str, int] = Field(default={})
    """The epoch it needs of sections that it waits for and that have been written before; otherwise the first."""


class SourcesSurveyed(Event, terminal=True):
    """It is known what each source is, of when, whether it still holds, and what it contains."""

    sources: list[dict[str, Any]]
    """``quire.nodes.survey.survey.Surveyed``, in the brief's order."""


class PlanProposed(Question):
    """A plan waits for a person."""

    sections: list[dict[str, Any]]
    """``{id, title, after}`` of each section that would be written."""


class SectionSkipped(Event):
    """A section of the blueprint is not written, for a reason of ``quire.nodes.evidence.left_out``."""

    title: str
    position: int
    reason: str


class PlanRejected(Event, terminal=True):
    """No plan can be made of the request."""

    reason: str
