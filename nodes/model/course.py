"""Where a call stands, judged from its recorded attempts alone. Pure.

A step that runs again therefore goes on where it stopped: attempts that failed count towards their
limits, and an ``ok`` one ends the call without another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quire.nodes.event_store.port import Attempt
from quire.nodes.model.kinds import KINDS, OUTAGE, OWN_TO_ENDPOINT, REPAIRS, Kind
from quire.nodes.model.request import Request

_MOST_ATTEMPTS = 8
"""At one model, whatever the mix of faults."""
_STREAM_SPOILERS = frozenset({"no-stream", "empty"})
"""Kinds after which the reply is not streamed: streams hide a refusal behind an empty reply."""


@dataclass(frozen=True)
class Ask:
    """Another attempt is due."""

    model: str
    failures: int
    """How many attempts at this model have failed."""
    max_tokens: int
    pieces: int | None
    """How many pieces of evidence to send; None sends all."""
    fault: str
    """Where the last reply broke its schema."""
    may_stream: bool


@dataclass(frozen=True)
class Done:
    """An attempt succeeded."""

    attempt: Attempt


@dataclass(frozen=True)
class GaveUp:
    """No further attempt is worth making."""

    kind: str


def next_step(
    request: Request, attempts: Sequence[Attempt], abandoned: Collection[str] = (), *, two_endpoints: bool = False
) -> Ask | Done | GaveUp:
    """Say what follows on the attempts so far.

    Args:
        request: what is asked.
        attempts: its recorded attempts, in order.
        abandoned: models that cannot be waited for any longer.
        two_endpoints: the fallback model has another endpoint, which need not have what is wrong with the first.

    """
    done = next((attempt for attempt in attempts if attempt["ended"] == "ok"), None)
    if done:
        return Done(done)
    kind = ""
    for model in _models(request):
        own = [attempt for attempt in attempts if attempt["model"] == model and attempt["kind"] != OUTAGE]
        if model not in abandoned and _worth_another(request, own):
            return _ask(request, model, own)
        kind = own[-1]["kind"] if own else "rate-limited"
        if not (_known(kind).elsewhere or (two_endpoints and kind in OWN_TO_ENDPOINT)):
            break
    return GaveUp(kind)


def _models(request: Request) -> list[str]:
    return list(dict.fromkeys(model for model in (request.model, request.fallback_model) if model))


def _known(kind: str) -> Kind:
    return KINDS.get(kind, KINDS["unknown"])


def _worth_another(request: Request, own: Sequence[Attempt]) -> bool:
    if not own:
        return True
    kind = own[-1]["kind"]
    if kind == "context-overflow" and request.pieces_after_shrinking() == len(request.evidence):
        return False
    return len(own) < _MOST_ATTEMPTS and _count(own, kind) <= _known(kind).again


def _count(own: Sequence[Attempt], kind: str) -> int:
    alike = REPAIRS if kind in REPAIRS else {kind}
    return sum(attempt["kind"] in alike for attempt in own)


def _ask(request: Request, model: str, own: Sequence[Attempt]) -> Ask:
    kinds = [attempt["kind"] for attempt in own]
    last = own[-1] if own else None
    return Ask(
        model=model,
        failures=len(own),
        max_tokens=request.max_tokens * (2 if "truncated" in kinds else 1),
        pieces=request.pieces_after_shrinking() if "context-overflow" in kinds else None,
        fault=_fault(last) if last else "",
        may_stream=_STREAM_SPOILERS.isdisjoint(kinds),
    )


def _fault(last: Attempt) -> str:
    """Give the place that a repair names; a record that kept none still asks for JSON again."""
    return (last.get("detail") or "$") if last["kind"] in REPAIRS else ""
