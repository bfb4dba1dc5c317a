"""Whether a section that an agent proposes is written, and what it is. Pure.

Code declines what would be too much, what cannot be, and what there is already; it knows no better than that. With a
model, the model weighs what is left (``quire.graphs.agents.planner.weighing``).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from quire.graphs.agents.planner.framing import INSTRUCTIONS
from quire.graphs.agents.planner.outline_checks import alike, is_plain
from quire.graphs.agents.planner.places import Plan
from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.intake.blueprint_models import MAX_SECTIONS
from quire.nodes.event_store.port import Envelope
from quire.nodes.support.carried import invents_figures

MOST_PROPOSED = 6
"""Sections of a run that agents propose and that are written, or that people are asked about."""
_LONGEST_ID = 56


class Proposal(NamedTuple):
    """What is proposed, and what is known of the document."""

    said: Mapping[str, Any]
    """The data of ``SectionProposed``."""
    plan: Plan
    asked: Sequence[Mapping[str, Any]]
    """Specifications of proposed sections that people are asked about, or have answered about just now."""
    accepted: int
    """How many were proposed and accepted before."""
    added: Sequence[Envelope]
    """Sections that were added from outside."""
    given: Sequence[str]
    """Texts whose figures a title may name."""

    @property
    def specs(self) -> list[Mapping[str, Any]]:
        """What there is of sections already."""
        return [*(e["data"]["spec"] for e in (*self.plan.planned, *self.added)), *self.asked]


def declined(proposal: Proposal) -> str:
    """Say why a section is not to be written, whatever anybody thinks of it; empty if nothing speaks against it."""
    return next(_objections(proposal), "")


def _objections(proposal: Proposal) -> Iterator[str]:
    said, ids = proposal.said, proposal.plan.ids
    if proposal.accepted + len(proposal.asked) >= MOST_PROPOSED:
        yield f"{MOST_PROPOSED} sections were proposed and accepted; there is room for no more"
    if len(proposal.specs) >= MAX_SECTIONS:
        yield f"a document has {MAX_SECTIONS} sections at most"
    if not is_plain(said["title"]):
        yield "its title is not a few plain words that name its subject"
    elif invents_figures(said["title"], proposal.given):
        yield "its title holds a figure that stands in nothing that was given"
    if unknown := [item for item in said["after"] if str(item).partition(".")[0] not in ids]:
        yield f"it builds on {unknown[0]!r}, which is not planned"
    if said["behind"] and said["behind"] not in ids:
        yield f"it is to stand behind {said['behind']!r}, which is not planned"
    if same := next((spec for spec in proposal.specs if _same(said, spec)), None):
        yield f"it has the purpose of “{same['title']}”"
    try:
        spec_of(proposal)
    except ValidationError as problem:
        yield f"it is no section: {problem.errors()[0]['msg']}"


def spec_of(proposal: Proposal) -> SectionSpec:
    """Make a section of a blueprint out of what was proposed."""
    said = proposal.said
    taken = {str(spec["id"]) for spec in proposal.specs} | {str(e["section"]) for e in proposal.plan.skipped}
    purpose = said["purpose"] or said["why"]
    return SectionSpec(
        id=_free_id(said["title"], taken),
        title=said["title"],
        instructions=INSTRUCTIONS["prose"],
        purpose=purpose,
        questions=said["questions"] or [purpose],
        after=list(dict.fromkeys(said["after"])),
    )


def _same(said: Mapping[str, Any], spec: Mapping[str, Any]) -> bool:
    purpose, other = said["purpose"] or said["why"], spec.get("purpose", "")
    return alike(said["title"], spec["title"]) or bool(purpose and other and alike(purpose, other))


def _free_id(title: str, taken: Iterable[str]) -> str:
    """Make an id of a title that no section has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-") or "section"
    numbered = (name if n == 1 else f"{name}-{n}" for n in range(1, MAX_SECTIONS * 2))
    return next(each for each in numbered if each not in set(taken))
