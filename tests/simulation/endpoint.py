"""A model's endpoint in virtual time: what the model server says, without sockets, over the client's own transport."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx2
import pytest
from model_server import Asked, Behaviour, Play, Said, choice, hashed, is_verifying, speak, upheld

from quire.nodes.model.transport import Hook, client

Script = Callable[[Asked], str | None]


class Endpoint(httpx2.AsyncBaseTransport):
    """Answers as :class:`model_server.ModelServer` does.

    Args:
        reply: gives the text of a good reply.
        script: names a fault for a request, ``refused`` for a connection that does not come about, or None.
        seconds: how long a reply takes.
        judge: gives the text of a good reply about claims.

    """

    def __init__(
        self,
        reply: Callable[[Asked], str],
        script: Script = lambda _: None,
        seconds: Callable[[Asked], float] = lambda _: 1.0,
        judge: Callable[[Asked], str] = upheld,
    ) -> None:
        self.asked: list[Asked] = []
        self._judge = judge
        self.tokens: list[int] = []
        """By request: what its reply reported."""
        self.at_once = self.most_at_once = 0
        self._reply = reply
        self._script = script
        self._seconds = seconds

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Take a request and begin its answer."""
        body = json.loads(await request.aread())
        asked = Asked(len(self.asked) + 1, asyncio.get_running_loop().time(), dict(request.headers), body)
        self.asked.append(asked)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self._seconds(asked))
            return await self._answer(asked)
        finally:
            self.at_once -= 1

    async def _answer(self, asked: Asked) -> httpx2.Response:
        fault = self._script(asked)
        if fault == "refused":
            raise httpx2.ConnectError("nobody listens")
        text = "" if asked.texts else (self._judge if is_verifying(asked) else self._reply)(asked)
        usage = {"prompt_tokens": len(asked.prompt) // 4 + 1, "completion_tokens": len(text) // 4 + 1}
        self.tokens.append(sum(usage.values()))
        behaviour: Behaviour = choice(fault) if fault else speak
        vectors = [hashed(text) for text in asked.texts]
        return await _response(behaviour(asked, Said(text, usage=usage, vectors=vectors)))

    def instead_of_the_network(self) -> AbstractContextManager[None]:
        """Have every client connect here."""
        return connecting_to(self)


class Network(httpx2.AsyncBaseTransport):
    """Several endpoints, each at an address of its own.

    Args:
        endpoints: by the host that a request names.

    """

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self._endpoints = endpoints

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Have the endpoint answer that is meant."""
        return await self._endpoints[request.url.host].handle_async_request(request)

    def instead_of_the_network(self) -> AbstractContextManager[None]:
        """Have every client connect to the endpoint that it names."""
        return connecting_to(self)


@contextmanager
def connecting_to(transport: httpx2.AsyncBaseTransport) -> Iterator[None]:
    """Have every client connect by a transport of ours."""

    def connected(*hooks: Hook) -> httpx2.AsyncClient:
        made = client(*hooks)
        made._transport, made._mounts = transport, {}  # noqa: SLF001 - as the client makes it, but for the sockets
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quire.nodes.model.clients.client", connected)
        yield


async def _response(play: Play) -> httpx2.Response:
    """Make of the bytes of an answer what the client would read from a connection."""
    if not play.head:
        await _broken(play)
    status, *lines = play.head.decode("latin-1").split("\r\n")
    if not status.startswith("HTTP/1.1 ") or not play.head.endswith(b"\r\n\r\n"):
        await _broken(play)
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return httpx2.Response(int(status.split()[1]), headers=headers, stream=_Body(play, headers))


async def _broken(play: Play) -> None:
    for pause, _ in play.pieces:
        await asyncio.sleep(pause)
    raise httpx2.RemoteProtocolError("the connection ended before there was an answer")


class _Body(httpx2.AsyncByteStream):
    """The body of an answer; it breaks where the connection would."""

    def __init__(self, play: Play, headers: dict[str, Any]) -> None:
        self._play = play
        self._length = int(headers["content-length"]) if "content-length" in headers else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        sent = 0
        for pause, piece in self._play.pieces:
            await asyncio.sleep(pause)
            data = piece if self._length is not None else piece.partition(b"\r\n")[2].removesuffix(b"\r\n")
            sent += len(data)
            yield data
        ended = self._play.end == "keep" if self._length is None else sent >= self._length
        if not ended or self._play.end == "reset":
            raise httpx2.ReadError("the connection was cut")
