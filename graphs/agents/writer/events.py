"""What the writer says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event


class SectionDrafted(Event, opens_round=True):
    """A draft of the section is there to be judged."""

    content: dict[str, Any]
    """``quire.nodes.evidence.content.SectionContent``."""
    digest: str
    words: int
    model: str | None
    """The model that wrote it, or those that wrote its parts (``a, b``); ``None`` when no model was asked."""
    reason: str = Field(default="", exclude_if=lambda reason: not reason)
    """Why no model's words stand in it, where one was asked and gave none: it is what code computed."""
    made_with: dict[str, str] = Field(default={}, exclude_if=lambda models: not models)
    """The models that are asked for the section, by agent, and under ``prompts`` the digest of what they are told."""
    edited: bool = Field(default=False, exclude_if=lambda edited: not edited)
    """It is the text that stood, with a person's edits: what judges say of it is for the reader, not for a writer."""


class FactRequested(Event, asks=True):
    """The writer lacks facts and asks for them."""

    question: str
    more: list[str] = Field(default=[], exclude_if=lambda more: not more)
    """Further questions."""
    begun: str = Field(default="", exclude_if=lambda begun: not begun)
    """The reply as far as it goes, to be gone on from."""


class PartPlanned(Event, terminal=True):
    """The section is too large for one draft: this is a part of it, which is drafted by itself."""

    part: int
    """Its place in the section, from 1."""
    title: str
    instructions: str
    words: int


class PartDrafted(Event, terminal=True):
    """A part is drafted. The section is, once all its parts are."""

    part: int
    words: int
    model: str
