"""``run.json``: how a run stands, worked out from its row and its events. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.document.state import RunUsage, run_usage
from quire.graphs.run.approvals import OpenQuestion, open_questions, shown
from quire.graphs.run.summary import SectionStatus, failure_of, sections_of
from quire.nodes.event_store.accounts import Balance
from quire.nodes.event_store.port import Attempt, Envelope
from quire.nodes.event_store.rows import FINAL, RunRow


class RunReport(TypedDict):
    """How a run stands. Times are RFC 3339 in UTC; ``finished`` is None until it is over."""

    id: str
    status: str
    mode: str
    sections: list[SectionStatus]
    usage: RunUsage
    questions: list[OpenQuestion]
    warnings: list[str]
    started: str
    finished: str | None


def report(
    row: RunRow,
    events: Sequence[Envelope],
    attempts: Sequence[Attempt],
    document: Mapping[str, Any] | None,
    balance: Balance,
) -> RunReport:
    """Say how a run stands."""
    over = row["status"] in FINAL
    sections = sections_of(events)
    for section in sections if over else ():
        if section["status"] in {"waiting", "working"}:
            section["status"] = "cancelled" if row["status"] == "cancelled" else "failed"
            section["reason"] = "the run ended before it was written"
    failure = failure_of(events)
    return RunReport(
        id=row["id"],
        status=row["status"] if over else _live(row, events),
        mode="model" if attempts else "offline",
        sections=sections,
        usage=run_usage(attempts),
        questions=[] if over else shown(open_questions(events)),
        warnings=[
            *(document or {"warnings": []})["warnings"],
            *([failure] if failure else []),
            *_doubts(balance),
        ],
        started=row["created"],
        finished=row["finished"],
    )


def _doubts(balance: Balance) -> list[str]:
    """Name what makes the account of a budget uncertain."""
    said = {
        "calls were under way when a process died; the budget counts each at its upper bound": balance.unsettled,
        "calls came to more than their upper bound, so the budget may be exceeded by them": balance.beyond,
    }
    return [f"{count} {what}." for what, count in said.items() if count]


def _live(row: RunRow, events: Sequence[Envelope]) -> str:
    """Say how a run stands that is not over. One that waited and was answered is about to go on."""
    if row["status"] == "waiting" and not open_questions(events):
        return "running"
    return row["status"]
