"""The HTTP server of ``quire serve``, which says where it listens once it does."""

import socket
from collections.abc import Callable

import uvicorn


class HttpServer(uvicorn.Server):
    """Serves until the process is told to stop.

    Args:
        config: of uvicorn.
        up: told the address when it is there, with the port that was taken if none was named.

    """

    def __init__(self, config: uvicorn.Config, up: Callable[[str], None]) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            host, port, *_ = self.servers[0].sockets[0].getsockname()
            self._up(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")
