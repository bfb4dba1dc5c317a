"""A section as a document shows it, made of how it stands and of what it says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.run.journal import Journal
from quire.graphs.run.objections import open_of
from quire.graphs.run.summary import WRITTEN, SectionStatus
from quire.nodes.author.reading import is_mended
from quire.nodes.author.rewording import reworded
from quire.nodes.evidence.content import words_in
from quire.nodes.evidence.left_out import RUN_ENDED
from quire.nodes.render.document import DocumentSection
from quire.nodes.render.remarks import StruckAt


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
    if said.get("struck"):
        section["struck"] = [_struck_at(s) for s in said["struck"]]
    if objections := [str(f["message"]) for f in open_of(stands["id"], said, ()) if f.get("read")]:
        section["objections"] = objections
    if "content" in said:
        section["content"] = said["content"]
    return section


def _struck_at(struck: Mapping[str, Any]) -> StruckAt:
    """Give what a document says of a claim that was left out: anything but its words."""
    at = StruckAt(id=struck["id"], verdict=struck["verdict"], block=struck["block"])
    return {**at, "kind": struck["kind"]} if "kind" in struck else at


def in_other_words(section: DocumentSection, rewordings: Sequence[Mapping[str, Any]]) -> DocumentSection:
    """Give a section with the words that the editor proposed for its claims, where they are to be published.

    What was objected to in words that are there no more is mended.
    """
    if "content" not in section or not any(p["section"] == section["id"] for p in rewordings):
        return section
    before = section["content"]
    content = reworded(section["id"], before, rewordings)
    changed: DocumentSection = {**section, "content": content, "words": words_in(content["blocks"])}
    if left := [o for o in changed.pop("objections", ()) if not is_mended(o, before, content)]:
        changed["objections"] = left
    return changed


def ended(sections: Iterable[SectionStatus], status: str) -> list[SectionStatus]:
    """Give how sections ended with a run that ended so: what was still to be written is written no more."""
    return [_ended(section, status) for section in sections]


def standing(sections: Iterable[SectionStatus], journal: Journal) -> list[DocumentSection]:
    """Give the sections of a run that ended without a document: those that were approved with their text."""
    approved = {e["section"]: e["data"] for e in journal.of_type(SectionApproved)}
    return [document_section(s, approved[s["id"]] if s["status"] in WRITTEN else {}) for s in sections]


def _ended(section: SectionStatus, status: str) -> SectionStatus:
    if section["status"] not in {"waiting", "working"}:
        return section
    became = "cancelled" if status == "cancelled" else "failed"
    return {**section, "status": became, "reason": RUN_ENDED}
