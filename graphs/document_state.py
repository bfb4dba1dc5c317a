"""What goes into the document graph, what it holds while a document is made, and what comes out."""

from typing import Annotated, NotRequired

from langgraph.channels import EphemeralValue
from typing_extensions import TypedDict

from graphs.agent_state import extend
from graphs.brief_input import BriefInput
from graphs.dispatcher import DispatcherState
from graphs.summary import SectionStatus
from nodes.record.port import Event
from nodes.render.document import Document


class DocumentInput(BriefInput):
    """A brief, with its sources inline (``graphs.brief.load`` makes it of a file)."""

    id: NotRequired[Annotated[str, EphemeralValue(str)]]
    """The run's id, if the caller makes it. It is never taken over into the next run on a thread."""


class RunUsage(TypedDict):
    """What a run's model calls came to; ``usd`` is None where a model has no known price."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None


class DocumentOutput(TypedDict):
    """What a run hands back."""

    document: Document | None
    markdown: str
    status: str
    sections: list[SectionStatus]
    usage: RunUsage


class DocumentState(DispatcherState, DocumentInput, DocumentOutput):
    """The state of a document being made."""

    run: str
    parked: Annotated[list[Event], extend]
    """Sections that can only go on once a person has answered, by the events that sent them."""
    again: list[Event]
    """Those of them that are sent again."""
