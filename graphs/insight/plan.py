"""The plan of a document, as a person reads, edits and follows it, read from the journal. Pure."""

from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.planner.events import PlanOutlined, PlanProposed
from quire.graphs.intake.blueprint_models import SectionSpec
from quire.graphs.run.journal import Journal
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


def plan_made(journal: Journal) -> Plan:
    """Give the plan that was last proposed.

    Raises:
        BadInput: none was: the run failed before.

    """
    proposed = journal.of_type(PlanProposed)
    if not proposed:
        raise BadInput("no plan could be made of this brief")
    planned = {"sections": journal.asked["blueprint"]["sections"], "unused": [], "reason": ""}
    outlined = next((e["data"] for e in reversed(journal.of_type(PlanOutlined))), planned)
    written = {section["id"] for section in proposed[-1]["data"]["sections"]}
    specs = [SectionSpec.model_validate(section) for section in outlined["sections"]]
    return Plan(
        sections=[spec.model_dump(mode="json", exclude_defaults=True, exclude=_OF_BLUEPRINTS) for spec in specs],
        skipped=[spec.id for spec in specs if spec.id not in written],
        unused=list(outlined["unused"]),
        reason=str(outlined["reason"]),
    )
