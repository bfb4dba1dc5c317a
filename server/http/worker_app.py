"""What a worker answers over HTTP, if it is asked to: whether it is up, and its metrics, behind the server's guards."""

import uvicorn
from fastapi import FastAPI

from quire.nodes.config.settings import Settings
from quire.server.http import problems
from quire.server.http.guarding import guard
from quire.server.http.routes import service
from quire.server.observe.metrics import Metrics


def worker_server(settings: Settings, metrics: Metrics, host: str, port: int) -> uvicorn.Server:
    """Build a server of ``/health`` and ``/metrics``; it serves until the process is told to stop."""
    app = FastAPI(title="Quire worker", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.metrics = metrics
    problems.install(app)
    app.include_router(service.router)
    guard(app, settings)
    return uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_config=None, lifespan="off", ws="none"))
