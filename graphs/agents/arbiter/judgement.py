"""What becomes of a draft once every verdict is in. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from nodes.record.port import Event


class Judgement(NamedTuple):
    """Approve, revise or fail; with the findings that say why."""

    decision: Literal["approve", "revise", "fail"]
    findings: list[dict[str, Any]]
    reason: str = ""


def judge(heard: Sequence[Event], drafts: int, most_rounds: int) -> Judgement:
    """Weigh verdicts and failures.

    A verdict that blocks sends the draft back while rounds are left. After that only an error keeps it out; what a
    reader would have liked better is left as a warning. An agent that failed blocks for good: without a draft there
    is nothing to judge, and what was not checked is not approved.
    """
    failed = [e for e in heard if e["type"] == "AgentFailed"]
    verdicts = [e for e in heard if e["type"] != "AgentFailed"]
    findings = merged([e["data"]["findings"] for e in verdicts])
    if failed:
        return Judgement("fail", findings, "; ".join(f"{e['agent']}: {e['data']['reason']}" for e in failed))
    if not any(e["data"]["blocks"] for e in verdicts):
        return Judgement("approve", findings)
    if drafts < most_rounds:
        return Judgement("revise", findings)
    errors = [str(f["message"]) for f in findings if f["severity"] == "error"]
    if not errors:
        return Judgement("approve", findings)
    return Judgement("fail", findings, f"after {drafts} drafts it still does not hold: " + "; ".join(errors[:3]))


def rounds_used(lane: Sequence[Event]) -> int:
    """Count the drafts that count: not those that a person asked for, or that a changed draft of another made due."""
    drafts = sum(e["type"] == "SectionDrafted" for e in lane)
    free = sum(e["type"] == "RevisionRequested" and bool(e["data"]["by_person"] or e["data"]["inputs"]) for e in lane)
    fresh = sum(e["type"] == "ChangesTaken" for e in lane)
    return drafts - free - fresh


def merged(findings: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Put the judges' findings together, each once, errors first."""
    unique = {(f["rule"], f["where"], f["message"]): dict(f) for group in findings for f in group}
    return sorted(unique.values(), key=lambda f: f["severity"] != "error")
