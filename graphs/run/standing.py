"""A section as a document shows it, made of how it stands and of what it says. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.events import is_a
from quire.graphs.run.summary import WRITTEN, SectionStatus
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.left_out import RUN_ENDED
from quire.nodes.render.document import DocumentSection


def document_section(stands: SectionStatus, said: Mapping[str, Any]) -> DocumentSection:
    """Make a document's section.

    Args:
        stands: how it stands; its status is one of a section that has ended.
        said: the data of the event that says its text, if there is one.

    """
    section = DocumentSection(
        id=stands["id"],
        title=stands["title"],
        status=cast("Any", stands["status"]),
        rounds=stands["rounds"],
        words=stands["words"],
        models={"writer": ", ".join(said["models"])} if said.get("models") else {},
    )
    if "reason" in stands:
        section["reason"] = stands["reason"]
    if "content" in said:
        section["content"] = said["content"]
    return section


def ended(sections: Iterable[SectionStatus], status: str) -> list[SectionStatus]:
    """Give how sections ended with a run that ended so: what was still to be written is written no more."""
    return [_ended(section, status) for section in sections]


def standing(sections: Iterable[SectionStatus], events: Iterable[Envelope]) -> list[DocumentSection]:
    """Give the sections of a run that ended without a document: those that were approved with their text."""
    approved = {e["section"]: e["data"] for e in events if is_a(e, SectionApproved)}
    return [document_section(s, approved[s["id"]] if s["status"] in WRITTEN else {}) for s in sections]


def _ended(section: SectionStatus, status: str) -> SectionStatus:
    if section["status"] not in {"waiting", "working"}:
        return section
    became = "cancelled" if status == "cancelled" else "failed"
    return {**section, "status": became, "reason": RUN_ENDED}
