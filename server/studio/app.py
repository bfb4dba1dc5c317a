"""Quire's application inside LangGraph's own server (``http.app`` in ``langgraph.json``): one port for both.

What both have a path for (``/metrics``, ``/docs``, ``/openapi.json``, ``/ok``, ``/mcp``) stays the server's; ``/`` is
Quire's page. The application brings its own guards, so that keys hold here as everywhere.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import Context
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from quire.nodes.config.settings import Settings
from quire.server.app import create_app
from quire.server.mcp.mounted import PATH as TOOLS


class Riding(BaseRoute):
    """Hands to an application, whole, what it has a route for.

    Its routes cannot be merged into the server's one by one: those of LangServe and of included routers have no
    ``app`` that the server could put its middleware around (langgraph-api 0.16, fastapi 0.165).
    """

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._routes = app.routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether the application has a route for it that is not the server's own."""
        if scope["path"] == TOOLS:
            return Match.NONE, {}
        return max((route.matches(scope)[0] for route in self._routes), key=lambda match: match.value), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand it on in a context of its own: the server's config, which lends its store, would pass for a client's."""
        async with asyncio.TaskGroup() as alone:
            alone.create_task(self.app(scope, receive, send), context=Context())

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Name no path: the application does that itself."""
        raise NoMatchFound(name, path_params)


def riding(app: FastAPI) -> Starlette:
    """Put an application into one that LangGraph's server can take apart."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with app.router.lifespan_context(app):
            yield

    return Starlette(routes=[Riding(app)], lifespan=lifespan)


app = riding(create_app(Settings.read()))
