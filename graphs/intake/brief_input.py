"""A brief as its graph takes it, for whoever makes a form of that: Studio, LangServe's playground.

The types guide and do not judge: what they do not know is let through to ``quire.graphs.intake.brief``, which names
what is wrong
with it. A field of several types is spelt as JSON Schema's list of types, since forms have no field for an ``anyOf``.
"""

from typing import Annotated, Any, NotRequired, TypeAlias

from langgraph.channels import EphemeralValue
from pydantic import Field, with_config
from typing_extensions import TypedDict


class _InstalledBlueprints:
    """The schema of a field with a blueprint: those that are installed, to choose from, the general one first.

    They are read when a schema is asked for: who only writes a document does not wait for all of them.
    """

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: Any) -> dict[str, Any]:
        """Give the choices. A form shows no field for an ``anyOf``, so the mapping stands in the description."""
        from quire.graphs.intake.blueprint import names  # noqa: PLC0415 - see above

        return {"type": "string", "title": "Blueprint", "enum": names(), "default": GENERAL}


@with_config(title="Tool call", extra="allow", strict=True)
class McpInput(TypedDict):
    """A tool of a server that the operator has named, and what it is given."""

    server: str
    tool: str
    arguments: NotRequired[dict[str, Any]]


@with_config(title="Source", extra="allow", strict=True)
class SourceInput(TypedDict):
    """A source's name, its content as text, as base64 or as what a tool replies, and which fields are personal."""

    name: str
    text: NotRequired[str]
    base64: NotRequired[str]
    mcp: NotRequired[McpInput]
    personal: NotRequired[
        Annotated[list[str], Field(description="Columns and labels whose values are withheld.", examples=[["owner"]])]
    ]


@with_config(title="Budget", extra="allow", strict=True)
class BudgetInput(TypedDict, total=False):
    """What a run may spend."""

    calls: int
    tokens: int
    usd: float
    seconds: float


@with_config(title="Options", extra="allow", strict=True)
class OptionsInput(TypedDict, total=False):
    """How the document is made."""

    approve: Annotated[
        list[str],
        Field(
            description="What waits for a person: plan, sections (all of them), section:ID, release.",
            examples=[["plan", "release"]],
        ),
    ]
    max_rounds: Annotated[int, Field(description="Drafts of a section, 1 to 10.", json_schema_extra={"default": 2})]
    budget: BudgetInput
    model: Annotated[str, Field(description="What every agent asks, of the models that are set.", examples=["gpt-4o"])]
    models: Annotated[dict[str, str], Field(description="What single agents ask.", examples=[{"writer": "gpt-4o"}])]
    template: Annotated[
        dict[str, str], Field(description="A Word file that lends styles, cover, heads and feet: {name, base64}.")
    ]


GENERAL = "general-report"

Sources: TypeAlias = Annotated[
    list[SourceInput],
    Field(
        description="What it is written from: {name, text}, {name, base64} or {name, mcp: {server, tool, arguments}}.",
        examples=[[{"name": "notes.md", "text": "The roof was replaced in 2021."}]],
    ),
]


@with_config(title="Left out", extra="allow", strict=True)
class LeftOutInput(TypedDict):
    """A file that is among the sources and could not be read."""

    name: str
    reason: str


@with_config(extra="allow", strict=True)
class BriefInput(TypedDict):
    """A brief, with its sources inline (``quire.graphs.intake.brief.load`` makes it of a file)."""

    blueprint: Annotated[
        str | dict[str, Any],
        _InstalledBlueprints,
        Field(description="What kind of document; a program may give a blueprint of its own, as a mapping."),
    ]
    title: NotRequired[
        Annotated[
            str,
            Field(description="Of the document; the blueprint's if left out.", examples=["The roof of 41 Mill Lane"]),
        ]
    ]
    facts: NotRequired[Annotated[dict[str, Any], Field(description="What you know; the blueprint says which it uses.")]]
    sources: NotRequired[Sources]
    locale: NotRequired[
        Annotated[
            str,
            Field(
                description="How the sources write numbers and dates, where they do not tell it: de, de-CH, en-GB.",
                examples=["en-GB"],
            ),
        ]
    ]
    records: NotRequired[
        Annotated[
            dict[str, list[dict[str, Any]]],
            EphemeralValue(dict),
            Field(description="Records by type, as `quire extract` writes them; of these types no others are read."),
        ]
    ]
    options: NotRequired[OptionsInput]
    left_out: NotRequired[
        Annotated[
            list[LeftOutInput],
            EphemeralValue(list),
            Field(description="Files that stay out of the sources, each with the reason; the document names them."),
        ]
    ]
    language: NotRequired[
        Annotated[
            str,
            Field(description="Of the document: en or de; if left out, that of most sources.", examples=["en", "de"]),
        ]
    ]
