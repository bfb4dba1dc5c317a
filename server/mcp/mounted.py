"""The tools over HTTP, in the server's own application: its keys hold here too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from mcp.server.streamable_http_manager import StreamableHTTPASGIApp
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from quire.nodes.decode.strict_json import parse
from quire.nodes.faults import BadInput
from quire.server.http.body_limit import MOST
from quire.server.http.problems import problem
from quire.server.mcp.reports import Reports
from quire.server.mcp.tools import Anyhow, server_of

PATH = "/mcp"


class Mounted:
    """Answers at ``/mcp`` while the server is up. What answers is made anew at each start: it runs only once."""

    def __init__(self) -> None:
        self._app: ASGIApp = problem(503, "It cannot be done now", "the server is not up yet")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the protocol."""
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def up(self, reports: Reports) -> AsyncIterator[None]:
        """Serve the tools over these reports."""
        server = server_of(lambda: reports, _tenant_of, _brief_in)
        # Host and Origin are judged by quire.server.http.this_machine, as for every other path.
        anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(streamable_http_path=PATH, transport_security=anywhere, max_request_body_size=MOST)
        async with server.session_manager.run():
            self._app = StreamableHTTPASGIApp(server.session_manager)
            yield


def _tenant_of(context: Anyhow) -> str:
    """Tell whose call it is, as authentication found it for the request that brought it."""
    tenant: str = cast("Request", context.request_context.request).state.tenant
    return tenant


def _brief_in(text: str) -> dict[str, Any]:
    value = parse(text, "brief").value
    if not isinstance(value, dict):
        raise BadInput("a brief must be a mapping", hint="begin with blueprint, title and sources")
    return value
