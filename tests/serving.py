"""Servers of ours on loopback, each in a process or thread of its own, and the ports they listen on."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import uvicorn

from nodes.settings import Settings
from server.app import build_app

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def quire_server(*, send_buffer: int | None = None) -> Iterator[str]:
    """Serve Quire's HTTP application over the home that the environment names; gives its address.

    With a small ``send_buffer`` (bytes), the system does not take what a client does not read.
    """
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    if send_buffer is not None:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(build_app(Settings.read()), log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@contextlib.contextmanager
def studio_server(log: Path) -> Iterator[str]:
    """Run ``langgraph dev`` as a user would, with no network beyond loopback; gives its address."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "langgraph"), "dev", "--no-browser", "--no-reload", "--host", "127.0.0.1",
        "--port", str(port), "--n-jobs-per-worker", "10",
    ]  # fmt: skip
    env = {**os.environ, "LANGSMITH_TRACING": "false", "LANGGRAPH_CLI_NO_ANALYTICS": "1"}
    env |= {"LANGGRAPH_NO_VERSION_CHECK": "true", "PYTHONPATH": str(ROOT)}
    with log.open("w") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _until_it_answers(f"http://127.0.0.1:{port}/ok", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(address).status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")
