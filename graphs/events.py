"""The event: a fact that has happened, past tense, immutable; and those that belong to no single agent.

In code an event is a frozen pydantic model. At rest (state, checkpoints, journal, wire) it is the plain JSON
of ``quire.nodes.event_store.port.Envelope``, so that an old run loads under new code.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from quire.nodes.language.catalogue import ENGLISH


class Event(BaseModel):
    """A fact that has happened. Fields are ids and facts; who, when and why stand in the envelope around it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    external: ClassVar[bool] = False
    """Comes from outside: no agent needs to emit it."""
    terminal: ClassVar[bool] = False
    """Nobody has to react to it."""
    asks: ClassVar[bool] = False
    """Whoever says it waits for an answer: if nobody can give one, it is told (``RequestUnanswered``)."""
    opens_round: ClassVar[bool] = False
    """It counts one round more than its cause."""

    def __init_subclass__(cls, **marks: Any) -> None:
        """Mark a type and those below it: ``class ReportRequested(Event, external=True)``."""
        for mark in ("external", "terminal", "asks", "opens_round"):
            if mark in marks:
                setattr(cls, mark, marks.pop(mark))
        super().__init_subclass__(**marks)


class DocumentRequested(Event, external=True):
    """Someone wants a document."""

    title: str
    blueprint: dict[str, Any]
    facts: dict[str, Any]
    sources: list[dict[str, Any]]
    """Handles: ``{name, hash}``, and ``personal`` where fields are declared; the bytes are blobs of the record."""
    options: dict[str, Any]
    """The brief's, and its ``locale`` if it has one: a run of an older release has none."""
    withholds: bool = Field(default=False, exclude_if=lambda withholds: not withholds)
    """Personal data of the sources is withheld. Journalled only where it is so: older releases do not say it."""
    left_out: list[dict[str, str]] = Field(default_factory=list, exclude_if=lambda left_out: not left_out)
    """Files among the sources that could not be read: ``{name, reason}``."""
    language: str = Field(default=ENGLISH, exclude_if=lambda language: language == ENGLISH)
    """Of the document's fixed sentences. Journalled only where it is not English: older releases do not say it."""
    records: dict[str, list[dict[str, Any]]] = Field(default_factory=dict, exclude_if=lambda records: not records)
    """Those that the brief gives, by type (``quire.nodes.records.candidates``): no others are read of these types."""
    earlier: str = Field(default="", exclude_if=lambda digest: not digest)
    """Digest of the blob that holds the version which this document follows (``quire.graphs.run.earlier.Earlier``)."""


class SourceFetched(Event, external=True, terminal=True):
    """A tool was called for a source. It is called no more in this run, whatever came of it."""

    name: str
    """The source's."""
    server: str
    tool: str
    digest: str = ""
    """Of its reply, which is a blob of the record; empty where there is none that can be read."""
    problem: str = Field(default="", exclude_if=lambda problem: not problem)
    """Why there is none."""


class RunEnded(Event, external=True, terminal=True):
    """The run is over: nothing of it will be written any more."""

    status: str
    """``done``, ``partial``, ``failed`` or ``cancelled``."""
    reason: str


class Question(Event, terminal=True):
    """Something waits for a person."""

    question: str | None
    """Id by which it is answered: ``plan``, ``section:zoning``, ``section-proposed:signs``, ``release``.

    ``None``: nobody needs to be asked.
    """
    text: str
    """What is asked, for the person."""


class AnswerGiven(Event, external=True):
    """A person answered a question."""

    question: str
    decision: Literal["approve", "revise", "reject"]
    note: str
    """What the person wants changed, or why not."""
    drop: list[str] = Field(default=[], exclude_if=lambda ids: not ids)
    """Ids of the sections of a plan that are not to be written.

    Journalled only where there are any: events of older releases do not say it.
    """
    holds: str = Field(default="", exclude_if=lambda source: not source)
    """Of a conflict: the source whose value counts. Journalled only where one is named, as above."""


class SectionChanged(Event, external=True, terminal=True):
    """Someone wants a section written differently."""

    changes: dict[str, Any]
    """Fields of its specification and their new values."""


class SectionEdited(Event, external=True, terminal=True):
    """A person has put words of their own into a section, or taken some out. They stay through every draft."""

    claim: str
    """Name of the claim within the section."""
    was: str
    """Its words, as the person saw them."""
    based_on: str
    """Digest of these words (``quire.nodes.evidence.persons.digest_of_claim``)."""
    text: str
    """The person's words; empty: the claim goes."""
    behind: bool = False
    """The words stand behind the claim, and it stays."""
    before: bool = False
    """The words stand before the claim, and it stays."""
    moves: str = ""
    """Name of the claim whose words these are: with all that it stands on it goes from where it stood."""
    by: str = ""
    """Who it was, if that was told."""


class FactChanged(Event, external=True):
    """A fact of the brief is another one."""

    name: str
    value: Any


class SectionAdded(Event, external=True):
    """Someone wants one section more."""

    spec: dict[str, Any]


class SectionProposed(Event):
    """The document needs one section more, in the eyes of an agent. The planner accepts it or declines."""

    title: str
    why: str
    """What is missing without it, in one sentence, for whoever decides."""
    purpose: str = ""
    """What it is for; without one, ``why`` stands for it."""
    questions: list[str] = []
    """What it must answer."""
    evidence: list[dict[str, Any]] = []
    """Where that was seen: ``{source, address}``, and ``quote``."""
    after: list[str] = []
    """Ids of the sections that it builds on."""
    behind: str = ""
    """Id of the section behind which it stands in the document; otherwise before those that close the document."""


class SectionCancelled(Event, external=True, terminal=True):
    """Nobody wants the section any more."""

    reason: str


class RunResumed(Event, external=True, terminal=True):
    """The run goes on after a time in which nobody worked on it: it was interrupted, or waited for a person."""


class RunSuspended(Event, external=True, terminal=True):
    """The run is put aside, because the model endpoint is out of order. It is tried again by itself."""

    reason: str
    """For whoever asks what the run waits for."""
    out_for: float
    """Seconds for which the endpoint had been out of order."""
    pause: float
    """Seconds after which it is tried again."""


class RunCancelled(Event, external=True, terminal=True):
    """Nobody wants the document any more."""

    reason: str


class AgentFailed(Event, external=True):
    """An agent gave up for good: a classified fault of a model, a source or time, never a bug."""

    code: str
    """The fault's code (``quire.nodes.faults``)."""
    reason: str
    """One sentence for the reader of the document; holds no source text and no server's words."""


class RequestUnanswered(Event, external=True):
    """The agent that was asked gave up or said nothing. Only the asker hears it, and goes on without the answer."""

    code: str
    """The fault's code, or ``unanswered``."""
    reason: str


class AgentRecruited(Event, external=True, terminal=True):
    """One more agent takes part in the section from here on. It hears first what moved the other to recruit it."""

    agent: str
    """Its name."""
    reason: str


class Verdict(Event):
    """A judgement of a draft. Whoever emits a subclass is heard by the arbiter."""

    blocks: bool
    """The draft may not be approved as it stands."""
    findings: list[dict[str, Any]]
    """``quire.nodes.computations.materials.Finding``."""


def type_names(*events: type[Event]) -> frozenset[str]:
    """Give the names of event types, as they stand in envelopes."""
    return frozenset(event.__name__ for event in events)


def is_a(envelope: Mapping[str, object], *events: type[Event]) -> bool:
    """Whether an event at rest is of one of these types."""
    return envelope["type"] in [event.__name__ for event in events]


def name_of(event: type[Event]) -> str:
    """Give the name by which blueprints and the wire know an event type: kebab case (``section-drafted``)."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", event.__name__).lower()


def fact_of(event: type[Event]) -> str:
    """Give the sentence that says what has happened when an event of this type is there."""
    return (event.__doc__ or "").strip().partition("\n")[0]


def types_below(event: type[Event]) -> dict[str, type[Event]]:
    """Give an event type and all types derived from it, by name."""
    below = {event.__name__: event}
    for sub in event.__subclasses__():
        below.update(types_below(sub))
    return below
