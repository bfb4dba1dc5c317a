"""What a person may edit of a section: a claim of its text as it stands, named as the person saw it. Pure."""

from collections.abc import Mapping
from typing import Any, cast

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import SectionEdited
from quire.graphs.run.blackboard import Blackboard
from quire.nodes.evidence.claims import named
from quire.nodes.evidence.content import Claim, SectionContent
from quire.nodes.evidence.persons import digest_of_claim, nameable
from quire.nodes.faults import BadInput, EditedMeanwhile


def text_of(blackboard: Blackboard, section: str) -> SectionContent | None:
    """Give what a section says now: its newest draft, or how it stands, or stood in the version before."""
    said = [e for e in blackboard.of_type(SectionDrafted, SectionApproved) if e["section"] == section]
    before = blackboard.earlier["sections"].get(section) if blackboard.earlier else None
    approval = before.get("approval", {}) if before else {}
    return cast("SectionContent | None", said[-1]["data"]["content"] if said else approval.get("content"))


class EditableClaim(TypedDict):
    """A claim that a person may say otherwise."""

    section: str
    claim: str
    """Its name within the section."""
    based_on: str
    """Digest that an edit of these words is based on."""
    text: str


def claims_to_edit(blackboard: Blackboard, section: str) -> list[EditableClaim]:
    """List what a section says, claim by claim, as it can be edited; nothing where it has no text yet."""
    content = text_of(blackboard, section)
    return [
        EditableClaim(section=section, claim=made["id"], based_on=digest_of_claim(made), text=made["text"])
        for made in (named(nameable(content)) if content else ())
        if is_words(made)
    ]


def edit_to_make(section: str, content: SectionContent | None, edit: Mapping[str, Any]) -> SectionEdited:
    """Give the event of an edit, held against the text that it is about.

    Args:
        section: which.
        content: what it says.
        edit: ``claim``, ``text``, and where wanted ``based_on``, ``behind`` or ``before``, ``moves``, ``by``.

    Raises:
        BadInput: there is no such claim, or nothing would change.
        EditedMeanwhile: the claim says something else by now.

    """
    if content is None:
        raise BadInput(f"section {section!r} has no text yet", field="section", hint="wait for its first draft")
    claims = {c["id"]: c for c in named(nameable(content)) if is_words(c)}
    made = claims.get(str(edit["claim"]))
    if made is None:
        known = ", ".join(list(claims)[:12]) or "none"
        raise BadInput(f"section {section!r} has no claim {edit['claim']!r}", field="claim", hint=f"one of {known}")
    digest, text = digest_of_claim(made), " ".join(str(edit["text"]).split())
    if edit.get("based_on") and edit["based_on"] != digest:
        raise EditedMeanwhile(section, made["id"], made["text"])
    if (edit.get("behind") or edit.get("before")) and not text:
        raise BadInput("there are no words to put beside it", field="text")
    if text == made["text"]:
        raise BadInput("it says that already", field="text")
    return SectionEdited(
        claim=made["id"],
        was=made["text"],
        based_on=digest,
        text=text,
        behind=bool(edit.get("behind")),
        before=bool(edit.get("before")),
        moves=_moves(claims, edit),
        by=str(edit.get("by", "")),
    )


def _moves(claims: Mapping[str, Claim], edit: Mapping[str, Any]) -> str:
    """Give the claim that an edit moves, if the section has it and it says the edit's words."""
    moving = claims.get(str(edit.get("moves", "")))
    beside = edit.get("behind") or edit.get("before")
    return moving["id"] if moving and beside and moving["text"] == edit["text"] else ""


def is_words(made: Claim) -> bool:
    """Whether a claim says something that a person may say otherwise: an empty cell does not."""
    return bool(made["text"].strip())
