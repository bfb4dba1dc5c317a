"""An event as a line to be read, the same in every interface that shows lines."""

from collections.abc import Sequence
from typing import Any

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed
from quire.graphs.agents.planner.events import PlanOutlined, PlanProposed, PlanRejected, SectionDeclined, SectionSkipped
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import (
    AgentFailed,
    RequestUnanswered,
    RunEnded,
    RunSuspended,
    SectionEdited,
    SectionProposed,
    SourceFetched,
    is_a,
    type_names,
)
from quire.nodes.event_store.port import Envelope
from quire.server.presentation.terminal import safe

NAMED = 6
"""Of all causes of an event, how many are named: the last ones."""

_WITH_REASON = frozenset(
    type_names(SectionFailed, AgentFailed, RequestUnanswered, RunEnded, SectionSkipped, PlanRejected)
)


def line_of(event: Envelope) -> str:
    """Put an event into a line."""
    where = f"{event['section']}" if event["section"] else "document"
    again = f" (epoch {event['epoch']})" if event["epoch"] > 1 else ""
    return safe(f"{event['n']:>4}  {where}{again}  {event['type']}{_handed(event)}{_detail(event)}")


def because_of(causes: Sequence[int]) -> str:
    """Name the numbers of the events that led to one; nothing if none did."""
    shown = ", ".join(str(n) for n in causes[-NAMED:])
    before = f" and {len(causes) - NAMED} before" if len(causes) > NAMED else ""
    return f"  because of {shown}{before}" if causes else ""


def _handed(event: Envelope) -> str:
    """Say whom an event is meant for, and why."""
    if "to" not in event:
        return ""
    return f" -> {event['to']}" + (f" ({event['reason']})" if "reason" in event else "")


def _detail(event: Envelope) -> str:
    data: dict[str, Any] = event["data"]
    if event["type"] in _WITH_REASON:
        said = ", ".join(str(data[k]) for k in ("status", "reason") if data.get(k))
        return f": {said}" if said else ""
    if is_a(event, RunSuspended):
        return f": {data['reason']}; tried again in {data['pause']:.0f} seconds"
    if is_a(event, SourceFetched):
        return f": {data['name']}" + (f": {data['problem']}" if data.get("problem") else f", of {data['server']}")
    if is_a(event, SectionApproved, SectionDrafted):
        stands = ", as in the version before" if data.get("kept") is not None else ""
        return f": {data['words']} words{stands}"
    if is_a(event, SectionEdited):
        return f": {data['claim']}"
    return _of_plan(event)


def _of_plan(event: Envelope) -> str:
    data: dict[str, Any] = event["data"]
    if is_a(event, PlanOutlined):
        return f": {data['reason']}" if data["reason"] else f": {len(data['sections'])} sections"
    if is_a(event, SectionDeclined, SectionProposed):
        return f": “{data['title']}”: {data.get('reason') or data['why']}"
    if is_a(event, PlanProposed):
        return f": {data['question']}: {', '.join(section['id'] for section in data['sections'])}"
    return f": {data['question']}" if data.get("question") else ""
