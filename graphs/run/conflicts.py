"""The conflicts between a run's sources as ``run.json`` shows them, read from its journal. Pure."""

from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.planner.events import ConflictFound
from quire.graphs.run.journal import Journal


class ConflictingValue(TypedDict):
    """What one source says."""

    source: str
    address: str
    text: str
    date: str


class Conflict(TypedDict):
    """A quantity to which sources that hold give different values."""

    quantity: str
    period: str
    values: list[ConflictingValue]
    question: str | None
    """Id under which a person was asked; null if nobody was."""
    decision: str | None
    """``approve`` or ``reject``, once a person has answered."""
    holds: str | None
    """The source whose value counts; null while none does."""


def conflicts_of(journal: Journal) -> list[Conflict]:
    """List the conflicts in the order in which they were found, with what persons have decided."""
    found = journal.of_type(ConflictFound)
    return [_conflict(e["data"], answer["data"] if (answer := journal.answers.get(e["id"])) else {}) for e in found]


def _conflict(found: dict[str, Any], answer: dict[str, Any]) -> Conflict:
    return Conflict(
        quantity=found["quantity"],
        period=found["period"],
        values=[
            ConflictingValue(source=t["source"], address=t["address"], text=t["text"], date=t["date"])
            for t in found["told"]
        ],
        question=found["question"],
        decision=answer.get("decision"),
        holds=answer.get("holds") or None,
    )
