"""Servers of ours on loopback, each in a process or thread of its own, and the ports they listen on."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from killing import FORKING

ROOT = Path(__file__).parents[1]
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.long)]
"""What a server keeps its runs in; the everyday suite has it on SQLite."""


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def quire_server(*, send_buffer: int | None = None, send_timeout: float | None = None) -> Iterator[str]:
    """Serve Quire's HTTP application over the home that the environment names; gives its address.

    It has a process of its own: the engine is one in a process, and tests have several servers side by side.

    Args:
        send_buffer: bytes that the kernel keeps for a reader who does not read; by default plenty.
        send_timeout: seconds after which a follower who takes nothing is cut off, other than the usual.

    """
    port = free_port()
    process = FORKING.Process(target=_serve, args=(dict(os.environ), port, send_buffer, send_timeout), daemon=True)
    process.start()
    try:
        until_it_answers(f"http://127.0.0.1:{port}/health", process.is_alive)
        yield f"http://127.0.0.1:{port}"
    finally:
        stopped(process)


def started(env: dict[str, str], *arguments: str, told: Path | None = None) -> Any:
    """Start a command of Quire's in a process that has imported everything already.

    Args:
        env: its whole environment.
        arguments: what is typed after ``quire``.
        told: what it prints goes here; by default to a file in its home.

    """
    process = FORKING.Process(target=main_of, args=(env, arguments, told), daemon=True)
    process.start()
    return process


def stopped(process: Any) -> int:
    """End a process as an operator does, and give its exit code."""
    if process.is_alive():
        os.kill(process.pid, signal.SIGTERM)
    process.join(60)
    assert process.exitcode is not None, "the process did not end"
    return int(process.exitcode)


def main_of(env: dict[str, str], arguments: tuple[str, ...], told: Path | None) -> None:
    """Be a command of Quire's: what a process that was forked does."""
    _settle(env, told)
    sys.argv = ["quire", *arguments]
    from quire.server.cli import main  # noqa: PLC0415 - in the child: settings are read from its environment

    main()


def _serve(env: dict[str, str], port: int, send_buffer: int | None, send_timeout: float | None) -> None:
    _settle(env, None)
    from quire.nodes.config.settings import Settings  # noqa: PLC0415 - in the child: settings are read from its environment
    from quire.server.app import create_app  # noqa: PLC0415 - in the child: settings are read from its environment
    from quire.server.http.routes import events  # noqa: PLC0415 - in the child: settings are read from its environment

    events.SEND_TIMEOUT = send_timeout or events.SEND_TIMEOUT

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if send_buffer is not None:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    listener.bind(("127.0.0.1", port))
    config = uvicorn.Config(create_app(Settings.read()), log_level="warning", ws="none")
    uvicorn.Server(config).run(sockets=[listener])


def _settle(env: dict[str, str], told: Path | None) -> None:
    """Give a process that was forked its own environment, folder and log."""
    os.environ.clear()
    os.environ |= env
    home = Path(env["QUIRE_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    os.chdir(home)
    log = os.open(told or home / f"told-{os.getpid()}", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for number in (1, 2):
        os.dup2(log, number)


@contextlib.contextmanager
def studio_server(folder: Path) -> Iterator[str]:
    """Run ``langgraph dev`` as a user would, with no network beyond loopback; gives its address.

    Args:
        folder: its home and its log are put there.

    """
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "langgraph"), "dev", "--no-browser", "--no-reload", "--host", "127.0.0.1",
        "--port", str(port), "--n-jobs-per-worker", "10",
    ]  # fmt: skip
    env = {"LANGSMITH_TRACING": "false", **os.environ, "LANGGRAPH_CLI_NO_ANALYTICS": "1"}
    env |= {"LANGGRAPH_NO_VERSION_CHECK": "true", "PYTHONPATH": str(ROOT)}
    env |= {"QUIRE_HOME": str(folder / "home")}
    with (folder / "log.txt").open("w") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            until_it_answers(f"http://127.0.0.1:{port}/ok", lambda: process.poll() is None)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def until_it_answers(address: str, is_alive: Callable[[], bool]) -> None:
    """Wait for a server."""
    for _ in range(600):
        assert is_alive(), "the server ended"
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(address).status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextlib.contextmanager
def command_server(log: Path) -> Iterator[str]:
    """Serve by the command, over the home and for the tenants that the environment names; gives the address."""
    port = free_port()
    process = started(dict(os.environ), "serve", "--port", str(port), told=log)
    try:
        until_it_answers(f"http://127.0.0.1:{port}/health", process.is_alive)
        yield f"http://127.0.0.1:{port}"
    finally:
        stopped(process)
