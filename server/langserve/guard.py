"""What LangServe would not refuse by itself, or not in good words: bodies too deep for its reader, inputs of no use."""

import json
import re
from collections.abc import Collection, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quire.nodes.faults import BadInput
from quire.server.http.middleware import Middleware, path_of
from quire.server.http.problems import problem, refusing
from quire.server.langserve.documents import TENANT
from quire.server.langserve.graphs import Served
from quire.server.langserve.usable import require_usable

MOST_LEVELS = 32
"""Of lists and objects within each other; a brief has 16 at most."""
MOST_IN_A_BATCH = 20
"""Inputs of one request."""
_STRINGS_AND_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


ASKING = ("invoke", "batch", "stream", "stream_log", "stream_events")
"""The endpoints that have something run."""


class Guard(Middleware):
    """Reads the body, refuses what cannot be used, and lets the graphs know whose request it is.

    Args:
        app: LangServe's routes.
        served: what is run, by its path.
        endpoints: which of them are there.

    """

    def __init__(self, app: ASGIApp, served: Mapping[str, Served], endpoints: Collection[str]) -> None:
        super().__init__(app)
        self._served = {
            f"{path}/{asking}": each for path, each in served.items() for asking in ASKING if asking in endpoints
        }

    async def see_to(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or refuse it."""
        if "\0" in scope["path"]:
            await problem(404, "Not found")(scope, receive, send)
            return
        TENANT.set(scope["state"]["tenant"])
        if scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        path = path_of(scope)
        refusal = await run_in_threadpool(_refusal, body, batch=path.endswith("/batch"))
        if refusal:
            await problem(422, "The request cannot be used", refusal)(scope, receive, send)
            return
        if path in self._served:
            try:
                await run_in_threadpool(require_usable, json.loads(body), self._served[path])
            except BadInput as unusable:
                await refusing(unusable)(scope, receive, send)
                return
        await self._app(scope, _replayed(body, receive), send)


async def _whole(receive: Receive) -> bytes:
    pieces, more = [], True
    while more:
        message = await receive()
        pieces.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(pieces)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Give the body once, then whatever else happens on the connection."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _refusal(body: bytes, *, batch: bool) -> str:
    if levels_of(body) > MOST_LEVELS:
        return f"its JSON has more than {MOST_LEVELS} levels"
    try:
        asked = json.loads(body)
    except ValueError:
        return "the body is not JSON"
    inputs = asked.get("inputs") if isinstance(asked, dict) else None
    if batch and not (isinstance(inputs, list) and len(inputs) <= MOST_IN_A_BATCH):
        return f"inputs must be a list of at most {MOST_IN_A_BATCH}"
    return ""


def levels_of(body: bytes) -> int:
    """Count how deep lists and objects stand within each other, before a reader recurses into them."""
    level = deepest = 0
    for found in _STRINGS_AND_BRACKETS.finditer(body):
        sign = found[0][:1]
        level += (sign in b"[{") - (sign in b"]}")
        deepest = max(deepest, level)
    return deepest
