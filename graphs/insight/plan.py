"""The plan of a document, as a person reads, edits and follows it, worked out from the journal. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.planner.events import PlanOutlined, PlanProposed
from quire.graphs.events import DocumentRequested, is_a
from quire.graphs.intake.blueprint_models import SectionSpec
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BadInput

_OF_BLUEPRINTS = {"frame"}
"""Fields that mean something only where a plan is still open."""


class Plan(TypedDict):
    """What would be written."""

    sections: list[dict[str, Any]]
    """All sections in document order, as a blueprint writes them."""
    skipped: list[str]
    """Ids of those of them that would not be written: their condition does not hold, or they take a model."""
    unused: list[dict[str, str]]
    """Sources that no section draws on: ``{source, reason}``."""
    reason: str
    """Why the sections are not as a model planned them, if one was asked and they are not."""


def plan_made(events: Sequence[Envelope]) -> Plan:
    """Give the plan that was last proposed.

    Raises:
        BadInput: none was: the run failed before.

    """
    proposed = [e["data"] for e in events if is_a(e, PlanProposed)]
    if not proposed:
        raise BadInput("no plan could be made of this brief")
    (asked,) = [e["data"] for e in events if is_a(e, DocumentRequested)]
    outlines: list[Mapping[str, Any]] = [e["data"] for e in events if is_a(e, PlanOutlined)]
    outlined = outlines[-1] if outlines else {"sections": asked["blueprint"]["sections"], "unused": [], "reason": ""}
    written = {section["id"] for section in proposed[-1]["sections"]}
    specs = [SectionSpec.model_validate(section) for section in outlined["sections"]]
    return Plan(
        sections=[spec.model_dump(mode="json", exclude_defaults=True, exclude=_OF_BLUEPRINTS) for spec in specs],
        skipped=[spec.id for spec in specs if spec.id not in written],
        unused=list(outlined["unused"]),
        reason=str(outlined["reason"]),
    )
