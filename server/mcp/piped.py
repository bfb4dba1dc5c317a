"""The tools over standard input and output, for a host on this machine that starts ``quire mcp`` itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quire.graphs.intake.brief import load
from quire.nodes.config.settings import Settings
from quire.nodes.decode.strict_json import parse
from quire.nodes.faults import BadInput
from quire.server.execution.carrying import carried_here
from quire.server.execution.register import LOCAL
from quire.server.mcp.reports import Reports
from quire.server.mcp.tools import server_of
from quire.server.observe import logs


async def serve(settings: Settings, folder: Path) -> None:
    """Answer on standard output what is asked on standard input, until it is closed.

    Args:
        settings: whose runs.
        folder: briefs in files are read from here and below.

    """
    logs.configure()
    async with carried_here(settings) as here:
        reports = Reports(here, settings.max_open_runs)
        server = server_of(lambda: reports, lambda _: LOCAL, lambda named: brief_at(named, folder))
        await server.run_stdio_async()


def brief_at(named: str, folder: Path) -> Mapping[str, Any]:
    """Read the brief that a call names: JSON, or a file below a folder.

    Raises:
        BadInput: it is neither, or cannot be used.

    """
    if named.lstrip().startswith("{"):
        value: dict[str, Any] = parse(named, "brief").value
        return value
    file = (folder / named).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise BadInput(f"{named} is not below {folder}", field="brief", hint="name a brief in this folder, or send it")
    return load(file)
