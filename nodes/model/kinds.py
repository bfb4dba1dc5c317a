"""How an attempt at a model call can end, and what is done about it: one row a kind."""

from typing import Final, NamedTuple

from quire.nodes.event_store.port import AttemptClass


class Kind(NamedTuple):
    """One way for an attempt to end badly."""

    ended: AttemptClass
    again: int
    """How many further attempts at the same model it is worth."""
    elsewhere: bool
    """Whether the fallback model may do better."""
    pause: bool
    """Whether to wait before the next attempt."""
    said: str
    """What the user is told. Never a server's or a model's words."""


OUTAGE: Final = "outage"
"""An attempt that failed while the endpoint was out of order for everybody. It does not count against its call."""

UNSUPPORTED: Final = "unsupported"
"""An attempt that asked for something the endpoint does not do. It is asked for less, and remembered."""

KINDS: Final[dict[str, Kind]] = {
    # the endpoint is busy or out of order
    "rate-limited": Kind("retry", 6, True, True, "the endpoint limits its rate for longer than the call may wait"),
    "server-error": Kind("retry", 4, True, True, "the endpoint failed"),
    "connection": Kind("retry", 4, True, True, "the connection to the endpoint failed"),
    OUTAGE: Kind("retry", 0, False, False, "the endpoint has been out of order for longer than calls wait"),
    "conflict": Kind("retry", 2, True, True, "the endpoint reported a conflict"),
    "deadline": Kind("retry", 1, True, True, "no whole reply came in time"),
    "stalled": Kind("retry", 1, True, True, "the reply stopped coming"),
    "unreadable": Kind("retry", 2, True, True, "the endpoint's answer was not JSON, or broken"),
    "malformed": Kind("retry", 2, True, True, "the endpoint's answer held no reply"),
    "not-an-api": Kind("retry", 1, False, True, "the endpoint answers like a web page; check OPENAI_BASE_URL"),
    "no-stream": Kind("retry", 1, True, False, "the endpoint does not stream"),
    "unknown": Kind("retry", 1, True, True, "the call failed in a way that is not known"),
    # the reply cannot be used
    "cut-off": Kind("retry", 2, True, True, "the reply ended without being finished"),
    "empty": Kind("retry", 2, True, False, "the reply was empty"),
    "truncated": Kind("retry", 1, True, False, "the reply was longer than it may be"),
    "too-long": Kind("retry", 1, True, False, "the reply went on far beyond its bound"),
    "not-json": Kind("retry", 2, True, False, "the reply was not the JSON that was asked for"),
    "wrong-schema": Kind("retry", 2, True, False, "the reply did not fit its schema"),
    "refused": Kind("refuse", 0, False, False, "the model refused"),
    "content-filter": Kind("refuse", 0, False, False, "the endpoint's content filter stopped the call"),
    # the question cannot be put like this
    "context-overflow": Kind("shrink", 1, True, False, "the prompt is too long for the model"),
    UNSUPPORTED: Kind("retry", 4, True, False, "the endpoint does not accept how replies are asked for"),
    "bad-request": Kind("fatal", 0, True, False, "the endpoint does not accept the request for this model"),
    "auth": Kind("fatal", 0, False, False, "the endpoint does not accept the key; check OPENAI_API_KEY"),
    "quota": Kind("fatal", 0, False, False, "the account's quota is used up"),
    "forbidden": Kind("fatal", 0, True, False, "the key may not use this model"),
    "unknown-model": Kind("fatal", 0, True, False, "the endpoint does not know this model; check QUIRE_MODEL"),
    "redirected": Kind("fatal", 0, False, False, "the endpoint redirects elsewhere; check OPENAI_BASE_URL"),
}

REPAIRS: Final = frozenset({"not-json", "wrong-schema"})
"""Kinds that share their attempts: each is answered with the place of the fault."""

OWN_TO_ENDPOINT: Final = frozenset({"auth", "quota", "redirected", "not-an-api"})
"""Kinds that every model of the endpoint would meet, and that another endpoint need not."""

TURNED_AWAY: Final = frozenset(
    {
        "rate-limited",
        "server-error",
        "connection",
        OUTAGE,
        "conflict",
        "context-overflow",
        UNSUPPORTED,
        "bad-request",
        "auth",
        "quota",
        "forbidden",
        "unknown-model",
        "redirected",
        "not-an-api",
    }
)
"""Kinds in which the endpoint did no work that it could charge, unless text has come."""
