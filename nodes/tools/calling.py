"""One call of a tool, bounded in time and size. What goes wrong is a fault in our own words: none of the server's.

A call has a session of its own: a command is started for it and ended with it, so nothing is left over of a run that
was killed but what the command itself leaves.
"""

import asyncio
import json
import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from quire.nodes.faults import SourceFault
from quire.nodes.tools.servers import ToolServer

if TYPE_CHECKING:  # they take long to import, and most runs call no tool
    import httpx2
    from mcp.client.client import Client
    from mcp_types import CallToolResult, ContentBlock

MOST: Final = 2_000_000
"""Bytes of a reply's text."""
_ON_THE_WIRE: Final = 4 * MOST
"""Bytes of a reply over HTTP: its text may come escaped, and as structured content beside it."""

_log = logging.getLogger("quire")


class _TooLarge(Exception):
    """A reply over HTTP is read no further."""


async def reply_of(name: str, server: ToolServer, tool: str, arguments: Mapping[str, Any]) -> str:
    """Call a tool once and give the text of its reply.

    Args:
        name: of the server, as the operator calls it.
        server: how it is reached.
        tool: which of its tools.
        arguments: what it is given.

    Raises:
        SourceFault: there is no reply that can be read; names server and tool.

    """
    called = f"the tool {tool!r} of the server {name!r}"
    try:
        async with asyncio.timeout(server.seconds), _session(server) as client:
            result = await client.call_tool(tool, dict(arguments))
    except TimeoutError:
        raise SourceFault(f"{called} gave no reply within {server.seconds:g} seconds") from None
    except Exception as fault:  # noqa: BLE001 - of the client, its transports and the operating system, in groups
        kinds = _kinds_of(fault)
        _log.warning("%s could not be called: %s", called, ", ".join(sorted(kinds)))
        raise SourceFault(
            _too_large(called) if _TooLarge.__name__ in kinds else f"{called} could not be called"
        ) from None
    return _text_of(result, called)


@asynccontextmanager
async def _session(server: ToolServer) -> AsyncGenerator["Client", None]:
    from mcp.client.client import Client  # noqa: PLC0415 - see above
    from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: PLC0415 - see above
    from mcp.client.streamable_http import streamable_http_client  # noqa: PLC0415 - see above

    if server.url:
        async with (
            _http(server) as http,
            Client(streamable_http_client(server.url, http_client=http, max_sse_event_size=_ON_THE_WIRE)) as client,
        ):
            yield client
        return
    command = StdioServerParameters(command=server.command, args=server.args, env=server.env)
    with open(os.devnull, "w", encoding="utf-8") as unheard:  # noqa: ASYNC230, PTH123 - no disk is asked
        async with Client(stdio_client(command, unheard)) as client:
            yield client


def _http(server: ToolServer) -> "httpx2.AsyncClient":
    """Make a client that stops reading a reply which grows too large."""
    import httpx2  # noqa: PLC0415 - see above

    class Counted(httpx2.AsyncByteStream):
        def __init__(self, stream: httpx2.AsyncByteStream) -> None:
            self._stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = _ON_THE_WIRE
            async for piece in self._stream:
                left -= len(piece)
                if left < 0:
                    raise _TooLarge
                yield piece

        async def aclose(self) -> None:
            await self._stream.aclose()

    class Bounded(httpx2.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            response = await super().handle_async_request(request)
            assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - for the type checker
            response.stream = Counted(response.stream)
            return response

    headers = {**server.headers, "Accept-Encoding": "identity"}
    return httpx2.AsyncClient(transport=Bounded(), headers=headers, timeout=server.seconds)


def _text_of(result: "CallToolResult", called: str) -> str:
    if result.is_error:
        raise SourceFault(f"{called} reported an error")
    text = "\n\n".join(_words(result.content, called))
    if not result.content and result.structured_content is not None:
        text = json.dumps(result.structured_content, indent=2, ensure_ascii=False)
    if not text.strip():
        raise SourceFault(f"{called} replied with nothing")
    if len(text.encode(errors="replace")) > MOST:
        raise SourceFault(_too_large(called))
    return text


def _too_large(called: str) -> str:
    return f"{called} replied with more than {MOST // 1_000_000} MB"


def _words(content: "Sequence[ContentBlock]", called: str) -> list[str]:
    """Give the texts of a reply. One that is more than text is refused: nobody would see what is missing of it."""
    found = []
    for block in content:
        if block.type == "text":
            found.append(block.text)
        elif block.type == "resource" and (text := getattr(block.resource, "text", None)) is not None:
            found.append(text)
        else:
            raise SourceFault(f"{called} replied with something that is not text")
    return found


def _kinds_of(fault: BaseException) -> set[str]:
    """Name the classes of what went wrong: messages of others may hold keys and addresses."""
    if isinstance(fault, BaseExceptionGroup):
        return set[str]().union(*map(_kinds_of, fault.exceptions))
    return {type(fault).__name__}
