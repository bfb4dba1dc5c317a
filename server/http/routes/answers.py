"""The shapes of what the HTTP routes answer, as OpenAPI shows them."""

from typing import Any

from typing_extensions import TypedDict

from quire.nodes.event_store.port import Envelope
from quire.server.presentation.run_json import RunReport


class Problem(TypedDict, total=False):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list["FieldProblem"]
    answer: "GivenAnswer"


class FieldProblem(TypedDict):
    """What is wrong with one field of what was sent."""

    field: str
    line: int
    problem: str
    hint: str


class GivenAnswer(TypedDict):
    """The answer that a question has got from somebody else."""

    question: str
    decision: str
    note: str


class Links(TypedDict):
    """Where a document's parts are."""

    self: str
    events: str
    content: str


class Accepted(TypedDict):
    """A brief was accepted; the document is being written."""

    id: str
    status: str
    links: Links


class Progress(TypedDict):
    """How far a document is: sections that are written, of those that apply."""

    written: int
    all: int


class TakenBack(Accepted):
    """A Word file came back; a version with what was changed in it is being written."""

    edits: int
    """Statements that a person changed, put in or took out."""
    instructions: int
    """Comments that ask for something."""
    not_taken_up: list[str]
    """What else was changed in it: headings, marks, notes."""


class Listed(TypedDict):
    """A document in a list."""

    id: str
    title: str
    kind: str
    """The blueprint's name; empty of a run that was begun before it was kept."""
    status: str
    progress: Progress | None
    """Of a document that is not over."""
    started: str
    finished: str | None


class Listing(TypedDict):
    """A page of documents, the newest first. ``next`` is what to ask for ``after``; null at the end."""

    documents: list[Listed]
    next: str | None


class Titled(RunReport):
    """How a document stands, under its title."""

    title: str
    no_revision: str
    """Why nothing of it can be written again on request; empty where a model can be asked to."""


class Standing(TypedDict):
    """How a document stands now."""

    id: str
    status: str


class EventPage(TypedDict):
    """Events of a document, and the number to ask for ``after`` next."""

    events: list[Envelope]
    next: int


class Taken(TypedDict):
    """What was told is in the journal, when it takes effect, and what follows from it for other sections."""

    event: Envelope
    taken: str
    follows: list[str]


PROBLEMS: dict[int, str] = {
    401: "A key is needed.",
    403: "Without keys, only this machine is served.",
    404: "There is no such document, or it is not the caller's.",
    406: "The client takes none of the types that it is to be had in.",
    409: "It cannot be done to the document as it stands, or the same request is being worked on.",
    413: "The body is too large.",
    415: "The body is of another type.",
    422: "What was sent cannot be used; errors name the fields.",
    429: "The tenant has as much under way as it may.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals of a route; every route may refuse for want of a key."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": PROBLEMS[status], "content": {"application/problem+json": {"schema": schema}}}
        for status in (401, 403, *statuses)
    }
