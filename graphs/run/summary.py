"""How a run stands, worked out from its events: what ``run.json`` and the graph's output say. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed
from quire.graphs.agents.editor.events import DocumentFailed, SectionReopened
from quire.graphs.agents.planner.events import PlanRejected, SectionPlanned, SectionSkipped
from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.agents.section.events import UNREAD
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import (
    AgentFailed,
    DocumentRequested,
    RunCancelled,
    RunEnded,
    SectionCancelled,
    SectionProposed,
    is_a,
)
from quire.graphs.run.approvals import open_questions
from quire.graphs.run.growth import origin_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import kind_of
from quire.nodes.evidence.content import claims_of
from quire.nodes.evidence.left_out import applies, is_left_out, is_missing
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.language.reasons import reason_in

Status: TypeAlias = Literal["queued", "running", "done", "partial", "failed", "cancelled", "waiting"]
CLOSED_AS = {
    SectionApproved.__name__: "approved",
    SectionFailed.__name__: "failed",
    SectionSkipped.__name__: "skipped",
    SectionCancelled.__name__: "cancelled",
}
WRITTEN = frozenset({"approved", "stub"})
"""Of a section whose text stands in the document."""
DOCUMENT_AGENTS = frozenset({"planner", "extractor", "editor", "publisher"})


class SectionStatus(TypedDict):
    """How one section stands. ``rounds`` counts drafts."""

    id: str
    title: str
    status: str
    rounds: int
    words: int
    reason: NotRequired[str]


class LeftOut(TypedDict):
    """A section that applies to the brief and was not to be written, and why."""

    id: str
    title: str
    reason: str


class StruckClaim(TypedDict):
    """A claim that was drafted and left out, because its evidence does not carry it."""

    section: str
    text: str
    reason: str


class ClaimCounts(TypedDict):
    """How many claims there are of each kind (``quire.nodes.evidence.content.Kind``), and how many were struck."""

    fact: int
    computed: int
    inference: int
    gap: int
    struck: int


class Objection(TypedDict):
    """What a judge objected to and nobody mended."""

    section: str
    rule: str
    """The rule it breaks, or ``review``, or the agent that objected."""
    text: str


def sections_of(events: Sequence[Envelope]) -> list[SectionStatus]:
    """Give how each planned section stands, in document order."""
    planned = {e["section"]: e for e in events if is_a(e, SectionPlanned, SectionSkipped)}
    latest = _latest(events)
    ordered = sorted(planned.values(), key=lambda e: e["data"]["position"])
    words = words_of(events)
    return [_status(e, latest.get(e["section"], e), events, words) for e in ordered]


def words_of(events: Sequence[Envelope]) -> Words:
    """Give the fixed words of the language of a run's document."""
    asked = (e["data"].get("language", ENGLISH) for e in events if is_a(e, DocumentRequested))
    return words_in(next(asked, ENGLISH))


def status_of(events: Sequence[Envelope]) -> Status:
    """Give how the run stands."""
    if any(is_a(e, RunCancelled) for e in events):
        return "cancelled"
    if _fatal(events):
        return "failed"
    if not any(is_a(e, DocumentPublished) for e in events):
        return "waiting" if open_questions(events) else "running"
    return verdict(sections_of(events))


def verdict(sections: Iterable[Mapping[str, Any]]) -> Literal["done", "partial", "failed"]:
    """Say what a finished document is: done when every section that is wanted is approved, failed when none is.

    A section that was left out for want of a model is missing; one that does not apply, or that a person took out
    of the plan, is not.
    """
    ended = [(s["status"], s.get("reason", "")) for s in sections]
    wanted = [status for status, reason in ended if status != "skipped" or is_missing(status, reason)]
    if all(s == "approved" for s in wanted):
        return "done"
    return "partial" if any(s in WRITTEN for s in wanted) else "failed"


def left_out_of(sections: Iterable[SectionStatus]) -> list[LeftOut]:
    """List what was left out, in document order."""
    return [
        LeftOut(id=s["id"], title=s["title"], reason=s["reason"])
        for s in sections
        if is_left_out(s["status"], s.get("reason", ""))
    ]


def struck_of(events: Iterable[Envelope]) -> list[StruckClaim]:
    """List the claims that were left out of the sections as they stand, in the order in which these closed."""
    return [
        StruckClaim(section=str(e["section"]), text=s["text"], reason=s["reason"])
        for e in _approved(events)
        for s in e["data"].get("struck", ())
    ]


def objections_of(events: Iterable[Envelope]) -> list[Objection]:
    """List what judges objected to in the sections as they stand and nobody mended."""
    return [
        Objection(section=str(e["section"]), rule=f["rule"], text=f["message"])
        for e in _approved(events)
        for f in e["data"]["findings"]
        if f["rule"] != UNREAD
    ]


def claims_of_run(events: Sequence[Envelope]) -> ClaimCounts:
    """Count what the sections as they stand state, by kind, and what of it was struck."""
    blocks = [block for e in _approved(events) for block in e["data"]["content"]["blocks"]]
    stated = [c for block in blocks for c in claims_of(block) if c["basis"] not in ("fixed", "unsupported")]
    kinds = Counter(kind_of(made) for made in stated)
    return ClaimCounts(
        fact=kinds["fact"],
        computed=kinds["computed"],
        inference=kinds["inference"],
        gap=kinds["gap"],
        struck=len(struck_of(events)),
    )


def _approved(events: Iterable[Envelope]) -> list[Envelope]:
    """Give how each section stands that is approved."""
    return list({e["section"]: e for e in events if is_a(e, SectionApproved)}.values())


def count_of(sections: Sequence[SectionStatus]) -> tuple[int, int]:
    """Count the sections that are written, and those that apply to the brief."""
    applying = [s["status"] for s in sections if applies(s["status"], s.get("reason", ""))]
    return sum(status in WRITTEN for status in applying), len(applying)


def failure_of(events: Sequence[Envelope]) -> str:
    """Say why a run failed, for its reader."""
    return next((str(e["data"]["reason"]) for e in _fatal(events) if e["data"].get("reason")), "")


def _fatal(events: Sequence[Envelope]) -> list[Envelope]:
    """Give what the whole run fails of. That nobody could decide on a section that was proposed is no such thing."""
    failed = [e for e in events if _may_be_fatal(e)]
    known = {e["id"]: e for e in events} if failed else {}
    return [e for e in failed if not (about := origin_of(e, known)) or not is_a(about, SectionProposed)]


def _may_be_fatal(event: Envelope) -> bool:
    failed = is_a(event, AgentFailed) and event["section"] is None and event["agent"] in DOCUMENT_AGENTS
    ended = is_a(event, RunEnded) and event["data"]["status"] == "failed"
    return failed or ended or is_a(event, PlanRejected, DocumentFailed)


def _latest(events: Iterable[Envelope]) -> dict[str | None, Envelope]:
    """By section: what closed it, or the last that happened in its newest epoch."""
    latest: dict[str | None, Envelope] = {}
    for event in events:
        if event["section"] is not None and not _is_settled(latest.get(event["section"]), event):
            latest[event["section"]] = event
    return latest


def _is_settled(before: Envelope | None, event: Envelope) -> bool:
    """Whether what happened before has closed the section, and the event is an afterthought."""
    return before is not None and before["type"] in CLOSED_AS and before["epoch"] >= event["epoch"]


def _status(planned: Envelope, latest: Envelope, events: Sequence[Envelope], words: Words) -> SectionStatus:
    data: Mapping[str, Any] = latest["data"]
    own = [e for e in events if e["section"] == planned["section"]]
    status = SectionStatus(
        id=str(planned["section"]),
        title=_title(planned, own),
        status=_word(latest),
        rounds=sum(is_a(e, SectionDrafted) for e in own) + _rounds_before(own),
        words=int(data.get("words", 0)),
    )
    if reason := _reason(latest, words):
        status["reason"] = reason
    return status


class Progress:
    """Counts along with the events how many sections stand how, by the words of ``SectionStatus``."""

    def __init__(self) -> None:
        self._latest: dict[str, Envelope] = {}

    def after(self, event: Envelope) -> dict[str, int] | None:
        """Take an event in, and give the count if it changed."""
        section = event["section"]
        before = self._latest.get(section or "")
        if section is None or _is_settled(before, event):
            return None
        self._latest[section] = event
        changed = before is None or _word(before) != _word(event)
        return dict(Counter(map(_word, self._latest.values()))) if changed else None


def _title(planned: Envelope, own: Iterable[Envelope]) -> str:
    """Give a section's title by the specification that holds; one that is skipped has none."""
    specs = [e["data"]["spec"] for e in own if e["data"].get("spec")]
    return str(specs[-1]["title"] if specs else planned["data"]["title"])


def _rounds_before(own: Iterable[Envelope]) -> int:
    """Count the drafts that a text took which stands as in the version before."""
    return max(
        (e["data"]["rounds"] for e in own if is_a(e, SectionApproved) and e["data"].get("kept") is not None), default=0
    )


def _word(latest: Envelope) -> str:
    if is_a(latest, SectionApproved) and latest["data"]["missing"]:
        return "stub"
    waits = is_a(latest, SectionPlanned, SectionReopened)
    return CLOSED_AS.get(latest["type"], "waiting" if waits else "working")


def _reason(latest: Envelope, words: Words) -> str:
    missing = latest["data"].get("missing")
    if missing:
        named = "; ".join(f"“{name}” ({reason_in(why, words)})" for name, why in missing.items())
        return words("reason.written-without", named=named)
    return str(latest["data"].get("reason", ""))
