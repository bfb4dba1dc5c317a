"""The ``quire`` command: what its subcommands share."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from quire.nodes.config.settings import Settings
from quire.server.cli.commands import Commands
from quire.server.execution.register import LOCAL, registered
from quire.server.observe.release import released
from quire.server.presentation.terminal import json_line, safe

if TYPE_CHECKING:
    from quire.server.execution.runs import Runs  # it takes LangGraph to carry runs on

T = TypeVar("T")
app = typer.Typer(
    cls=Commands,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _run_ids() -> list[str]:
    """Give what a run's id can be completed to. Pressing a key makes no home and no tables."""
    settings = Settings.read()
    if settings.database_url is None and not (settings.home / "quire.db").exists():
        return []
    return asyncio.run(_ids())


async def _ids() -> list[str]:
    async with registered(Settings.read()) as register:
        return [row["id"] for row in await register.record.rows(LOCAL)]


RunId = Annotated[
    str, typer.Argument(metavar="RUN", help="The run's id (`quire runs` lists them).", autocompletion=_run_ids)
]
BriefPath = Annotated[Path, typer.Argument(metavar="BRIEF", help="A YAML or JSON file.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the results.")]
Formats = Annotated[str | None, typer.Option("--format", help="Of md,html,docx,pdf,json; all by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


@app.callback(invoke_without_command=True)
def quire(
    context: typer.Context,
    *,
    shows_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> int:
    """Write long documents with agents that react to events."""
    if shows_version:
        say(f"quire {released()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
    return 0


@asynccontextmanager
async def runs_of_home() -> AsyncIterator["Runs"]:
    """Open the runs of the home that the environment names."""
    from quire.server.execution.runs import opened  # noqa: PLC0415 - it takes LangGraph to carry runs on

    async with opened(Settings.read()) as runs:
        yield runs


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Do the work of a command and give what came of it."""
    return asyncio.run(work)


def say(line: str) -> None:
    """Print a line, whatever stands in it."""
    sys.stdout.write(safe(line) + "\n")
    sys.stdout.flush()


def tell(value: Any) -> None:
    """Print a value as a line of JSON."""
    sys.stdout.write(json_line(value) + "\n")
    sys.stdout.flush()
