"""What a run's sections say so far, for whoever is asked about it before there is a document. Pure."""

from collections.abc import Sequence
from typing import Any, cast

from quire.graphs.events import DocumentRequested, is_a
from quire.graphs.run.summary import SectionStatus, sections_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.render.assembly import assemble
from quire.nodes.render.document import Document, DocumentSection
from quire.nodes.sources.passage import Reading


def draft_of(events: Sequence[Envelope]) -> Document | None:
    """Assemble the newest text of every section, approved or not; ``None`` where nothing is written yet."""
    requested = next((e["data"] for e in events if is_a(e, DocumentRequested)), None)
    texts = {e["section"]: e["data"] for e in events if "content" in e["data"]}
    if requested is None or not texts:
        return None
    sections = [_section(s, texts[s["id"]]) for s in sections_of(events) if s["id"] in texts]
    online = any(data.get("model") or data.get("models") for data in texts.values())
    document = assemble(requested, sections, [_unread(s) for s in requested["sources"]], [], online=online)
    document["warnings"] = ["This is a draft: it has not been released."]
    return document


def _section(stands: SectionStatus, data: dict[str, Any]) -> DocumentSection:
    return DocumentSection(
        id=stands["id"],
        title=stands["title"],
        status="approved",  # as it will read once it is
        rounds=stands["rounds"],
        words=stands["words"],
        models={},
        content=data["content"],
    )


def _unread(source: dict[str, str]) -> Reading:
    """Name a source, so that what cites it can be numbered."""
    empty = {"media": "", "title": "", "passages": [], "warnings": []}
    return cast("Reading", {"source": source["name"], "hash": source["hash"], **empty})
