"""Who is calling: a key stands for a tenant. Once keys are configured, nearly everything needs one."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from quire.nodes.config.settings import Settings
from quire.server.execution.register import LOCAL
from quire.server.http.middleware import Middleware, path_of
from quire.server.http.problems import problem

OPEN = frozenset({"/", "/health"})
"""Paths that never need a key: they hold nobody's data."""
OPEN_BELOW = "/web/"
"""The page's own files."""


class Authentication(Middleware):
    """Puts the caller's tenant into the request's state, or answers 401.

    A key comes as ``Authorization: Bearer KEY`` or ``X-API-Key: KEY``, never in the address: addresses are logged.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        super().__init__(app)
        self._settings = settings

    async def see_to(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or refuse it."""
        tenant = await self._tenant(scope)
        if tenant is None and not is_open(path_of(scope)):
            refused = problem(401, "A key is needed", "send it as Authorization: Bearer KEY, or as X-API-Key")
            refused.headers["WWW-Authenticate"] = 'Bearer realm="quire"'
            await refused(scope, receive, send)
            return
        scope.setdefault("state", {})["tenant"] = tenant
        await self._app(scope, receive, send)

    async def _tenant(self, scope: Scope) -> str | None:
        if not self._settings.keyed:
            return LOCAL
        key = presented(Headers(scope=scope))
        return None if key is None else await run_in_threadpool(self._settings.tenant_of, key)


def is_open(path: str) -> bool:
    """Whether a path is for everybody."""
    return path in OPEN or path.startswith(OPEN_BELOW)


def presented(headers: Headers) -> str | None:
    """Give the key that a request carries."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    sent = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key")
    return sent.encode("latin-1").decode("utf-8", "surrogateescape") if sent else None
