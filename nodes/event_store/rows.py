"""A run as its row has it: the authority on whether it is over, whose turn it is, and who may write."""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

FINAL = frozenset({"done", "partial", "failed", "cancelled"})
INTERRUPTED = "interrupted"
"""How a run is said to stand that is not over, waits for nobody, and that nobody carries on. No row says so."""
STATUSES = FINAL | {"queued", "running", "waiting"}
SUSPENDED = "suspended/"
"""How the ids of events begin with which a run is put aside."""


class RunRow(TypedDict):
    """A run's row."""

    id: str
    tenant: str
    status: str
    """``queued``, ``running``, ``waiting`` (for a person, or put aside during an outage), or final."""
    brief: str
    """Digest of the brief's JSON, which is kept as a blob."""
    remembered: dict[str, Any]
    """What the interface that began it wants remembered: where the results go, in which formats."""
    created: str
    finished: str | None
    format: int
    """Of what is recorded of it."""
    served: bool
    """The engine carries it on; otherwise whoever began it does, or resumes it."""
    attempt: int
    """Which of its attempts is due or under way; 0 before the first."""


def shown_of(brief: Mapping[str, Any]) -> dict[str, str]:
    """Give what a list shows of a run, out of its brief: the document's title, and the blueprint's name."""
    blueprint = brief.get("blueprint")
    kind = blueprint.get("name") if isinstance(blueprint, Mapping) else blueprint
    return {"title": brief.get("title") or "", "kind": kind or ""}


def title_of(row: RunRow) -> str:
    """Give the title of the document that a run makes."""
    return str(row["remembered"].get("title", ""))


def kind_of(row: RunRow) -> str:
    """Give the name of the blueprint; empty of a run that was begun before it was remembered."""
    return str(row["remembered"].get("kind", ""))


class Mark(TypedDict):
    """What whoever works on a run has to know of its row again and again."""

    token: int
    """Another one than its own means that somebody else has taken the run."""
    outside: int
    """Number of the last event that came from outside."""
