"""Without keys, this machine is served and nobody else: neither its neighbours, nor a web page that it shows.

A page from elsewhere may make a browser here send requests to loopback. It cannot hide that: a name that it has
bound to loopback stands in ``Host``, and the page's own origin in ``Origin``.
"""

import ipaddress

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from quire.server.http.middleware import Middleware
from quire.server.http.problems import problem

NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class ThisMachineOnly(Middleware):
    """Refuses what does not come from this machine, or on behalf of somebody else's page."""

    async def see_to(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or refuse it."""
        refusal = _refusal(scope)
        if not refusal:
            await self._app(scope, receive, send)
            return
        detail = f"{refusal}; without keys only this machine is served (set QUIRE_API_KEYS)"
        await problem(403, "Not from here", detail)(scope, receive, send)


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refusal(scope: Scope) -> str:
    headers = Headers(scope=scope)
    host, origin, client = headers.get("host", ""), headers.get("origin"), scope.get("client")
    if client is not None and not is_loopback(client[0]):
        return "the request comes from another machine"
    if _without_port(host) not in NAMES:
        return "the request names another host"
    if origin is not None and origin.partition("://")[2] != host:
        return "the request comes from another site's page"
    return ""


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()
