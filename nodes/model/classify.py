"""Judges how an attempt ended, from what the client raised or the reply it gave. Pure.

``langchain-openai`` and the SDK under it raise a dozen unrelated classes, retry what is final and take for
a success what is not (a stream that just ends, a reply cut off at its bound, an empty one). Whatever
they say ends up as one row of ``quire.nodes.model.kinds``; their words, which may hold keys or sources, are dropped.
"""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import httpx2
import openai
from langchain_openai import StreamChunkTimeoutError

from quire.nodes.event_store.port import AttemptClass
from quire.nodes.model.kinds import KINDS
from quire.nodes.model.reply_json import UnfitReplyError, parse, unstorable
from quire.nodes.model.transport import BodyTooLongError
from quire.nodes.model.waits import wait_of

CLIENT_FAULTS: Final = (
    openai.OpenAIError,  # all that the SDK knows of
    ValueError,  # bodies that are not JSON, errors with status 200, streams without a chunk
    LookupError,  # no choice in the reply
    TypeError,  # choices null or of another type
    AttributeError,  # the same, one level down
    RecursionError,  # a body nested thousands deep
    OSError,  # sockets, and every timeout
    BodyTooLongError,  # a body without end
)
"""What the client raises because of what an endpoint did. Anything else is a bug of ours."""

_MOST_CHARACTERS_PER_TOKEN: Final = 8
"""A reply with more than this for each allowed token did not respect its bound; prose has 4 to 5."""

_BY_STATUS: Final = {
    400: "bad-request",
    401: "auth",
    402: "quota",
    403: "forbidden",
    404: "unknown-model",
    408: "deadline",
    409: "conflict",
    413: "context-overflow",
    422: "bad-request",
    429: "rate-limited",
}

_BY_CODE: Final = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "billing_not_active": "quota",
    "rate_limit_exceeded": "rate-limited",
    "invalid_api_key": "auth",
    "account_deactivated": "auth",
    "model_not_found": "unknown-model",
    "context_length_exceeded": "context-overflow",
    "string_above_max_length": "context-overflow",
    "content_filter": "content-filter",
    "content_policy_violation": "content-filter",
    "server_error": "server-error",
}
"""By the ``code`` or ``type`` of an error object; it says more than the status."""

_OVERFLOW_WORDS: Final = ("maximum context length", "context window", "prompt is too long", "too many input tokens")
"""How endpoints that give no code say that a prompt is too long."""


_BY_CLASS: Final[tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...]] = (
    (StreamChunkTimeoutError, "stalled"),
    ((TimeoutError, openai.APITimeoutError), "deadline"),
    ((openai.APIConnectionError, ConnectionError), "connection"),
    (openai.LengthFinishReasonError, "truncated"),
    (openai.ContentFilterFinishReasonError, "content-filter"),
    ((json.JSONDecodeError, UnicodeDecodeError, RecursionError), "unreadable"),
    ((TypeError, LookupError, AttributeError), "malformed"),
)
"""The first that fits counts: some are kinds of later ones."""


class Answer(NamedTuple):
    """What came back, as far as it came."""

    text: str
    finish_reason: str | None
    refusal: str | None = None


class Outcome(NamedTuple):
    """How an attempt ended."""

    ended: AttemptClass
    kind: str
    """``ok`` or a row of ``quire.nodes.model.kinds``."""
    wait_seconds: float | None = None
    """How long the endpoint asks to wait; None if it says nothing."""
    detail: str = ""
    """Where a reply broke its schema."""


def of_reply(answer: Answer, *, schema: Mapping[str, Any] | None, max_tokens: int) -> Outcome:
    """Judge a reply that came without an exception."""
    kind = _fault_of(answer, max_tokens)
    if kind:
        return _outcome(kind)
    try:
        if schema is not None:
            parse(answer.text, schema)
    except UnfitReplyError as unfit:
        return Outcome("retry", unfit.kind, detail=unfit.place)
    return Outcome("ok", "ok")


def too_long(characters: int, max_tokens: int) -> bool:
    """Whether a reply has outgrown its bound, finished or not."""
    return characters > _MOST_CHARACTERS_PER_TOKEN * max_tokens


def of_fault(fault: BaseException) -> Outcome:
    """Judge what the client raised. Unknown faults are worth one more attempt."""
    if isinstance(fault, openai.APIStatusError):
        return _of_status(fault)
    if any(isinstance(cause, BodyTooLongError) for cause in _causes(fault)):
        return _outcome("too-long")
    if any(isinstance(cause, httpx2.ConnectTimeout) for cause in _causes(fault)):
        return _outcome("connection")
    by_class = next((kind for classes, kind in _BY_CLASS if isinstance(fault, classes)), None)
    if by_class is None and isinstance(fault, openai.APIError):
        return _outcome(_by_code(fault.body) or "server-error")
    return _outcome(by_class or _of_body(fault))


def _outcome(kind: str, wait_seconds: float | None = None) -> Outcome:
    return Outcome(KINDS[kind].ended, kind, wait_seconds)


def _fault_of(answer: Answer, max_tokens: int) -> str:
    faults = {
        "too-long": too_long(len(answer.text), max_tokens),
        "refused": bool(answer.refusal),
        "content-filter": answer.finish_reason == "content_filter",
        "truncated": answer.finish_reason == "length",
        "cut-off": answer.finish_reason not in {"stop", "tool_calls"},
        "empty": not answer.text.strip(),
        "unreadable": unstorable(answer.text),
    }
    return next((kind for kind, present in faults.items() if present), "")


def _of_status(fault: openai.APIStatusError) -> Outcome:
    status = fault.status_code
    by_status = _BY_STATUS.get(status)
    kind = _by_code(fault.body) or by_status or _by_range(status)
    wait = wait_of(fault.response.headers) if KINDS[kind].ended == "retry" else None
    return _outcome(kind, wait)


def _by_range(status: int) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "server-error"
    return "redirected" if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST else "bad-request"


def _of_body(fault: BaseException) -> str:
    """Judge what langchain-openai raises, as a ValueError, for answers with status 200 that are no completion."""
    body = fault.args[0] if isinstance(fault, ValueError) and fault.args else None
    return _by_code(body) or _by_words(body)


def _by_words(body: object) -> str:
    """Judge an error object without a known code, or one of langchain-openai's own sentences."""
    if isinstance(body, str) and body.startswith("No generation"):
        return "no-stream"
    if isinstance(body, str) and body.startswith("Unexpected response type"):
        return "not-an-api"
    return "server-error" if isinstance(body, Mapping) else "unknown"


def _by_code(body: object) -> str | None:
    """Read an error object's code, type or words; None if they tell nothing."""
    if not isinstance(body, Mapping):
        return None
    error = body.get("error", body)
    said = error if isinstance(error, Mapping) else {"message": error}
    known = (_BY_CODE.get(str(said.get(field))) for field in ("code", "type"))
    words = str(said.get("message", "")).lower()
    overflow = "context-overflow" if any(phrase in words for phrase in _OVERFLOW_WORDS) else None
    return next((kind for kind in known if kind), overflow)


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__
