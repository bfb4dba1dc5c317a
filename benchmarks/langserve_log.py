"""What watching a whole report costs LangServe's own client: bytes, chunks, and the client's CPU.

``python benchmarks/langserve_log.py``: starts ``quire serve`` on loopback, offline, over a home of its own; asks for
the site and zoning report (twenty sections) by ``stream``, ``astream_log`` and ``astream_events``; prints a line each.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import httpx
from langchain_core.tracers import RunLogPatch
from langserve import RemoteRunnable

from quire.graphs.intake.brief import load

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Serve, watch, print."""
    brief = load(ROOT / "examples" / "site-zoning-report" / "brief.yaml")
    brief["options"].pop("approve", None)
    with tempfile.TemporaryDirectory() as home, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        env = {**os.environ, "QUIRE_HOME": home, "QUIRE_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "quire", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module, no shell
        address = f"http://127.0.0.1:{port}"
        try:
            _until_up(address)
            for name, path, ask in WAYS:
                print(json.dumps({"way": name, "megabytes": sent(f"{address}/langserve/document/{path}", brief)}
                                 | asyncio.run(watched(f"{address}/langserve/document", brief, ask))))  # fmt: skip
        finally:
            server.terminate()
            server.wait(30)


def sent(url: str, brief: dict[str, Any]) -> float:
    """Count what goes over the wire."""
    with httpx.stream("POST", url, json={"input": brief}, timeout=300) as answer:
        return round(sum(len(piece) for piece in answer.iter_raw()) / 1e6, 2)


async def watched(url: str, brief: dict[str, Any], ask: Callable[[Any, Any], AsyncIterator[Any]]) -> dict[str, Any]:
    """Watch as a program would that keeps the state of the log, and count chunks and CPU."""
    begun, chunks, state = time.process_time(), 0, None
    async for chunk in ask(RemoteRunnable(url, timeout=300), brief):
        chunks += 1
        if isinstance(chunk, RunLogPatch):
            state = chunk if state is None else cast("RunLogPatch", state + chunk)
    return {"chunks": chunks, "client_cpu_seconds": round(time.process_time() - begun, 2)}


WAYS: list[tuple[str, str, Callable[[Any, Any], AsyncIterator[Any]]]] = [
    ("stream", "stream", lambda door, brief: door.astream(brief)),
    ("astream_log", "stream_log", lambda door, brief: door.astream_log(brief)),
    ("astream_events", "stream_events", lambda door, brief: door.astream_events(brief, version="v2")),
]


def _until_up(address: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{address}/health").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the server did not come up")


if __name__ == "__main__":
    main()
