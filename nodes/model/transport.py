"""The HTTP under the model clients: bodies are bounded, redirects refused, certificates loaded once."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from types import ModuleType
from typing import Any, Final

import httpx2

_BODY_LIMIT: Final = 16 * 2**20
"""Bytes of an answer. Generous: a stream spends some 300 on a token."""

_CONNECT_SECONDS: Final = 10.0
"""Until a connection stands. An endpoint that nothing reaches is out of order; one that thinks is not."""

_IDENTITY: Final = {"accept-encoding": "identity"}
"""What is unpacked would escape the bound."""

Hook = Callable[[Any], Awaitable[None]]


class BodyTooLongError(Exception):
    """The endpoint sent more bytes than any reply has."""


def timeout() -> httpx2.Timeout:
    """Bound the making of a connection; the gateway bounds the attempt."""
    return httpx2.Timeout(None, connect=_CONNECT_SECONDS)


def client(*hooks: Hook) -> httpx2.AsyncClient:
    """Make a client. Blocks for some 40 ms the first time: certificates are read from disk.

    Args:
        hooks: see each request before it is sent.

    """
    return httpx2.AsyncClient(
        verify=_certificates(),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=64),  # the gateway's slots bound the calls
        follow_redirects=False,  # the key would go along
        timeout=timeout(),
        headers=_IDENTITY,
        event_hooks={"request": list(hooks), "response": [bound(httpx2)]},
    )


def settings_for(http: ModuleType) -> dict[str, Any]:
    """Give what an SDK that makes its client by itself, over ``httpx``, is to make it with."""
    return {
        "verify": _certificates(),
        "limits": http.Limits(max_connections=None, max_keepalive_connections=64),
        "follow_redirects": False,
        "timeout": http.Timeout(None, connect=_CONNECT_SECONDS),
        "headers": dict(_IDENTITY),
        "event_hooks": {"response": [bound(http)]},
    }


def with_api_key(key: str) -> Hook:
    """Have the key sent as Azure wants it."""

    async def send(request: httpx2.Request) -> None:
        request.headers["api-key"] = key
        request.headers.pop("authorization", None)

    return send


@cache
def _certificates() -> ssl.SSLContext:
    return httpx2.create_ssl_context()


@cache
def bound(http: ModuleType) -> Hook:
    """Make the hook that bounds bodies, for ``httpx2`` or ``httpx``: their streams are of different classes."""
    streams: Any = http.AsyncByteStream

    class BoundedStream(streams):  # type: ignore[misc]  # the class is known at run time only
        """A body that fails when it grows beyond any reply."""

        def __init__(self, stream: Any) -> None:
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

    async def bound_body(response: Any) -> None:
        if isinstance(response.stream, streams):
            response.stream = BoundedStream(response.stream)

    return bound_body
