"""Verifying over HTTP: a claim beside the evidence that it names."""

from typing import Any

from fastapi import APIRouter, Request

from quire.graphs.agents.verifier.given import verified_by_all
from quire.nodes.config.settings import Settings
from quire.nodes.verification.given import given_claim
from quire.nodes.verification.verdict import Verified
from quire.server.http.intake import JSON, json_of
from quire.server.http.routes.answers import problems

router = APIRouter(tags=["verification"])
_EXAMPLE = {"claim": "The height may exceed 40 feet.", "evidence": ["The height shall not exceed 40 feet."]}
_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {JSON: {"schema": {"type": "object"}, "example": _EXAMPLE}}}
}


@router.post("/verify", openapi_extra=_BODY, responses=problems(413, 415, 422))
async def verify(request: Request) -> Verified:
    """Tell whether a claim's evidence carries it; an evidence is a text, or an object with a `text` and its place."""
    claim = given_claim(await json_of(request))
    (found,) = await verified_by_all([claim], Settings.read())
    return found
