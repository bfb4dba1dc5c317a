"""What a client's exception says of the endpoint's answer: status, error object, headers. Pure.

Clients agree on little. The status is ``status_code`` or ``code``, on the exception, on its response or on what caused
it; the error object is ``body``, ``details`` or a text; an error inside a stream that began well has the status 200
(Anthropic's client) or -1 (Ollama's).
"""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelTimeoutError,
)

_MOST_CAUSES: Final = 16
_LAST_STATUS: Final = 599
_MOST_WORDS: Final = 300
_SECRET: Final = re.compile(r"\S*(?:sk-|key-|Bearer|eyJ)\S*|[A-Za-z0-9_-]{24,}")
"""What may be a key, or a part of one."""


class Signal(NamedTuple):
    """What an exception says of the endpoint's answer."""

    status: int | None
    """HTTP status of a refusal; None if the answer began well, or there was none."""
    error: Mapping[str, Any] | None
    """The error object."""
    headers: Mapping[str, str]


_BY_CLASS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ContextOverflowError, "context-overflow"),
    (ModelRateLimitError, "rate-limited"),
    (ModelAuthenticationError, "auth"),
    (ModelPermissionDeniedError, "forbidden"),
    (ModelNotFoundError, "unknown-model"),
    (ModelInvalidRequestError, "bad-request"),
    (ModelTimeoutError, "deadline"),
    (ModelConnectionError, "connection"),
    (ModelAPIError, "server-error"),
)
"""LangChain's own classes, which some clients raise."""

_TRANSPORTS: Final = ("httpx", "httpcore", "httpx2", "httpcore2", "aiohttp")
"""Packages whose exceptions tell of a connection."""


def signal_of(fault: BaseException) -> Signal:
    """Read an exception, and what caused it."""
    causes = list(causes_of(fault))
    status = next((found for cause in causes if (found := _status(cause))), None)
    error = next((told for cause in causes if (told := _error(cause))), None)
    responses = [response for cause in causes if (response := getattr(cause, "response", None)) is not None]
    headers: Mapping[str, str] = next((response.headers for response in responses if _has_headers(response)), {})
    return Signal(status, error, headers)


def kind_by_class(fault: BaseException) -> str | None:
    """Name a fault by LangChain's classes, or by the transport's; None if neither knows it."""
    for cause in causes_of(fault):
        kind = next((kind for known, kind in _BY_CLASS if isinstance(cause, known)), None)
        if kind:
            return kind
        package = type(cause).__module__.partition(".")[0]
        if package in _TRANSPORTS:
            return "deadline" if "Timeout" in type(cause).__name__ else "connection"
    return None


def causes_of(fault: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and what caused it, nearest first."""
    for _ in range(_MOST_CAUSES):
        if fault is None:
            return
        yield fault
        fault = fault.__cause__ or fault.__context__


def words_of(fault: BaseException) -> str:
    """Give the endpoint's own words, for the operator's log: short, and without what may be a key."""
    error = signal_of(fault).error or {}
    said = " ".join(_SECRET.sub("…", str(error.get("message") or "")).split())
    return said[:_MOST_WORDS]


def _status(cause: BaseException) -> int | None:
    found = (getattr(cause, name, None) for name in ("status_code", "code"))
    given = [*found, getattr(getattr(cause, "response", None), "status_code", None)]
    refused = range(HTTPStatus.MULTIPLE_CHOICES, _LAST_STATUS + 1)
    return next((int(status) for status in given if isinstance(status, int) and status in refused), None)


def _error(cause: BaseException) -> Mapping[str, Any] | None:
    for name in ("body", "details", "error"):
        found = getattr(cause, name, None)
        if isinstance(found, str):
            found = _loaded(found)
        if isinstance(found, Mapping) and found:
            inner = found.get("error", found)
            return inner if isinstance(inner, Mapping) else {"message": str(inner)}
    return None


def _loaded(text: str) -> Mapping[str, Any]:
    try:
        made = json.loads(text)
    except ValueError:
        return {"message": text}
    return made if isinstance(made, Mapping) else {"message": text}


def _has_headers(response: object) -> bool:
    return isinstance(getattr(response, "headers", None), Mapping)
