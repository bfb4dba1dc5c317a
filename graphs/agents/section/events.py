"""What a section run says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event, Verdict


class SectionOpened(Event):
    """Everything the section waits for has happened."""

    inputs: dict[str, dict[str, Any]]
    """What it was opened with, by section: ``{event, epoch, digest}`` of what was read, or ``{missing: reason}``."""
    findings: list[dict[str, Any]] = Field(default=[])
    """Why it was reopened, if it was."""
    changes: list[str] = Field(default=[])
    """Ids of the changes from outside that hold from here on."""
    spec: dict[str, Any] | None = None
    """The specification that holds then, if a change is of it."""
    because: list[str] = Field(default=[])
    """Why the text of the earlier version does not stand, if there is one."""
    edited: bool = False
    """It would stand, but for a person's edits: these are made, and nothing else is written."""


class ChangesTaken(Event):
    """The section takes up what was changed from outside, and starts again from there."""

    changes: list[str]
    """Ids of the events."""
    spec: dict[str, Any] | None = None
    """The specification that holds from here on, if a change is of it."""


UNREAD = "unread"
"""The rule of a finding that says that an agent which the blueprint declares could not read."""


class DraftJudged(Verdict):
    """A draft was read by an agent that the blueprint declares."""
