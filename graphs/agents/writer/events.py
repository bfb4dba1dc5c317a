"""What the writer says."""

from typing import Any

from graphs.events import Event


class SectionDrafted(Event, opens_round=True):
    """A draft of the section is there to be judged."""

    content: dict[str, Any]
    """``nodes.content.SectionContent``."""
    digest: str
    words: int
    model: str | None
    """The model that wrote it; ``None`` when no model was asked."""


class FactRequested(Event):
    """The writer lacks a fact and asks for it."""

    question: str
