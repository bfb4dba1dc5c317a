"""What may be told to a document while it is written: the shapes of it, and what each does."""

from typing import Any, Literal, TypeAlias

from pydantic import Field

from quire.graphs.intake.blueprint_models import MAX_SECTIONS, Part
from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run
from quire.nodes.decode.located import Located
from quire.nodes.decode.shaped import shaped
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BadInput


class Answer(Part):
    """A question is answered."""

    type: Literal["answer"]
    question: str
    """``plan``, ``release``, ``section:<id>``, ``section-proposed:<id>``, ``conflict:<number>``."""
    decision: Literal["approve", "revise", "reject"] | None = None
    """It may be left out where ``drop`` names sections, or ``holds`` a source: that approves."""
    note: str = Field(default="", max_length=20_000)
    """What is to be changed, or why not."""
    drop: list[str] = Field(default=[], max_length=MAX_SECTIONS)
    """Ids of sections of a plan that are not to be written."""
    holds: str = Field(default="", max_length=255)
    """Of sources that differ, the one whose value counts."""


class Fact(Part):
    """A fact of the brief is another one; sections that it can reach are written again."""

    type: Literal["fact"]
    name: str = Field(min_length=1, max_length=256)
    value: Any


class AddedSection(Part):
    """One section more is wanted."""

    type: Literal["section_added"]
    section: dict[str, Any]
    """As in a blueprint: ``id``, ``title``, ``instructions``, ``after`` …"""


class ChangedSection(Part):
    """A section is to be written differently."""

    type: Literal["section_changed"]
    section: str
    changes: dict[str, Any]
    """Of ``title``, ``instructions``, ``words``, ``sources``, ``rules``, ``model``."""


class EditedSection(Part):
    """A person puts words of their own in the place of a claim's; they stay through every draft."""

    type: Literal["section_edited"]
    section: str
    claim: str
    """Its name within the section, as ``document.json`` has it."""
    text: str = Field(max_length=20_000)
    """Empty: the claim goes."""
    based_on: str = Field(default="", max_length=64)
    """Digest of the claim that the person saw: the edit is refused if it says something else by now."""
    behind: bool = False
    """The words stand behind the claim, and it stays."""
    by: str = Field(default="", max_length=200)


class CancelledSection(Part):
    """A section is not wanted any more."""

    type: Literal["section_cancelled"]
    section: str
    reason: str = Field(default="", max_length=20_000)


Telling: TypeAlias = Answer | Fact | AddedSection | ChangedSection | EditedSection | CancelledSection
TELLINGS: dict[str, type[Telling]] = {
    "answer": Answer,
    "fact": Fact,
    "section_added": AddedSection,
    "section_changed": ChangedSection,
    "section_edited": EditedSection,
    "section_cancelled": CancelledSection,
}


def telling_of(said: Any) -> Telling:
    """Read what is told.

    Raises:
        BadInput: it is none of what can be; names the field.

    """
    kind = said.get("type") if isinstance(said, dict) else None
    if not isinstance(kind, str) or kind not in TELLINGS:
        raise BadInput("that is no event", field="type", hint=f"one of {', '.join(TELLINGS)}")
    return shaped(TELLINGS[kind], Located(said))


async def tell(run: Run, told: Telling) -> Envelope:
    """Tell a run, and give the event that it became.

    Raises:
        BadInput: it cannot be done to this run.

    """
    match told:
        case Answer():
            return await outside.answer(run, told.question, _given(told))
        case Fact():
            return await outside.change_fact(run, told.name, told.value)
        case AddedSection():
            return await outside.add_section(run, told.section)
        case ChangedSection():
            return await outside.change_section(run, told.section, told.changes)
        case EditedSection():
            return await outside.edit_section(run, told.section, told.model_dump(exclude={"type", "section"}))
        case CancelledSection():
            return await outside.cancel_section(run, told.section, told.reason)


def _given(told: Answer) -> dict[str, Any]:
    """Give an answer as a run takes it.

    Raises:
        BadInput: it decides nothing.

    """
    if told.decision is None and not (told.drop or told.holds):
        raise BadInput("is missing", field="decision", hint="approve, revise or reject")
    return {**told.model_dump(exclude={"type", "question"}), "decision": told.decision or "approve"}
