"""The port that every record answers: journal, ledger, blobs.

All methods are coroutines that never block the event loop. Everything stored is JSON or bytes.
"""

from typing import Any, Literal, NamedTuple, NotRequired, Protocol

from typing_extensions import TypedDict

from quire.nodes.event_store.accounts import Accounts
from quire.nodes.event_store.kept import Kept
from quire.nodes.event_store.leases import Leases

AttemptClass = Literal["ok", "retry", "shrink", "refuse", "fatal"]


class CallKey(NamedTuple):
    """Identity of a model call, by what it is for and what it asks, never by the order of calls."""

    section: str
    epoch: int
    agent: str
    step: str
    round: int
    request: str
    """SHA-256 (hex) over what is asked: no clock, no random number, no run id in it."""


class Usage(TypedDict):
    """What an attempt cost. ``estimated`` when the server reported no usage."""

    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    estimated: bool
    cached_tokens: NotRequired[int]
    """Of the prompt's: read from the endpoint's cache. Left out where there are none."""


class Attempt(TypedDict):
    """How one attempt at a call ended."""

    ended: AttemptClass
    kind: str
    """``ok``, or the fault's name: ``rate-limited``, ``truncated``, ``refused``, ``deadline`` …"""
    model: str
    text: NotRequired[str]
    """The reply, for ``ok``."""
    detail: NotRequired[str]
    """Where a reply broke its schema (``$.claims[2]: required``), or what of a request was refused (``form``).
    Never the model's words."""
    unreported: NotRequired[list[str]]
    """What its client does not tell of a good reply: ``finish_reason``, ``usage``."""
    provider: NotRequired[str]
    """Whose model it is: ``openai``, ``anthropic`` …; left out of a model that a program has handed in."""
    answered_by: NotRequired[str]
    """The model that answered, as its provider calls it: often with a date."""
    finish_reason: NotRequired[str]
    """Why the reply ended, in its provider's words."""
    usage: Usage


class Envelope(TypedDict):
    """An event at rest. ``n`` and ``at`` are given by the journal."""

    n: int
    id: str
    type: str
    at: str
    section: str | None
    epoch: int
    round: int
    agent: str
    cause: str | None
    to: NotRequired[str]
    """The one agent that it is meant for."""
    reason: NotRequired[str]
    """Why it was handed to that agent."""
    asks: NotRequired[bool]
    """Whoever said it waits for an answer."""
    data: dict[str, Any]


class Ledger(Protocol):
    """Model replies under the identity of their call."""

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        ...

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
        """Record how an attempt ended. It is durable when this returns."""
        ...

    async def usage(self, run: str) -> Usage:
        """Sum what all recorded attempts of a run cost."""
        ...

    async def calls(self, run: str) -> int:
        """Count the recorded attempts of a run."""
        ...

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all recorded attempts of a run, each with the call it was made for."""
        ...


class Record(Ledger, Protocol):
    """Journal, ledger and blobs of runs, and the accounts that they pay from."""

    @property
    def accounts(self) -> Accounts:
        """Where what may be spent is kept."""
        ...

    @property
    def kept(self) -> Kept:
        """What tenants may use again in other runs."""
        ...

    @property
    def leases(self) -> Leases | None:
        """Where its processes share an endpoint; None where there is one process, or none knows of the others."""
        ...

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        /,
    ) -> list[Envelope]:
        """Write events, blobs and the run's new status in one transaction and give the events their numbers.

        An event whose id is already there is given back as it was first written.

        Args:
            run: the run.
            events: what happened.
            blobs: what the events name, by digest.
            status: the run's new one.
            heard: the number of the last event from outside that whoever ends the run has taken up. Records that only
                one process writes need not compare it.

        Raises:
            RecordedOtherwise: the id is there with other content.
            ChangedMeanwhile: something came from outside after what was heard; nothing is written.

        """
        ...

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give the run's events numbered above ``after``, in order."""
        ...

    async def put(self, run: str, blob: bytes) -> str:
        """Keep bytes for a run and give their SHA-256 (hex)."""
        ...

    async def get(self, digest: str) -> bytes:
        """Give the bytes kept under a digest.

        Raises:
            RecordFault: nothing is kept under it.

        """
        ...
