"""Serving, and working for those who serve."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from quire.nodes.config.settings import Settings
from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, app, say, tell
from quire.server.cli.entry import FAILED

LAST_ANSWERS = 5
"""Seconds for requests under way to be answered once the process is told to stop."""


@app.command("serve")
def serve(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8000,
    *,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave the work to `quire worker`.")] = False,
    as_json: AsJson = False,
) -> int:
    """Serve HTTP, LangServe and the web page.

    Example: quire serve --port 8000
    """
    import uvicorn  # noqa: PLC0415 - only this command serves

    from quire.server.app import create_app  # noqa: PLC0415 - only this command serves
    from quire.server.http.http_server import HttpServer  # noqa: PLC0415 - only this command serves
    from quire.server.observe import logs  # noqa: PLC0415 - only this command serves

    settings = Settings.read()
    _check_host(settings, host)
    if no_worker and settings.database_url is None:
        raise BadInput("only with a database can others work", field="QUIRE_DATABASE_URL", hint="set it")
    if settings.database_url is None:
        settings.made_home()
    logs.configure()
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again once all is drained: that is no failure
    config = uvicorn.Config(
        create_app(settings, works=not no_worker),
        host=host,
        port=port,
        log_config=None,
        timeout_graceful_shutdown=LAST_ANSWERS,
    )
    server = HttpServer(config, lambda url: _tell("up", f"serving {url}", as_json=as_json, url=url))
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        return FAILED
    _tell("stopped", "stopped", as_json=as_json)
    return 0


@app.command("mcp")
def mcp() -> int:
    """Offer reports as tools to a program that starts this one and speaks MCP over its standard input and output.

    Briefs in files are read from the working directory and below. Over HTTP, `quire serve` has the same at /mcp.

    Example: quire mcp
    """
    from quire.server.mcp.piped import serve  # noqa: PLC0415 - only this command speaks it

    asyncio.run(serve(Settings.read(), Path.cwd()))
    return 0


@app.command("worker")
def worker(
    metrics_port: Annotated[
        int | None, typer.Option("--metrics-port", help="Answer /metrics and /health here.")
    ] = None,
    metrics_host: Annotated[str, typer.Option("--metrics-host")] = "127.0.0.1",
    *,
    as_json: AsJson = False,
) -> int:
    """Carry on the runs of a database, in parallel with other workers.

    Example: QUIRE_DATABASE_URL=postgresql://quire@localhost/quire quire worker --metrics-port 9100
    """
    settings = Settings.read()
    _check_host(settings, metrics_host)
    if settings.database_url is None:
        raise BadInput("is not set", field="QUIRE_DATABASE_URL", hint="a worker needs one")
    asyncio.run(_work(settings, metrics_host, metrics_port, lambda: _tell("up", "working", as_json=as_json)))
    _tell("stopped", "stopped", as_json=as_json)
    return 0


@app.command("migrate")
def migrate(*, as_json: AsJson = False) -> int:
    """Create the tables of the database, or upgrade them. Safe to run again, and by several at once.

    A home needs no migration: its tables are made when it is first used.

    Example: quire migrate
    """
    from quire.server.execution.engine.service import set_up  # noqa: PLC0415 - only few commands load the engine

    settings = Settings.read()
    if settings.database_url is None:
        raise BadInput("is not set", field="QUIRE_DATABASE_URL", hint="name a Postgres; a home needs no migration")
    asyncio.run(set_up(settings))
    _tell("migrated", "the tables are up to date", as_json=as_json)
    return 0


def _tell(status: str, line: str, *, as_json: bool, **more: str) -> None:
    """Say what has become of this process."""
    if as_json:
        tell({"status": status, "pid": os.getpid(), **more})
    else:
        say(line)


def _check_host(settings: Settings, host: str) -> None:
    """Serve other machines only with keys.

    Raises:
        BadInput: there are none.

    """
    from quire.server.http.this_machine import is_loopback  # noqa: PLC0415 - only what serves needs it

    if not settings.keyed and not is_loopback(host):
        raise BadInput(f"without keys only this machine is served, not {host}", hint="set QUIRE_API_KEYS")


async def _work(settings: Settings, host: str, port: int | None, up: Callable[[], None]) -> None:
    """Work until the process is told to stop."""
    from quire.server.app import observers  # noqa: PLC0415 - only few commands load the engine
    from quire.server.execution.engine.service import engine  # noqa: PLC0415 - only few commands load the engine
    from quire.server.http.worker_app import worker_server  # noqa: PLC0415 - only few commands load the engine
    from quire.server.observe import logs  # noqa: PLC0415 - only few commands load the engine
    from quire.server.observe.metrics import Metrics  # noqa: PLC0415 - only few commands load the engine

    logs.configure()
    told, metrics = asyncio.Event(), Metrics()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    async with engine(settings, observers(metrics)):
        up()
        if port is not None:
            await worker_server(settings, metrics, host, port).serve()  # hands the signal on that ends it
        await told.wait()
