"""What the tools give: shapes of their results, as a client is shown them."""

from typing import Any

from typing_extensions import TypedDict

from quire.graphs.run.approvals import OpenQuestion
from quire.nodes.evidence.content import Claim


class Report(TypedDict):
    """How a report stands."""

    id: str
    title: str
    status: str
    """``queued | running | waiting | done | partial | failed | cancelled | interrupted``."""
    sections: dict[str, int]
    """How many sections stand how."""
    questions: list[OpenQuestion]
    """What waits for a person: answer each by its ``id``."""
    problems: list[str]
    """Why sections are missing, objections that are open, warnings."""
    next: str
    """What to do now."""


class ReportText(TypedDict):
    """A report as Markdown."""

    id: str
    status: str
    markdown: str


class OpenQuestions(TypedDict):
    """What is not settled."""

    for_a_person: list[OpenQuestion]
    """The report waits for these; answer each by its ``id``."""
    left_open_by_the_sources: list[str]
    conflicts: list[dict[str, Any]]
    """Quantities to which sources that hold give different values."""


class SectionEvidence(TypedDict):
    """A section's claims, each with its verdict and evidence."""

    id: str
    section: str
    claims: list[Claim]
