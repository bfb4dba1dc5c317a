"""The conflicts between a run's sources as ``run.json`` shows them, worked out from its events. Pure."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.planner.events import ConflictFound
from quire.graphs.events import AnswerGiven, is_a
from quire.nodes.event_store.port import Envelope


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


def conflicts_of(events: Sequence[Envelope]) -> list[Conflict]:
    """List the conflicts in the order in which they were found, with what persons have decided."""
    answers = {e["cause"]: e["data"] for e in events if is_a(e, AnswerGiven)}
    return [_conflict(e["data"], answers.get(e["id"], {})) for e in events if is_a(e, ConflictFound)]


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
