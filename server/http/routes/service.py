"""The service itself over HTTP: whether it is up, and its metrics."""

from typing import Any

from fastapi import APIRouter, Request, Response

from quire.server.http.routes.answers import problems
from quire.server.observe.metrics import MEDIA, Metrics

router = APIRouter(tags=["service"])
_METRICS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Prometheus' text format.", "content": {"text/plain": {"schema": {"type": "string"}}}}
}


@router.get("/health")
async def health() -> dict[str, str]:
    """Say that the service is up."""
    return {"status": "ok"}


@router.get("/metrics", response_class=Response, responses={**_METRICS, **problems()})
async def metrics(request: Request) -> Response:
    """Give what Prometheus asks for: runs, sections, model calls, tokens, cost, waits, faults."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.exposition(), media_type=MEDIA)
