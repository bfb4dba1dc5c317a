"""Judges how an attempt ended, from what the client raised or the reply it gave. Pure.

Clients and the SDKs under them raise dozens of unrelated classes, retry what is final and take for a success what is
not (a stream that just ends, a reply cut off at its bound, an empty one). Whatever they say ends up as one row of
``quire.nodes.model.kinds``; their words, which may hold keys or sources, are dropped.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import openai
from langchain_openai import StreamChunkTimeoutError

from quire.nodes.event_store.port import AttemptClass
from quire.nodes.model.kinds import KINDS, UNSUPPORTED
from quire.nodes.model.reply_json import UnfitReplyError, parse, unstorable
from quire.nodes.model.signals import Signal, causes_of, kind_by_class, signal_of
from quire.nodes.model.transport import BodyTooLongError
from quire.nodes.model.vocabulary import (
    BY_CODE,
    BY_STATUS,
    BY_WORDS,
    ENDED_BY_FILTER,
    ENDED_BY_LENGTH,
    ENDED_BY_REFUSAL,
    GOOD_ENDS,
    NAMES_OF_WISHES,
    Wish,
)
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
    good_ends: frozenset[str] = GOOD_ENDS
    """What its client says of a whole reply. An empty string is among them where it need not say anything."""


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
    if any(isinstance(cause, BodyTooLongError) for cause in causes_of(fault)):
        return _outcome("too-long")
    if any(type(cause).__name__ == "ConnectTimeout" for cause in causes_of(fault)):
        return _outcome("connection")
    signal = signal_of(fault)
    if signal.status is not None:
        return _of_status(signal)
    by_class = next((kind for classes, kind in _BY_CLASS if isinstance(fault, classes)), None)
    if by_class is None and (signal.error is not None or isinstance(fault, openai.APIError)):
        return _outcome(_by_code(signal.error) or "server-error")
    return _outcome(by_class or _of_body(fault, kind_by_class(fault)))


def _outcome(kind: str, wait_seconds: float | None = None) -> Outcome:
    return Outcome(KINDS[kind].ended, kind, wait_seconds)


def _fault_of(answer: Answer, max_tokens: int) -> str:
    end = answer.finish_reason
    faults = {
        "too-long": too_long(len(answer.text), max_tokens),
        "refused": bool(answer.refusal) or end in ENDED_BY_REFUSAL,
        "content-filter": end in ENDED_BY_FILTER,
        "truncated": end in ENDED_BY_LENGTH,
        "cut-off": (end or "") not in answer.good_ends,
        "empty": not answer.text.strip(),
        "unreadable": unstorable(answer.text),
    }
    return next((kind for kind, present in faults.items() if present), "")


def _of_status(signal: Signal) -> Outcome:
    status = signal.status or 0
    kind = _by_code(signal.error) or BY_STATUS.get(status) or _by_range(status)
    if kind == "bad-request" and (wish := _unsupported(signal.error)):
        return Outcome(KINDS[UNSUPPORTED].ended, UNSUPPORTED, detail=wish)
    wait = wait_of(signal.headers) if KINDS[kind].ended == "retry" else None
    return _outcome(kind, wait)


def _unsupported(error: Mapping[str, Any] | None) -> Wish | None:
    """Say what of a request the endpoint does not accept, if that is why it refuses it."""
    told = error or {}
    parts = [told.get(field) for field in ("message", "param", "code")]
    details = told.get("detail")
    for each in details if isinstance(details, list) else [{"msg": details}]:  # as FastAPI names a field
        parts += [each.get("loc"), each.get("msg")] if isinstance(each, Mapping) else []
    said = " ".join(str(part) for part in parts if part).lower()
    return next((wish for wish, words in NAMES_OF_WISHES if any(word in said for word in words)), None)


def _by_range(status: int) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "server-error"
    return "redirected" if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST else "bad-request"


def _of_body(fault: BaseException, by_class: str | None) -> str:
    """Judge what clients raise for answers with status 200 that are no completion: langchain-openai a ValueError."""
    body = fault.args[0] if isinstance(fault, ValueError) and fault.args else None
    known = _by_code(body) or _by_words(body)
    return by_class if by_class and known == "unknown" else known


def _by_words(body: object) -> str:
    """Judge an error object without a known code, or one of langchain-openai's own sentences."""
    if isinstance(body, str) and body.startswith("No generation"):
        return "no-stream"
    if isinstance(body, str) and body.startswith("Unexpected response type"):
        return "not-an-api"
    return "server-error" if isinstance(body, Mapping) else "unknown"


def _by_code(body: object) -> str | None:
    """Read an error object's code, type, status or words; None if they tell nothing."""
    if not isinstance(body, Mapping):
        return None
    error = body.get("error", body)
    said = error if isinstance(error, Mapping) else {"message": error}
    known = (BY_CODE.get(str(said.get(field))) for field in ("code", "type", "status"))
    words = str(said.get("message", "")).lower()
    by_words = next((kind for phrase, kind in BY_WORDS.items() if phrase in words), None)
    return next((kind for kind in known if kind), by_words)
