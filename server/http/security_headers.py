"""What every response tells the browser: show this to nobody else, and run nothing that is not ours."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from quire.server.http.middleware import Middleware, path_of

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For answers that no browser should do anything with."""
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For our page: its own files, nothing inline, nothing from elsewhere."""
PLAYGROUND = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; frame-ancestors 'none'"
)
"""For LangServe's playground, which is not ours and runs inline scripts; still nothing from elsewhere."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders(Middleware):
    """Adds what a response does not say itself."""

    async def see_to(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        policy = policy_for(path_of(scope))  # now: an application that is mounted further in moves the root of the path

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_ALWAYS, "Content-Security-Policy": policy}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


def policy_for(path: str) -> str:
    """Give the policy for what stands at a path."""
    if path.startswith("/langserve/") and "/playground" in path:
        return PLAYGROUND
    return PAGE if path == "/" or path.startswith("/web/") else NOTHING
