"""What goes into the document graph, what it holds while a document is made, and what comes out."""

from collections.abc import Sequence
from typing import Annotated, Any, NotRequired

from langgraph.channels import EphemeralValue
from typing_extensions import TypedDict

from quire.graphs.dispatch.dispatcher import DispatcherState
from quire.graphs.intake.brief_input import BriefInput
from quire.graphs.kernel.agent_state import extend
from quire.graphs.run.summary import SectionStatus
from quire.nodes.event_store.port import Attempt, Envelope
from quire.nodes.event_store.sums import total
from quire.nodes.render.document import Document


class DocumentInput(BriefInput):
    """A brief, with its sources inline (``quire.graphs.intake.brief.load`` makes it of a file)."""

    id: NotRequired[Annotated[str, EphemeralValue(str)]]
    """The run's id, if the caller makes it. It is never taken over into the next run on a thread."""
    plan: NotRequired[Annotated[dict[str, Any], EphemeralValue(dict)]]
    """The sections to write in the place of the blueprint's: ``{sections: […]}``. It is not taken over either."""
    earlier: NotRequired[Annotated[dict[str, Any], EphemeralValue(dict)]]
    """The version that the document follows (``quire.graphs.run.earlier.Earlier``). It is not taken over either."""
    edits: NotRequired[Annotated[list[dict[str, Any]], EphemeralValue(list)]]
    """Persons' edits of that version, each the data of a ``SectionEdited``, and its ``section``."""


class RunUsage(TypedDict):
    """What a run's model calls came to; ``usd`` is None where a model has no known price."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    """Of the prompt's: read from an endpoint's cache."""
    usd: float | None
    unreported: NotRequired[dict[str, list[str]]]
    """By model: what its client does not tell. Without ``finish_reason`` a reply that was cut may pass for whole;
    without ``usage`` tokens are estimated."""


def run_usage(attempts: Sequence[Attempt]) -> RunUsage:
    """Sum what attempts at model calls came to."""
    spent = total(attempt["usage"] for attempt in attempts)
    usage = RunUsage(
        calls=len(attempts),
        prompt_tokens=spent["prompt_tokens"],
        completion_tokens=spent["completion_tokens"],
        cached_tokens=spent.get("cached_tokens", 0),
        usd=spent["usd"],
    )
    if silent := {attempt["model"]: attempt["unreported"] for attempt in attempts if "unreported" in attempt}:
        usage["unreported"] = silent
    return usage


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
    suspended: Annotated[list[Envelope], extend]
    """Sections that can only go on once a person has answered, by the events that sent them."""
    again: list[Envelope]
    """Those of them that are sent again."""
    packed: str | None
    """While people are waited for: the record, where it is only in the memory of a process (``Run.packed``)."""
