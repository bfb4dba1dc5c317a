"""Serving."""

from typing import Annotated

import typer

from nodes.faults import BadInput
from nodes.settings import Settings
from server.cli.command import app


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1", port: Annotated[int, typer.Option("--port")] = 8000
) -> int:
    """Serve HTTP, LangServe and the web page."""
    import uvicorn  # noqa: PLC0415 - only this command serves

    from server.app import build_app  # noqa: PLC0415 - the same
    from server.this_machine import is_loopback  # noqa: PLC0415 - the same

    settings = Settings.read()
    if not settings.api_keys and not is_loopback(host):
        raise BadInput(f"without keys only this machine is served, not {host}", hint="set QUIRE_API_KEYS")
    uvicorn.run(build_app(settings), host=host, port=port, log_level="info")
    return 0
