"""Starting, watching and killing real processes that write documents."""

import contextlib
import json
import multiprocessing
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

LOADED = (
    "quire.server.cli.command", "quire.server.cli.writing", "quire.server.cli.serving", "quire.server.app",
    "quire.server.execution.postgres_relay", "quire.server.execution.sessions", "quire.server.http.worker_app",
    "quire.server.mcp.piped", "quire.nodes.event_store.postgres", "quire.nodes.model.clients",
    "quire.nodes.sources.html", "anyio._backends._asyncio", "h11", "httpcore2", "jiter", "jsonschema",
    "mcp.client.stdio", "mcp.client.streamable_http", "openai.pagination", "openai.resources.chat",
    "openai.resources.embeddings", "pint", "snowballstemmer", "truststore", "uvicorn",
)  # fmt: skip
"""What the process that others are forked from has imported, once for all of them: our own modules, and what they and
their libraries import only where it is used. A process that asks a model spends more on importing than on its work.
"""
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload([*LOADED])


def quire(home: Path, settings: dict[str, str], *arguments: str, told: Path | None = None) -> Any:
    """Start the command line in a process of its own, which has imported everything already.

    Args:
        home: its ``QUIRE_HOME``.
        settings: further variables of its environment.
        arguments: what is typed after ``quire``.
        told: folder in which ``stdout`` and ``stderr`` are kept, and which it works in.

    """
    process = FORKING.Process(target=_main, args=(home, settings, arguments, told or home.parent), daemon=True)
    process.start()
    return process


def not_loaded() -> list[str]:
    """Name what is to be imported before a process is forked and is not; the process that does it tells nobody."""
    ours, theirs = FORKING.Pipe()
    process = FORKING.Process(target=_tell_not_loaded, args=(theirs,), daemon=True)
    process.start()
    names: list[str] = ours.recv()
    finish(process)
    return names


def finish(process: Any) -> int:
    """Wait for a process to end by itself and give its exit code."""
    process.join(60)
    code = process.exitcode
    assert code is not None, "the process did not end"
    return int(code)


def kill_at(process: Any, home: Path, events: int) -> int:
    """Kill a process once its journal has that many events; give how many it had got to."""
    while process.is_alive() and count(home) < events:
        time.sleep(0.0005)
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(30)
    return count(home)


def count(home: Path) -> int:
    """Count the events in a journal that another process writes."""
    with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(_connect(home)) as db:
        (events,) = db.execute("SELECT COUNT(*) FROM events").fetchone()
        return int(events)
    return 0


def attempts(home: Path) -> int:
    """Count the model replies that are recorded."""
    with contextlib.closing(_connect(home)) as db:
        (made,) = db.execute("SELECT COUNT(*) FROM attempts").fetchone()
        return int(made)


def journal(home: Path, run: str = "%") -> list[dict[str, Any]]:
    """Read a journal: of one run, or of the one that there is."""
    with contextlib.closing(_connect(home)) as db:
        return [
            json.loads(body) for (body,) in db.execute("SELECT body FROM events WHERE run LIKE ? ORDER BY n", [run])
        ]


def _connect(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{home / 'quire.db'}?mode=ro", uri=True, timeout=5)


def _tell_not_loaded(theirs: Any) -> None:
    theirs.send([name for name in LOADED if name not in sys.modules])


def _main(home: Path, settings: dict[str, str], arguments: tuple[str, ...], told: Path) -> None:
    os.environ |= {"QUIRE_HOME": str(home), **settings}
    sys.argv = ["quire", *arguments]
    os.chdir(told)
    for number, name in ((0, os.devnull), (1, told / "stdout"), (2, told / "stderr")):
        os.dup2(os.open(name, os.O_CREAT | os.O_RDWR | os.O_TRUNC), number)
    from quire.server.cli import main  # noqa: PLC0415 - in the child: settings are read from its environment

    main()
