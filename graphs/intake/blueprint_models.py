"""The shape of a blueprint. What its parts must agree on is checked in ``quire.graphs.intake.blueprint_checks``."""

import re
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from quire.graphs.agents.writer.events import SectionDrafted
from quire.nodes.decode.located import shown
from quire.nodes.evidence.claims import INFERENCES
from quire.nodes.records.record_types import Name, RecordType
from quire.nodes.records.shown import Shown

MAX_SECTIONS = 200
"""Sections of a document."""


def spelt(pattern: str, meaning: str) -> AfterValidator:
    """Hold a text to a pattern, and say in words what it must be."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{shown(text)} must be {meaning}")
        return text

    return AfterValidator(check)


ID = r"[a-z0-9][a-z0-9-]{0,63}"
Id: TypeAlias = Annotated[str, spelt(ID, "lower-case letters, digits and hyphens, 64 at most")]
RuleId: TypeAlias = Annotated[str, spelt(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", "letters, digits and hyphens, 64 at most")]
FactName: TypeAlias = Annotated[str, spelt(r"[a-z][a-z0-9_]{0,63}", "lower-case letters, digits and _, 64 at most")]
EventName: TypeAlias = Annotated[str, spelt(r"[A-Za-z][A-Za-z0-9-]{0,63}", "the name of an event")]
Function: TypeAlias = Annotated[
    str, spelt(r"[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,63}", "two names with a dot between")
]
After: TypeAlias = Annotated[str, spelt(rf"{ID}(\.drafted)?", "a section's id, or that with .drafted")]
Title: TypeAlias = Annotated[
    str, spelt(r"(?=.{1,300}$)\S([^\t\x85\u2028\u2029]*\S)?", "one line of up to 300 characters")
]
Prose: TypeAlias = Annotated[str, StringConstraints(max_length=20_000)]
Pattern: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Glob: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Model: TypeAlias = Annotated[str, spelt(r"\S{1,200}", "a model's name")]
FieldTitle: TypeAlias = Annotated[
    str,
    spelt(
        r"(?=.*(?:[^\W_]|\*))[^\n\r\t\x85\u2028\u2029]{1,100}", "one line of up to 100 characters, with a letter or *"
    ),
]
Policy: TypeAlias = Literal["stop", "stub"]
Question: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Language: TypeAlias = Literal["en", "de"]
"""Languages of documents, as ``quire.nodes.language.catalogue.LANGUAGES`` has them."""


def _policies(value: object) -> object:
    """Refuse in one message what a union of types would refuse in several."""
    if not all(policy in ("stop", "stub") for policy in (value.values() if isinstance(value, dict) else [value])):
        raise ValueError("must be `stop` or `stub`, or one of them for each section it waits for")
    return value


Policies: TypeAlias = Annotated[Policy | dict[Id, Policy], BeforeValidator(_policies)]


class Part(BaseModel):
    """Unknown keys are errors, ``"3"`` is no number, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FactSpec(Part):
    """A fact that the document can use."""

    description: Prose = ""
    required: bool = False
    default: Any = None
    """What it is when the brief does not state it. ``None``: nothing."""
    label: Annotated[str, Field(exclude_if=lambda label: not label)] = ""
    """What the cover calls it; without one, its name spelled out."""


class Rule(Part):
    """What a section or the document must keep to. One of ``check, forbid, require, read`` says how it is seen."""

    id: RuleId
    severity: Literal["error", "warning"] = "error"
    text: Prose
    scope: Literal["section", "document"] = "section"
    check: Function | None = None
    """``module.function`` of an installed kind or of ``quire.nodes.checks``."""
    forbid: Annotated[list[Pattern], Field(max_length=50)] = []
    """Regular expressions that no claim may match."""
    require: Annotated[list[Pattern], Field(max_length=50)] = []
    """Regular expressions that the text must match."""
    read: bool = False
    """Only reading can tell: a model is asked."""


class AgentSpec(Part):
    """An agent declared as data: a judge of drafts, with this prompt or checklist."""

    name: Id
    handles: Annotated[list[EventName], Field(min_length=1, max_length=20)] = [SectionDrafted.__name__]
    """Events upon which it reads the section's newest draft."""
    prompt: Prose | None = None
    """What to look for. What it objects to is a warning, unless the draft may not stand."""
    checklist: Annotated[list[Prose], Field(max_length=50)] = []
    """What must hold. What does not is an error."""
    proposes: bool = Field(default=False, exclude_if=lambda proposes: not proposes)
    """It may propose sections that the document lacks."""


class SectionSpec(Part):
    """A section: what it says, what it waits for, and how it is made."""

    id: Id
    title: Title
    instructions: Prose = ""
    """What to write; for a template, the template."""
    after: Annotated[list[After], Field(max_length=MAX_SECTIONS)] = []
    """Sections that must have ended first; ``header.drafted`` needs only a draft of it."""
    kind: Literal["prose", "table", "template"] = "prose"
    sources: Annotated[list[Glob], Field(max_length=50)] = []
    """Globs over the names of the sources it may use; none: all sources.

    Of a section that has a purpose, those that it is expected to draw on: it is searched in them, and may use what any
    section with a purpose draws on.
    """
    words: Annotated[int, Field(ge=1, le=20_000)] | None = None
    """About how long it should be."""
    rules: Annotated[list[RuleId], Field(max_length=200)] | None = None
    """Rules it is held to; none given: every rule of scope ``section``."""
    agents: Annotated[list[Id], Field(max_length=50)] | None = None
    """Agents that take part; none given: all that work on sections and are not on call."""
    model: Model | None = None
    when: str | None = None
    """A condition over ``facts``; the section is skipped where it does not hold."""
    wait_failed: Policies = "stop"
    """What to do when a section it waits for has failed: stop as well, or go on and say what is missing."""
    compute: Function | None = None
    """``family.name`` of an installed kind."""
    show: Annotated[list[Shown], Field(max_length=30)] = Field(default=[], exclude_if=lambda shown: not shown)
    """Tables and figures of records that stand in it. Journalled only where there are any."""
    inferences: float = Field(default=INFERENCES, ge=0, le=1, exclude_if=lambda share: share == INFERENCES)
    """Share of its claims that may be conclusions. Journalled only where it is another one."""
    needs_model: bool = Field(default=False, exclude_if=lambda needed: not needed)
    """It weighs what others say, which quoted sentences cannot do: without a model it is skipped.

    Journalled only where it is so: events of older releases do not say it.
    """
    frame: bool = Field(default=False, exclude_if=lambda frames: not frames)
    """It stays as it is where the plan is open; the sections that do not are replaced by those that are planned."""
    lists_questions: bool = Field(default=False, exclude_if=lambda lists: not lists)
    """It says what the sources leave open: where it is written, no list of open questions follows the sections."""
    purpose: Prose = Field(default="", exclude_if=lambda purpose: not purpose)
    """What it is for, as it was planned."""
    questions: Annotated[list[Question], Field(max_length=20)] = Field(default=[], exclude_if=lambda asked: not asked)
    """What it must answer, as it was planned."""

    @property
    def needs(self) -> list[str]:
        """Ids of the sections it waits for."""
        return list(dict.fromkeys(item.partition(".")[0] for item in self.after))

    def policy(self, needed: str) -> Policy:
        """Whether it stops or goes on when the section ``needed`` has failed."""
        return self.wait_failed.get(needed, "stop") if isinstance(self.wait_failed, dict) else self.wait_failed


class RuleWords(Part):
    """A rule in another language."""

    text: Prose
    forbid: Annotated[list[Pattern], Field(max_length=50)] = []
    require: Annotated[list[Pattern], Field(max_length=50)] = []


class SectionWords(Part):
    """A section in another language. Its instructions stay as they are where none are given: a model reads them."""

    title: Title
    instructions: Prose | None = None


class Translation(Part):
    """What a blueprint says, in another language."""

    title: Title
    facts: Annotated[dict[FactName, Title], Field(max_length=200)] = {}
    """What the cover calls them."""
    rules: Annotated[dict[RuleId, RuleWords], Field(max_length=200)] = {}
    sections: Annotated[dict[Id, SectionWords], Field(max_length=MAX_SECTIONS)] = {}


class Blueprint(Part):
    """A kind of document."""

    name: Id
    title: Title
    description: Prose = ""
    facts: Annotated[dict[FactName, FactSpec], Field(max_length=200)] = {}
    require_one_of: Annotated[list[list[FactName]], Field(max_length=50)] = Field(
        default=[], exclude_if=lambda groups: not groups
    )
    """Of each of these groups of facts the brief must state one at least. A fact that must be there is ``required``.

    Journalled only where there are any: events of older releases do not say it.
    """
    agents: Annotated[list[AgentSpec], Field(max_length=50)] = []
    rules: Annotated[list[Rule], Field(max_length=200)] = []
    personal: Annotated[list[FieldTitle], Field(max_length=50, exclude_if=lambda titles: not titles)] = []
    """Titles of columns, and labels, whose values are withheld in every source. Journalled only if there are any."""
    show_personal: Annotated[list[FieldTitle], Field(max_length=50, exclude_if=lambda titles: not titles)] = []
    """Titles, labels and kinds (``name``) that would be withheld, and are shown: this kind of document needs them."""
    records: Annotated[dict[Name, RecordType], Field(max_length=50)] = Field(
        default={}, exclude_if=lambda types: not types
    )
    """Types of records that its sections show. Journalled only where there are any."""
    plan: Literal["fixed", "open"] = Field(default="fixed", exclude_if=lambda plan: plan == "fixed")
    """Whether a model plans sections in the place of those that do not ``frame``. Without one these are written."""
    guidance: Prose = Field(default="", exclude_if=lambda guidance: not guidance)
    """How sections are to be planned, in words."""
    offers: Function | None = Field(default=None, exclude_if=lambda offers: offers is None)
    """A computation whose tables the writers of planned sections may place. Journalled only where there is one."""
    sections: Annotated[list[SectionSpec], Field(min_length=1, max_length=MAX_SECTIONS)]
    languages: Annotated[list[Language], Field(max_length=20, exclude_if=lambda given: not given)] = []
    """Languages it is written in, its own first; none given: whichever the brief or the sources have."""
    translations: Annotated[dict[Language, Translation], Field(exclude_if=lambda given: not given)] = {}
    """What it says in those of its languages that are not its own."""

    @property
    def standing(self) -> list[SectionSpec]:
        """The sections that no plan replaces."""
        return [s for s in self.sections if s.frame or self.plan == "fixed"]
