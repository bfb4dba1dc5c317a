"""What stands around the routes sees every request; whatever else a server says passes by it."""

from abc import ABC, abstractmethod

from starlette.types import ASGIApp, Receive, Scope, Send


def path_of(scope: Scope) -> str:
    """Give the path within this application, wherever it is mounted."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


class Middleware(ABC):
    """Stands before an application.

    Args:
        app: what answers those requests that are let through.

    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no request (a lifespan, a websocket), and see to the rest."""
        await (self.see_to if scope["type"] == "http" else self._app)(scope, receive, send)

    @abstractmethod
    async def see_to(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, changed or as it is, or answer it here."""
