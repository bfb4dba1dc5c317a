"""What becomes of a draft once every verdict is in. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from quire.graphs.agents.arbiter.events import RevisionRequested
from quire.graphs.agents.section.events import ChangesTaken
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import AgentFailed, is_a
from quire.nodes.event_store.port import Envelope
from quire.nodes.language.catalogue import Words


class Judgement(NamedTuple):
    """Approve, revise or fail; with the findings that say why."""

    decision: Literal["approve", "revise", "fail"]
    findings: list[dict[str, Any]]
    reason: str = ""


def judge(heard: Sequence[Envelope], drafts: int, most_rounds: int, words: Words) -> Judgement:
    """Weigh verdicts and failures.

    A verdict that blocks sends the draft back while rounds are left. After that only an error keeps it out; what a
    reader would have liked better is left as a warning. An agent that failed blocks for good: without a draft there
    is nothing to judge, and what was not checked is not approved.
    """
    failed = [e for e in heard if is_a(e, AgentFailed)]
    verdicts = [e for e in heard if not is_a(e, AgentFailed)]
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
    return Judgement("fail", findings, words.count("reason.after-drafts", drafts, errors="; ".join(errors[:3])))


def rounds_used(lane: Sequence[Envelope]) -> int:
    """Count the drafts that count: not those that a person asked for, or that a changed draft of another made due."""
    drafts = sum(is_a(e, SectionDrafted) for e in lane)
    free = sum(is_a(e, RevisionRequested) and bool(e["data"]["by_person"] or e["data"]["inputs"]) for e in lane)
    fresh = sum(is_a(e, ChangesTaken) for e in lane)
    return drafts - free - fresh


def merged(findings: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Put the judges' findings together, each once, errors first."""
    unique = {(f["rule"], f["where"], f["message"]): dict(f) for group in findings for f in group}
    return sorted(unique.values(), key=lambda f: f["severity"] != "error")
