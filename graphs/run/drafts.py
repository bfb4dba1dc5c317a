"""What a run's sections say where there is no finished document: while it is made, and once it was stopped. Pure."""

from collections.abc import Sequence
from typing import Any

from quire.graphs.agents.editor.events import DocumentFailed, ReleaseProposed
from quire.graphs.agents.planner.events import PlanRejected
from quire.graphs.events import DocumentRequested, is_a, type_names
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

REFUSED = type_names(DocumentFailed, PlanRejected)
"""What says that there shall be no document."""


def draft_of(events: Sequence[Envelope], readings: Sequence[Reading]) -> Document | None:
    """Show whoever is asked what would be released as it stands; ``None`` where nothing is written yet.

    Of a section that is being worked on it is the newest text, approved or not. One that has failed shows that it
    has, as it would in the document.
    """
    texts = {e["section"]: e["data"] for e in events if "content" in e["data"]}
    if not texts:
        return None
    sections = [_drafted(s, texts.get(s["id"], {})) for s in sections_of(events)]
    released = [e["data"].get("rewordings", ()) for e in events if is_a(e, ReleaseProposed)]
    worded = [in_other_words(s, released[-1] if released else ()) for s in sections if s is not None]
    document = _assembled(events, worded, readings)
    unwritten = [s["title"] for s, made in zip(sections_of(events), sections, strict=True) if made is None]
    words = words_of(events)
    notes = [words("draft.not-written", named="; ".join(unwritten))] if unwritten else []
    document["warnings"] = [words("draft.not-released"), *notes, *remarks_on(readings, words)]
    return document


def kept_of(events: Sequence[Envelope], readings: Sequence[Reading]) -> Document | None:
    """Give what was approved in a run that ended before its document was finished.

    ``None`` where nothing was, or where somebody decided that there shall be no document.
    """
    if not has_kept(events):
        return None
    status = status_of(events)
    sections = ended(sections_of(events), status)
    document = _assembled(events, standing(sections, events), readings)
    written, applying = count_of(sections)
    reason = failure_of(events)
    how = "cancelled" if status == "cancelled" else "failed-for" if reason else "failed"
    words = words_of(events)
    stopped = words(f"draft.{how}", reason=reason)
    note = words("draft.kept", stopped=stopped, n=written, total=applying)
    document["warnings"] = [note, *remarks_on(readings, words)]
    return document


def has_kept(events: Sequence[Envelope]) -> bool:
    """Whether a run that ended without a document leaves something that was approved."""
    stopped = status_of(events) in {"cancelled", "failed"}
    refused = any(e["type"] in REFUSED for e in events)
    return stopped and not refused and any(s["status"] in WRITTEN for s in sections_of(events))


def _drafted(stands: SectionStatus, said: dict[str, Any]) -> DocumentSection | None:
    if stands["status"] in {*CLOSED_AS.values(), "stub"}:
        return document_section(stands, said if stands["status"] in WRITTEN else {})
    return document_section({**stands, "status": "approved"}, said) if said else None  # as it will read once it is


def _assembled(
    events: Sequence[Envelope], sections: Sequence[DocumentSection], readings: Sequence[Reading]
) -> Document:
    requested = next(e["data"] for e in events if is_a(e, DocumentRequested))
    shown = [e["data"] for e in events if "content" in e["data"]]
    online = any(data.get("model") or data.get("models") for data in shown)
    return assemble(requested, sections, readings, [], online=online)
