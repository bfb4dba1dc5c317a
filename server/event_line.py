"""An event as a line for people, the same at every door that shows lines."""

from typing import Any

from nodes.record.port import Event
from server.terminal import safe

_WITH_REASON = frozenset(
    {"SectionFailed", "AgentFailed", "RequestUnanswered", "RunEnded", "SectionSkipped", "PlanRejected"}
)


def line_of(event: Event) -> str:
    """Put an event into a line."""
    where = f"{event['section']}" if event["section"] else "document"
    again = f" (epoch {event['epoch']})" if event["epoch"] > 1 else ""
    return safe(f"{event['n']:>4}  {where}{again}  {event['type']}{_handed(event)}{_detail(event)}")


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
    return f": {data['question']}" if data.get("question") else ""
