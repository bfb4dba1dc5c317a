"""What a section's lane says."""

from typing import Any

from pydantic import Field

from graphs.events import Event


class SectionOpened(Event):
    """Everything the section waits for has happened; ``inputs`` is what its gate opened with."""

    inputs: dict[str, dict[str, Any]]
    """By section: ``{event, epoch, digest}`` of what was read, or ``{missing: reason}``."""
    findings: list[dict[str, Any]] = Field(default=[])
    """Why it was reopened, if it was."""
