"""What the ledger holds of an attempt, the reply that is read from it, and how a call without one is told. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from quire.nodes.event_store.port import Attempt, Usage
from quire.nodes.model.classify import Outcome
from quire.nodes.model.endpoints import Place
from quire.nodes.model.kinds import KINDS
from quire.nodes.model.question import Received
from quire.nodes.model.reply_json import parse
from quire.nodes.model.request import Request
from quire.nodes.model.routes import Route


@dataclass(frozen=True)
class Reply:
    """A usable reply."""

    text: str
    parsed: Any
    """The JSON value, where a schema was given; else None."""
    model: str
    """Which model gave it."""
    usage: Usage
    """Of the attempt that gave it."""


def attempt_of(model: str, outcome: Outcome, received: Received, usage: Usage, route: Route | None) -> Attempt:
    """Make what is recorded of an attempt.

    Args:
        model: the model that was asked.
        outcome: how it ended.
        received: what came.
        usage: what it cost.
        route: how the endpoint was found; None for one that was handed in.

    """
    attempt = Attempt(ended=outcome.ended, kind=outcome.kind, model=model, usage=usage)
    if outcome.ended == "ok":
        attempt["text"] = received.answer().text
        if unreported := received.unreported():
            attempt["unreported"] = unreported
    if outcome.detail:
        attempt["detail"] = outcome.detail
    if route is not None:
        attempt["provider"] = route.provider
    if received.answered_by:
        attempt["answered_by"] = received.answered_by
    if received.finish_reason:
        attempt["finish_reason"] = received.finish_reason
    return attempt


def reply_of(request: Request, attempt: Attempt) -> Reply:
    """Read the reply from an attempt that ended well."""
    text = attempt["text"]
    parsed = parse(text, request.schema) if request.schema is not None else None
    return Reply(text, parsed, attempt["model"], attempt["usage"])


def said_of(kind: str, place: Place) -> str:
    """Say how a call ended, naming the variables that its endpoint comes from."""
    said, route = KINDS.get(kind, KINDS["unknown"]).said, place.route
    if route is None:  # its key and its address are its user's
        return said.partition(";")[0]
    said = said.replace("OPENAI_API_KEY", route.key_variable).replace("OPENAI_BASE_URL", route.url_variable)
    said = re.sub("QUIRE_MODEL$", route.model_variable, said)
    return f"{said}: {route.host} ({route.url_variable} names it)" if kind == "connection" else said
