"""How a run stands, read from its journal: what ``run.json`` and the graph's output say. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed
from quire.graphs.agents.editor.events import DocumentFailed, SectionReopened
from quire.graphs.agents.planner.events import PlanProposed, PlanRejected, SectionPlanned, SectionSkipped
from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import (
    AgentFailed,
    RunEnded,
    SectionCancelled,
    SectionProposed,
    is_a,
)
from quire.graphs.run.growth import origin_of
from quire.graphs.run.journal import Journal
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


def sections_of(journal: Journal) -> list[SectionStatus]:
    """Give how each planned section stands, in document order."""
    ordered = sorted(journal.listed, key=lambda section: journal.listed[section]["data"]["position"])
    drafts = Counter(e["section"] for e in journal.of_type(SectionDrafted))
    kept = _rounds_before(journal)
    words = words_of(journal)
    return [_status(journal, section, drafts[section] + kept.get(section, 0), words) for section in ordered]


def words_of(journal: Journal) -> Words:
    """Give the fixed words of the language of a run's document."""
    return words_in(journal.asked.get("language", ENGLISH))


def plan_of(journal: Journal) -> list[dict[str, Any]]:
    """Give the sections of the plan that was last proposed (``PlanProposed.sections``); none if none was."""
    proposed = journal.of_type(PlanProposed)
    return list(proposed[-1]["data"]["sections"]) if proposed else []


def status_of(journal: Journal) -> Status:
    """Give how the run stands."""
    if journal.cancelled is not None:
        return "cancelled"
    if _fatal(journal):
        return "failed"
    if not journal.of_type(DocumentPublished):
        return "waiting" if journal.open_questions() else "running"
    return verdict(sections_of(journal))


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


def struck_of(journal: Journal) -> list[StruckClaim]:
    """List the claims that were left out of the sections as they stand, in the order in which these closed."""
    return [
        StruckClaim(section=str(e["section"]), text=s["text"], reason=s["reason"])
        for e in approved_of(journal)
        for s in e["data"].get("struck", ())
    ]


def searched_by_words(journal: Journal) -> list[str]:
    """Say which sections were searched for by words alone, though an embedding model is set, and why: once a reason."""
    why: dict[str, list[str]] = {}
    for e in journal.of_type(EvidenceGathered):
        if (reason := e["data"].get("by_words_alone")) and e["section"] not in why.setdefault(reason, []):
            why[reason].append(str(e["section"]))
    return [f"Sources were searched by words alone for {', '.join(who)}: {reason}." for reason, who in why.items()]


def claims_of_run(journal: Journal) -> ClaimCounts:
    """Count what the sections as they stand state, by kind, and what of it was struck."""
    blocks = [block for e in approved_of(journal) for block in e["data"]["content"]["blocks"]]
    stated = [c for block in blocks for c in claims_of(block) if c["basis"] not in ("fixed", "unsupported")]
    kinds = Counter(kind_of(made) for made in stated)
    return ClaimCounts(
        fact=kinds["fact"],
        computed=kinds["computed"],
        inference=kinds["inference"],
        gap=kinds["gap"],
        struck=len(struck_of(journal)),
    )


def approved_of(journal: Journal) -> list[Envelope]:
    """Give how each section stands that is approved."""
    return list({e["section"]: e for e in journal.of_type(SectionApproved)}.values())


def count_of(sections: Sequence[SectionStatus]) -> tuple[int, int]:
    """Count the sections that are written, and those that apply to the brief."""
    applying = [s["status"] for s in sections if applies(s["status"], s.get("reason", ""))]
    return sum(status in WRITTEN for status in applying), len(applying)


def failure_of(journal: Journal) -> str:
    """Say why a run failed, for its reader."""
    return next((str(e["data"]["reason"]) for e in _fatal(journal) if e["data"].get("reason")), "")


def _fatal(journal: Journal) -> list[Envelope]:
    """Give what the whole run fails of. That nobody could decide on a section that was proposed is no such thing."""
    failed = [e for e in journal.events.values() if _may_be_fatal(e)]
    return [e for e in failed if not (about := origin_of(e, journal.events)) or not is_a(about, SectionProposed)]


def _may_be_fatal(event: Envelope) -> bool:
    failed = is_a(event, AgentFailed) and event["section"] is None and event["agent"] in DOCUMENT_AGENTS
    ended = is_a(event, RunEnded) and event["data"]["status"] == "failed"
    return failed or ended or is_a(event, PlanRejected, DocumentFailed)


def _status(journal: Journal, section: str, rounds: int, words: Words) -> SectionStatus:
    listed, latest = journal.listed[section], journal.latest[section]
    status = SectionStatus(
        id=section,
        title=str(journal.specs.get(section, listed["data"])["title"]),
        status=_word(latest),
        rounds=rounds,
        words=int(latest["data"].get("words", 0)),
    )
    if reason := _reason(latest, words):
        status["reason"] = reason
    return status


def counts_of(journal: Journal) -> dict[str, int]:
    """Count how many sections stand how, by the words of ``SectionStatus``, as soon as anything is said of them."""
    return dict(Counter(map(_word, journal.latest.values())))


def _rounds_before(journal: Journal) -> dict[str, int]:
    """Count, by section, the drafts that a text took which stands as in the version before."""
    kept = [e for e in journal.of_type(SectionApproved) if e["data"].get("kept") is not None]
    return {str(e["section"]): max(k["data"]["rounds"] for k in kept if k["section"] == e["section"]) for e in kept}


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
