"""LangServe's routes, on an application of their own that is mounted under ``/langserve``.

``add_routes`` registers a start-up hook, which an application with a lifespan cannot merge; hence the mount.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias

from fastapi import FastAPI, Request
from langserve import add_routes
from starlette.datastructures import State

from quire.graphs import studio
from quire.graphs.kernel.registry import discover
from quire.graphs.trial.trial_input import tried
from quire.nodes.config.settings import Settings
from quire.server.http import problems
from quire.server.http.problems import NotFound
from quire.server.langserve.documents import Documents
from quire.server.langserve.graphs import Served
from quire.server.langserve.guard import Guard
from quire.server.langserve.wire import Serializer

Endpoint: TypeAlias = Literal[
    "invoke",
    "batch",
    "stream",
    "stream_log",
    "stream_events",
    "playground",
    "input_schema",
    "output_schema",
    "config_schema",
]
SAFE: Sequence[Endpoint] = ("invoke", "batch", "stream", "input_schema", "output_schema", "config_schema")
"""Show what a graph gives, and nothing of what goes on inside."""
ALL: Sequence[Endpoint] = (*SAFE, "stream_log", "stream_events", "playground")


def langserve_app(settings: Settings, state: Callable[[], State]) -> FastAPI:
    """Build the application with the document's routes and those of every agent.

    Args:
        settings: once keys are configured, only the safe endpoints are there.
        state: gives what the server holds while it is up.

    """
    app = FastAPI(title="Quire over LangServe", docs_url=None, redoc_url=None)
    problems.install(app)
    endpoints = SAFE if settings.keyed else ALL
    served: dict[str, Served] = {"/document": Documents(state)}
    for agent in discover():
        served[f"/agents/{agent.name}"] = Served(studio.agents[agent.name], partial(tried, agent))
    for path, each in served.items():
        _add(app, each, path, endpoints)
    app.add_middleware(Guard, served=served, endpoints=endpoints)

    @app.exception_handler(IsADirectoryError)
    async def no_file(_request: Request, _fault: IsADirectoryError) -> Any:
        return problems.problem(NotFound.status, NotFound.title)

    return app


def _add(app: FastAPI, served: Served, path: str, endpoints: Sequence[Endpoint]) -> None:
    add_routes(
        app,
        served,
        path=path,
        serializer=Serializer(),
        enabled_endpoints=endpoints,
        config_keys=(),
    )
