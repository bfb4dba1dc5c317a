"""Faults as RFC 9457 problem documents."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from nodes.faults import BadInput, Fault

MEDIA = "application/problem+json"


class NotFound(Exception):
    """There is no such thing, or none that the caller may see."""


class Conflict(Exception):
    """It cannot be done to the thing as it stands."""


def problem(status: int, title: str, detail: str = "", **more: Any) -> JSONResponse:
    """Make a problem document."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    return JSONResponse(body, status_code=status, media_type=MEDIA)


def install(app: FastAPI) -> None:
    """Answer every fault with a problem document."""

    @app.exception_handler(BadInput)
    async def bad_input(_request: Request, fault: BadInput) -> JSONResponse:
        errors = [{"field": p.field, "line": p.line, "problem": p.problem, "hint": p.hint} for p in fault.problems]
        return problem(422, "The input cannot be used", str(fault), errors=errors)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, fault: RequestValidationError) -> JSONResponse:
        errors = [{"field": ".".join(str(part) for part in e["loc"]), "problem": e["msg"]} for e in fault.errors()]
        return problem(422, "The request cannot be used", errors=errors)

    @app.exception_handler(NotFound)
    async def not_found(_request: Request, fault: NotFound) -> JSONResponse:
        return problem(404, "Not found", str(fault))

    @app.exception_handler(Conflict)
    async def conflict(_request: Request, fault: Conflict) -> JSONResponse:
        return problem(409, "Conflict", str(fault))

    @app.exception_handler(HTTPException)
    async def refused(_request: Request, fault: HTTPException) -> JSONResponse:
        return problem(fault.status_code, str(fault.detail))

    @app.exception_handler(Fault)
    async def other(_request: Request, fault: Fault) -> JSONResponse:
        return problem(503, "It cannot be done now", f"{fault.code}: {fault}")
