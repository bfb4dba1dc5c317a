"""The shape of a brief and of its inline sources."""

from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from quire.graphs.intake.blueprint_models import ID, FieldTitle, Language, Part, Title, spelt
from quire.nodes.decode.located import shown
from quire.nodes.evidence.figures.conventions import convention_of

Approval: TypeAlias = Annotated[
    str,
    spelt(
        rf"conflicts|plan|release|sections|section:{ID}",
        "conflicts, plan, release, sections, or section: with a section's id",
    ),
]
SourceName: TypeAlias = Annotated[str, spelt(r"[^\n\r\t\x85\u2028\u2029]{1,255}", "one line of up to 255 characters")]


PersonalFields: TypeAlias = Annotated[list[FieldTitle], Field(max_length=50)]


def _known(locale: str) -> str:
    try:
        convention_of(locale)
    except ValueError:
        raise ValueError(f"{shown(locale)} must be a language, or a language and a country: de, de-CH, en-GB") from None
    return locale


LocaleName: TypeAlias = Annotated[str, AfterValidator(_known)]


ModelName: TypeAlias = Annotated[str, spelt(r"[^\s]{1,200}", "a model's name, without spaces")]


class Budget(Part):
    """What a run may spend. ``None``: no bound of its own."""

    calls: Annotated[int, Field(gt=0)] | None = None
    tokens: Annotated[int, Field(gt=0)] | None = None
    usd: Annotated[float, Field(gt=0)] | None = None
    seconds: Annotated[float, Field(gt=0)] | None = None


class Batch(Part):
    """What holds for all documents of a batch together."""

    id: Annotated[str, Field(max_length=64)] = ""
    """Which batch; filled in when its rows are begun."""
    budget: Budget = Budget()
    """What all of them may spend together."""


class Template(Part):
    """A Word file that lends the document its styles, cover, heads and feet. In a brief's file it may be a path."""

    name: SourceName
    base64: str


def _given(template: Any) -> Any:
    """Give a template; of an empty one nothing: forms send that where nobody has filled it in."""
    return None if template == {} else template


class Options(Part):
    """How the document is made."""

    approve: list[Approval] = Field(default_factory=list, max_length=210)
    """What waits for a person: ``conflicts`` (which holds), ``plan``, ``release``, ``sections``, ``section:<id>``.

    ``sections`` means all of them.
    """
    max_rounds: Annotated[int, Field(ge=1, le=10)] = 2
    """Drafts of a section within an epoch."""
    budget: Budget = Budget()
    batch: Batch | None = None
    """What bounds all documents of a batch (``quire.graphs.intake.batch``)."""
    model: ModelName | None = None
    """What every agent asks: one of the models that the settings name."""
    models: Annotated[dict[str, ModelName], Field(max_length=100)] | None = None
    """What single agents ask, by the agent's name."""
    template: Annotated[Template | None, BeforeValidator(_given)] = None


class InlineSource(Part):
    """A source's name and content, as text or as base64."""

    name: SourceName
    text: str | None = None
    base64: str | None = None
    personal: PersonalFields = Field(default_factory=list)
    """Titles of its columns, and its labels, whose values are withheld."""


class SourcesAt(Part):
    """Files that a path or a glob names, with what holds for each of them."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    personal: PersonalFields = Field(default_factory=list)


class McpCall(Part):
    """Which tool is called, with what. How its server is reached is the operator's to say."""

    server: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    tool: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    arguments: dict[str, Any] = Field(default_factory=dict)


class ReplySource(Part):
    """A source that is what a tool replies, once, when the run begins."""

    name: SourceName
    mcp: McpCall
    personal: PersonalFields = Field(default_factory=list)


class LeftOut(Part):
    """A file that is among the sources and could not be read, with the reason."""

    name: Annotated[str, Field(max_length=1_000)]
    reason: Annotated[str, Field(max_length=1_000)]


class Brief(Part):
    """What the user asks for. The blueprint and the sources are read apart: in a file, they may be paths."""

    blueprint: Any
    title: Title | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    sources: list[Any] = Field(default_factory=list)
    locale: LocaleName | None = None
    """How the sources write numbers and dates, where they do not tell it themselves."""
    plan: Any = None
    """``{sections: […]}``, written in the place of the blueprint's. It is read apart, as the blueprint is."""
    records: Any = None
    """By type, or a file of them: instead of what would be read of the sources. They are read apart as well."""
    options: Options = Options()
    left_out: list[LeftOut] = Field(default_factory=list, max_length=1_000)
    """What stays out of the sources: the document names it."""
    language: Language | None = None
    """Of the document's fixed sentences; ``None``: that of most sources."""
