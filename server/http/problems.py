"""Faults as RFC 9457 problem documents."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from quire.nodes.decode.located import field_name
from quire.nodes.faults import AlreadyAnswered, BadInput, EditedMeanwhile, Fault, RunOver

MEDIA = "application/problem+json"
MOST_ERRORS = 100
"""Fields that a problem document names."""
_log = logging.getLogger("quire")


class Refused(Exception):
    """A request that is not done; the message says why."""

    status: ClassVar[int]
    title: ClassVar[str]
    headers: ClassVar[Mapping[str, str]] = {}


class NotFound(Refused):
    """There is no such thing, or none that the caller may see: which of the two is not told."""

    status, title = 404, "Not found"


class NotAcceptable(Refused):
    """It is to be had in other types than the client takes."""

    status, title = 406, "Not acceptable"


class Conflict(Refused):
    """It cannot be done to the thing as it stands."""

    status, title = 409, "Conflict"


class InFlight(Conflict):
    """The same request is being worked on."""

    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


class UnknownMedia(Refused):
    """The body is of a type that is not read here."""

    status, title = 415, "The body is of another type"


class KeyUsedOtherwise(Refused):
    """An idempotency key comes again with another request."""

    status, title = 422, "The key was used for another request"


class NotUp(Refused):
    """The application that answers has not been started."""

    status, title = 503, "Not up"


class TooMany(Refused):
    """The caller has as much under way as it may."""

    status, title = 429, "Too much at once"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}


def problem(
    status: int, title: str, detail: str = "", *, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Make a problem document."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    return JSONResponse(body, status_code=status, media_type=MEDIA, headers=dict(headers or {}))


def refusing(fault: BadInput) -> JSONResponse:
    """Make the problem document of input that cannot be used: every field of it."""
    found = fault.problems
    errors = [{"field": p.field, "line": p.line, "problem": p.problem, "hint": p.hint} for p in found[:MOST_ERRORS]]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return problem(422, "The input cannot be used", f"{found[0]}{more}", errors=errors)


def install(app: FastAPI) -> None:
    """Answer every fault with a problem document."""

    @app.exception_handler(BadInput)
    async def bad_input(_request: Request, fault: BadInput) -> JSONResponse:
        return refusing(fault)

    @app.exception_handler(AlreadyAnswered)
    async def answered(_request: Request, fault: AlreadyAnswered) -> JSONResponse:
        return problem(Conflict.status, "Already answered", fault.problem, answer=fault.answer)

    @app.exception_handler(EditedMeanwhile)
    async def edited(_request: Request, fault: EditedMeanwhile) -> JSONResponse:
        return problem(Conflict.status, "Edited meanwhile", fault.problem, claim=fault.claim)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, fault: RequestValidationError) -> JSONResponse:
        errors = [_error(detail) for detail in fault.errors()]
        return problem(422, "The request cannot be used", errors=errors)

    @app.exception_handler(Refused)
    async def refused(_request: Request, fault: Refused) -> JSONResponse:
        return problem(fault.status, fault.title, str(fault), headers=fault.headers)

    @app.exception_handler(RunOver)
    async def over(_request: Request, fault: RunOver) -> JSONResponse:
        return problem(Conflict.status, Conflict.title, str(fault))

    @app.exception_handler(HTTPException)
    async def other_status(_request: Request, fault: HTTPException) -> JSONResponse:
        title = HTTPStatus(fault.status_code).phrase
        detail = str(fault.detail) if str(fault.detail) != title else ""
        return problem(fault.status_code, title, detail, headers=fault.headers)

    @app.exception_handler(Fault)
    async def not_now(_request: Request, fault: Fault) -> JSONResponse:
        return problem(503, "It cannot be done now", f"{fault.code}: {fault}")

    @app.exception_handler(Exception)
    async def bug(_request: Request, _fault: Exception) -> JSONResponse:
        return problem(500, "A fault of the program", "its log says which")


_FROM = frozenset({"body", "query", "path", "header", "cookie"})


def _error(detail: Mapping[str, Any] | str) -> dict[str, Any]:
    """Name the place of a refusal, and never what stood there: it may be a secret, or too long to say."""
    if isinstance(detail, str):
        return {"field": "", "line": 0, "problem": detail, "hint": ""}
    place = tuple(detail.get("loc", ()))
    return {
        "field": field_name(place[1:] if place and place[0] in _FROM else place),
        "line": 0,
        "problem": detail["msg"],
        "hint": "",
    }
