"""Verifying over HTTP: a claim beside the evidence that it names."""

from typing import Annotated, Any

from fastapi import APIRouter, Body

from quire.nodes.verification.given import given_claim
from quire.nodes.verification.verdict import Verified, verified
from quire.server.http.routes.answers import problems

router = APIRouter(tags=["verification"])
_EXAMPLE = {"claim": "The height may exceed 40 feet.", "evidence": ["The height shall not exceed 40 feet."]}


@router.post("/verify", responses=problems(413, 415, 422))
def verify(body: Annotated[Any, Body(examples=[_EXAMPLE])]) -> Verified:
    """Tell whether a claim's evidence carries it; an evidence is a text, or an object with a `text` and its place."""
    return verified(given_claim(body))
