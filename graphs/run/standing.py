"""A section as a document shows it, made of how it stands and of what it says. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import WRITTEN, SectionStatus
from quire.nodes.author.rewording import reworded
from quire.nodes.evidence.content import SectionContent, claims_of, words_in
from quire.nodes.evidence.left_out import RUN_ENDED
from quire.nodes.render.document import DocumentSection
from quire.nodes.render.remarks import StruckAt

_QUOTED: Final = re.compile("[“„](.+?)[”“](?=\\W|$)")


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
    if objections := [str(f["message"]) for f in said.get("findings", ()) if f.get("read")]:
        section["objections"] = objections
    if "content" in said:
        section["content"] = said["content"]
    return section


def _struck_at(struck: Mapping[str, Any]) -> StruckAt:
    """Give what a document says of a claim that was left out: anything but its words."""
    at = StruckAt(id=struck["id"], verdict=struck["verdict"], block=struck["block"])
    return {**at, "kind": struck["kind"]} if "kind" in struck else at


def in_other_words(section: DocumentSection, rewordings: Sequence[Mapping[str, Any]]) -> DocumentSection:
    """Give a section with the words that the editor proposed for its claims, where they are to be published."""
    if "content" not in section or not any(p["section"] == section["id"] for p in rewordings):
        return section
    content = reworded(section["id"], section["content"], rewordings)
    worded: DocumentSection = {**section, "content": content, "words": words_in(content["blocks"])}
    if objections := section.get("objections"):
        before, after = (_texts(one) for one in (section["content"], content))
        worded["objections"] = [one for one in objections if not _is_met(one, before, after)]
    return worded


def _texts(content: SectionContent) -> list[str]:
    return [made["text"] for block in content["blocks"] for made in claims_of(block)]


def _is_met(objection: str, before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether the words that an objection quotes first stood in the section and stand there no more."""
    quoted = _QUOTED.search(objection)
    return (
        quoted is not None
        and any(quoted[1] in text for text in before)
        and not any(quoted[1] in text for text in after)
    )


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
