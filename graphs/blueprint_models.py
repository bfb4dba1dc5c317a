"""The shape of a blueprint. What its parts must agree on is checked in ``graphs.blueprint_checks``."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MAX_SECTIONS = 200
"""Sections of a document."""

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
RuleId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$")]
FactName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
EventName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")]
Function: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=120)]
After: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}(\.drafted)?$")]
Title: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\S([^\n\r\t]*\S)?$", max_length=300)]
Prose: TypeAlias = Annotated[str, StringConstraints(max_length=20_000)]
Pattern: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Glob: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Model: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\S{1,200}$")]
Policy: TypeAlias = Literal["stop", "stub"]


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


class Rule(Part):
    """What a section or the document must keep to. One of ``check, forbid, require, read`` says how it is seen."""

    id: RuleId
    severity: Literal["error", "warning"] = "error"
    text: Prose
    scope: Literal["section", "document"] = "section"
    check: Function | None = None
    """``module.function`` of ``nodes.rules``."""
    forbid: Annotated[list[Pattern], Field(max_length=50)] = []
    """Regular expressions that no claim may match."""
    require: Annotated[list[Pattern], Field(max_length=50)] = []
    """Regular expressions that the text must match."""
    read: bool = False
    """Only reading can tell: a model is asked."""


class AgentSpec(Part):
    """An agent declared as data: it runs through the one generic agent, with this prompt or checklist."""

    name: Id
    handles: Annotated[list[EventName], Field(min_length=1, max_length=20)]
    emits: Annotated[list[EventName], Field(max_length=20)] = []
    prompt: Prose | None = None
    checklist: Annotated[list[Prose], Field(max_length=50)] = []
    scope: Literal["section", "document"] = "section"


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
    """Globs over the names of the sources it may use; none: all sources."""
    words: Annotated[int, Field(ge=1, le=20_000)] | None = None
    """About how long it should be."""
    rules: Annotated[list[RuleId], Field(max_length=200)] | None = None
    """Rules it is held to; none given: every rule of scope ``section``."""
    agents: Annotated[list[Id], Field(max_length=50)] | None = None
    """Agents that take part; none given: all that work on sections."""
    model: Model | None = None
    when: str | None = None
    """A condition over ``facts``; the section is skipped where it does not hold."""
    wait_failed: Policies = "stop"
    """What to do when a section it waits for has failed: stop as well, or go on and say what is missing."""
    compute: Function | None = None
    """``family.name`` of ``nodes.computations``."""

    @property
    def needs(self) -> list[str]:
        """Ids of the sections it waits for."""
        return list(dict.fromkeys(item.partition(".")[0] for item in self.after))

    def policy(self, needed: str) -> Policy:
        """Whether it stops or goes on when the section ``needed`` has failed."""
        return self.wait_failed.get(needed, "stop") if isinstance(self.wait_failed, dict) else self.wait_failed


class Blueprint(Part):
    """A kind of document."""

    name: Id
    title: Title
    description: Prose = ""
    facts: Annotated[dict[FactName, FactSpec], Field(max_length=200)] = {}
    agents: Annotated[list[AgentSpec], Field(max_length=50)] = []
    rules: Annotated[list[Rule], Field(max_length=200)] = []
    sections: Annotated[list[SectionSpec], Field(min_length=1, max_length=MAX_SECTIONS)]
