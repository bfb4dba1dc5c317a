"""How large a request's body may be: counted while it comes, refused before all of it is read."""

from fastapi import HTTPException
from starlette.types import Message, Receive, Scope, Send

from quire.nodes.sources.read import MAX_BYTES
from quire.server.http.middleware import Middleware, path_of
from quire.server.http.problems import problem

MOST = 150_000_000
"""Bytes: what a brief's sources may come to, in base64."""
MOST_OTHERWISE = 1_000_000
"""Bytes of any other request."""
BRIEFS = frozenset({"/documents", "/plan", "/mcp"})
"""Where briefs go, and"""
BRIEFS_BELOW = "/langserve/document/"
"""where they go below."""

RETURNED = "/returned"
"""Where Word files come back, below a document."""


class BodyLimit(Middleware):
    """Refuses a body that is too large: by the length it declares, else as soon as it has grown too large."""

    async def see_to(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes."""
        most = most_for(path_of(scope))
        if _declared(scope) > most:
            await problem(413, "The body is too large", _detail(most), headers={"Connection": "close"})(
                scope, receive, send
            )
            return
        await self._app(scope, _counted(receive, most), send)


def most_for(path: str) -> int:
    """Give how many bytes may be sent to a path."""
    if path in BRIEFS or path.startswith(BRIEFS_BELOW):
        return MOST
    return MAX_BYTES if path.startswith("/documents/") and path.endswith(RETURNED) else MOST_OTHERWISE


def _counted(receive: Receive, most: int) -> Receive:
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, _detail(most), headers={"Connection": "close"})
        return message

    return counting


def _detail(most: int) -> str:
    return f"at most {most // 1_000_000} MB are taken here"


def _declared(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0
