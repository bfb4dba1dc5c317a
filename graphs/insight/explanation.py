"""Why a document, or one of its sections, says what it says: read from the journal and the ledger. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed
from quire.graphs.agents.planner.events import SectionPlanned, SectionSkipped
from quire.graphs.events import SectionCancelled, is_a
from quire.graphs.insight.answered import QuestionAnswered, answered
from quire.graphs.insight.causes import CausalGraph
from quire.graphs.insight.uses import Uses
from quire.graphs.run.drafts import text_of
from quire.graphs.run.growth import GROWING, origin_of
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import SectionStatus, sections_of, status_of
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Usage
from quire.nodes.event_store.sums import total
from quire.nodes.evidence.content import Claim, claims_of
from quire.nodes.faults import BadInput


class Cause(TypedDict):
    """An event, and what led to it."""

    n: int
    at: str
    section: str | None
    epoch: int
    round: int
    agent: str
    type: str
    because: list[int]
    """Numbers of the events without which it could not have happened."""
    said: dict[str, Any]
    """What it says, without the text itself: findings, reasons, words, what it read."""


class Calls(TypedDict):
    """What an agent asked a model on behalf of a section, and what it cost."""

    section: str
    agent: str
    step: str
    model: str
    calls: int
    ended: dict[str, int]
    """How many attempts ended how: ``ok``, ``rate-limited``, ``truncated`` …"""
    came_to: dict[str, int]
    """How many of those that were answered came to what (``quire.graphs.insight.uses``)."""
    usage: Usage


class SectionExplained(TypedDict):
    """A section, in a word each."""

    id: str
    title: str
    status: str
    rounds: int
    words: int
    claims: dict[str, int]
    """How many claims stand on what: ``source``, ``computed``, ``brief`` …"""


class Explanation(TypedDict):
    """Why a document or a section says what it says."""

    id: str
    section: str | None
    status: str
    sections: list[SectionExplained]
    causes: list[Cause]
    claims: list[Claim]
    """Of the section, with the evidence of each; of the document none: ask for a section."""
    questions: list[QuestionAnswered]
    """Of the section, with the evidence that speaks of each; of the document none."""
    calls: list[Calls]
    models: list[str]
    usage: Usage


def explain(
    run: str, journal: Journal, ledger: Iterable[tuple[CallKey, Attempt]], section: str | None = None
) -> Explanation:
    """Explain a document, or a section of it.

    Raises:
        BadInput: there is no such section.

    """
    sections = [_section(journal, stands) for stands in sections_of(journal)]
    if section is not None and section not in {s["id"] for s in sections}:
        known = ", ".join(s["id"] for s in sections) or "none yet"
        raise BadInput(f"run {run!r} has no section {section!r}", field="SECTION", hint=f"sections: {known}")
    shown = [s for s in sections if section in {None, s["id"]}]
    asked = [(key, attempt) for key, attempt in ledger if section in {None, key.section}]
    claims = _claims(journal, section) if section else []
    return Explanation(
        id=run,
        section=section,
        status=shown[0]["status"] if section else status_of(journal),
        sections=shown,
        causes=_causes(journal, section),
        claims=claims,
        questions=answered(journal, section, claims) if section else [],
        calls=_calls(asked, Uses(journal)),
        models=sorted({attempt["model"] for _, attempt in asked if attempt["ended"] == "ok"}),
        usage=total(attempt["usage"] for _, attempt in asked),
    )


def _section(journal: Journal, stands: SectionStatus) -> SectionExplained:
    bases = Counter(str(claim["basis"]) for claim in _claims(journal, stands["id"]))
    return SectionExplained(
        id=stands["id"],
        title=stands["title"],
        status=stands["status"],
        rounds=stands["rounds"],
        words=stands["words"],
        claims=dict(sorted(bases.items())),
    )


def _causes(journal: Journal, section: str | None) -> list[Cause]:
    """Give what led to a section as it stands, or to the document: what each event rests on and says."""
    causes = CausalGraph(journal)
    about = _proposed(causes, section) if section else []
    own = [e for e in causes.events if e["section"] == section or e in about or (not section and _told_of_document(e))]
    return [_cause(causes, event) for event in own]


def _proposed(causes: CausalGraph, section: str) -> list[Envelope]:
    """Give what came before a section was planned that agents proposed: the proposal, and what a person said to it."""
    planned = next((e for e in causes.events_of(section, 1) if is_a(e, SectionPlanned)), None)
    chain = [planned] if planned and origin_of(planned, causes.journal.events) else []
    while chain and chain[-1]["type"] not in GROWING:
        chain.append(causes.journal.events[chain[-1]["cause"] or ""])
    return chain


def _told_of_document(event: Envelope) -> bool:
    return is_a(event, SectionApproved, SectionFailed, SectionCancelled, SectionSkipped)


def _cause(causes: CausalGraph, event: Envelope) -> Cause:
    return Cause(
        n=event["n"],
        at=event["at"],
        section=event["section"],
        epoch=event["epoch"],
        round=event["round"],
        agent=event["agent"],
        type=event["type"],
        because=[e["n"] for e in causes.parents(event)],
        said=_said(event["data"]),
    )


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out the text, which has its own place, and what was not said at all."""
    kept = {k: v for k, v in data.items() if k not in _LONG and v not in (None, "", [], {})}
    return kept | {f"{k}_count": len(data[k]) for k in ("evidence", "sources") if data.get(k)}


_LONG = frozenset({"content", "spec", "evidence", "blueprint", "sources", "approval", "facts", "sections"})


def _claims(journal: Journal, section: str) -> list[Claim]:
    """Give the claims of a section's text as it was last approved, or else as it would stand, or was drafted."""
    own = [e for e in journal.events.values() if e["section"] == section and "content" in text_of(e)]
    approved = [e for e in own if is_a(e, SectionApproved)]
    text = (approved or own)[-1:]
    return [claim for e in text for block in text_of(e)["content"]["blocks"] for claim in claims_of(block)]


def _calls(asked: Iterable[tuple[CallKey, Attempt]], uses: Uses) -> list[Calls]:
    """Add attempts up by section, agent, step and model, and what came of those that were answered."""
    together: dict[tuple[str, str, str, str], list[Attempt]] = defaultdict(list)
    used: dict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    for key, attempt in asked:
        about = (key.section, key.agent, key.step, attempt["model"])
        together[about].append(attempt)
        used[about].update([uses.of(key)] if attempt["ended"] == "ok" else [])
    return [
        Calls(
            section=section,
            agent=agent,
            step=step,
            model=model,
            calls=len(attempts),
            ended=dict(sorted(Counter(a["kind"] for a in attempts).items())),
            came_to=dict(sorted(used[section, agent, step, model].items())),
            usage=total(a["usage"] for a in attempts),
        )
        for (section, agent, step, model), attempts in sorted(together.items())
    ]
