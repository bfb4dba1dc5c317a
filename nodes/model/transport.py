"""The HTTP under the model client: bodies are bounded, redirects refused, certificates loaded once."""

import ssl
from collections.abc import AsyncIterator
from functools import cache
from typing import Final

import httpx2

_BODY_LIMIT: Final = 16 * 2**20
"""Bytes of an answer. Generous: a stream spends some 300 on a token."""

_CONNECT_SECONDS: Final = 10.0
"""Until a connection stands. An endpoint that nothing reaches is out of order; one that thinks is not."""


class BodyTooLongError(Exception):
    """The endpoint sent more bytes than any reply has."""


def timeout() -> httpx2.Timeout:
    """Bound the making of a connection; the gateway bounds the attempt."""
    return httpx2.Timeout(None, connect=_CONNECT_SECONDS)


def client() -> httpx2.AsyncClient:
    """Make a client. Blocks for some 40 ms the first time: certificates are read from disk."""
    return httpx2.AsyncClient(
        verify=_certificates(),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=64),  # the gateway's slots bound the calls
        follow_redirects=False,  # the key would go along
        timeout=timeout(),
        headers={"accept-encoding": "identity"},  # what is unpacked would escape the bound
        event_hooks={"response": [_bound]},
    )


@cache
def _certificates() -> ssl.SSLContext:
    return httpx2.create_ssl_context()


async def _bound(response: httpx2.Response) -> None:
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _BoundedStream(response.stream)


class _BoundedStream(httpx2.AsyncByteStream):
    """A body that fails when it grows beyond any reply."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._stream:
            size += len(piece)
            if size > _BODY_LIMIT:
                raise BodyTooLongError
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
