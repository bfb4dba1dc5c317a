"""What a run's sections say where there is no finished document: while it is made, and once it was stopped. Pure."""

from collections.abc import Sequence
from typing import Any

from quire.graphs.agents.arbiter.events import SectionSubmitted
from quire.graphs.agents.editor.events import DocumentFailed, ReleaseProposed
from quire.graphs.agents.planner.events import PlanRejected
from quire.graphs.events import is_a
from quire.graphs.run.journal import Journal
from quire.graphs.run.standing import document_section, ended, in_other_words, standing
from quire.graphs.run.summary import (
    CLOSED_AS,
    WRITTEN,
    SectionStatus,
    count_of,
    failure_of,
    sections_of,
    status_of,
    words_of,
)
from quire.nodes.event_store.port import Envelope
from quire.nodes.render.assembly import assemble, remarks_on
from quire.nodes.render.document import Document, DocumentSection
from quire.nodes.sources.passage import Reading


def draft_of(journal: Journal, readings: Sequence[Reading]) -> Document | None:
    """Show whoever is asked what would be released as it stands; ``None`` where nothing is written yet.

    Of a section that is being worked on it is the newest text, approved or not; of one that waits for a person, what
    would stand. One that has failed shows that it has, as it would in the document.
    """
    sections = _so_far(journal)
    if not any(made and "content" in made for made in sections):
        return None
    document = _assembled(journal, [made for made in sections if made is not None], readings)
    unwritten = [s["title"] for s, made in zip(sections_of(journal), sections, strict=True) if made is None]
    words = words_of(journal)
    notes = [words("draft.not-written", named="; ".join(unwritten))] if unwritten else []
    document["warnings"] = [words("draft.not-released"), *notes, *remarks_on(readings, words)]
    return document


def planned_of(journal: Journal, readings: Sequence[Reading]) -> Document | None:
    """Give a place to each section, written or not, so that all have the numbers they will have; ``None`` before."""
    stands = sections_of(journal)
    if not stands:
        return None
    empty = [document_section({**s, "status": "skipped"}, {}) for s in stands]
    places = [made or place for made, place in zip(_so_far(journal), empty, strict=True)]
    return _assembled(journal, places, readings)


def kept_of(journal: Journal, readings: Sequence[Reading]) -> Document | None:
    """Give what was approved in a run that ended before its document was finished.

    ``None`` where nothing was, or where somebody decided that there shall be no document.
    """
    if not has_kept(journal):
        return None
    status = status_of(journal)
    sections = ended(sections_of(journal), status)
    document = _assembled(journal, standing(sections, journal), readings)
    written, applying = count_of(sections)
    reason = failure_of(journal)
    how = "cancelled" if status == "cancelled" else "failed-for" if reason else "failed"
    words = words_of(journal)
    stopped = words(f"draft.{how}", reason=reason)
    note = words("draft.kept", stopped=stopped, n=written, total=applying)
    document["warnings"] = [note, *remarks_on(readings, words)]
    return document


def has_kept(journal: Journal) -> bool:
    """Whether a run that ended without a document leaves something that was approved."""
    stopped = status_of(journal) in {"cancelled", "failed"}
    refused = journal.of_type(DocumentFailed, PlanRejected)  # there shall be no document
    return stopped and not refused and any(s["status"] in WRITTEN for s in sections_of(journal))


def _so_far(journal: Journal) -> list[DocumentSection | None]:
    """Give what each section says, in the words that were proposed at its release; ``None`` of one without a text."""
    texts = {e["section"]: text_of(e) for e in journal.events.values() if "content" in text_of(e)}
    released = [e["data"].get("rewordings", ()) for e in journal.of_type(ReleaseProposed)]
    worded = released[-1] if released else ()
    drafted = [_drafted(s, texts.get(s["id"], {})) for s in sections_of(journal)]
    return [made and in_other_words(made, worded) for made in drafted]


def text_of(event: Envelope) -> dict[str, Any]:
    """Give what an event says of a section's text: of one that waits, as what it would be approved."""
    approval: dict[str, Any] = event["data"]["approval"] if is_a(event, SectionSubmitted) else event["data"]
    return approval


def _drafted(stands: SectionStatus, said: dict[str, Any]) -> DocumentSection | None:
    if stands["status"] in {*CLOSED_AS.values(), "stub"}:
        return document_section(stands, said if stands["status"] in WRITTEN else {})
    return document_section({**stands, "status": "approved"}, said) if said else None  # as it will read once it is


def _assembled(journal: Journal, sections: Sequence[DocumentSection], readings: Sequence[Reading]) -> Document:
    shown = [text_of(e) for e in journal.events.values() if "content" in text_of(e)]
    online = any(data.get("model") or data.get("models") for data in shown)
    return assemble(journal.asked, sections, readings, [], online=online)
