"""An event as a line for people, the same at every door that shows lines."""

from collections.abc import Sequence
from typing import Any

from nodes.record.port import Event
from server.terminal import safe

NAMED = 6
"""Of all causes of an event, how many are named: the last ones."""

_WITH_REASON = frozenset(
    {"SectionFailed", "AgentFailed", "RequestUnanswered", "RunEnded", "SectionSkipped", "PlanRejected"}
)


def line_of(event: Event) -> str:
    """Put an event into a line."""
    where = f"{event['section']}" if event["section"] else "document"
    again = f" (epoch {event['epoch']})" if event["epoch"] > 1 else ""
    return safe(f"{event['n']:>4}  {where}{again}  {event['type']}{_handed(event)}{_detail(event)}")


def because_of(causes: Sequence[int]) -> str:
    """Name the numbers of the events that led to one; nothing if none did."""
    shown = ", ".join(str(n) for n in causes[-NAMED:])
    before = f" and {len(causes) - NAMED} before" if len(causes) > NAMED else ""
    return f"  because of {shown}{before}" if causes else ""


def _handed(event: Event) -> str:
    """Say whom an event is meant for, and why."""
    if "to" not in event:
        return ""
    return f" -> {event['to']}" + (f" ({event['reason']})" if "reason" in event else "")


def _detail(event: Event) -> str:
    data: dict[str, Any] = event["data"]
    if event["type"] in _WITH_REASON:
        said = ", ".join(str(data[k]) for k in ("status", "reason") if data.get(k))
        return f": {said}" if said else ""
    if event["type"] in {"SectionApproved", "SectionDrafted"}:
        return f": {data['words']} words"
    if event["type"] == "PlanProposed":
        return f": {data['question']}: {', '.join(section['id'] for section in data['sections'])}"
    return f": {data['question']}" if data.get("question") else ""
