"""Removing runs that nobody needs any more."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated

import typer

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.rows import RunRow
from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, app, finish, say
from quire.server.execution.runs import opened

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LONGEST = 36_500
"""Days."""


@app.command("prune")
def prune(
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="AGE", help="As 30d or 12h; QUIRE_KEEP_DAYS by default.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which.")] = False,
    as_json: AsJson = False,
) -> int:
    """Remove runs that ended longer than AGE ago, of all tenants, with all that belongs to them.

    Documents that were left in folders stay. Nobody's run that goes on or waits is touched.

    Example: quire prune --older-than 30d --dry-run
    """
    settings = Settings.read()
    return finish(_prune(settings, _age(older_than, settings), dry_run=dry_run, as_json=as_json))


async def _prune(settings: Settings, age: timedelta, *, dry_run: bool, as_json: bool) -> int:
    count = 0
    async with _old(settings, age, dry_run=dry_run) as old:
        async for row in old:
            count += 1
            shown = {k: row[k] for k in ("id", "tenant", "status", "finished")}
            say(json.dumps(shown) if as_json else f"{row['id']}  {row['status']:<9}  {row['finished']}")
    if as_json:
        say(json.dumps({"removed": 0 if dry_run else count, "old": count}))
    else:
        say(f"{count} runs {'would be' if dry_run else 'are'} removed")
    return 0


@asynccontextmanager
async def _old(settings: Settings, age: timedelta, *, dry_run: bool) -> AsyncIterator[AsyncIterator[RunRow]]:
    """Give the old runs; as they are removed, unless they are only to be told."""
    from quire.server.execution.engine.retention import before, prune  # noqa: PLC0415 - only few commands load the engine
    from quire.server.execution.engine.service import queue_of  # noqa: PLC0415 - only few commands load the engine

    async with opened(settings) as runs:
        if dry_run:
            yield _each(await runs.record.finished(before(age)))
            return
        async with queue_of(settings) as queue:
            yield prune(runs, queue, before(age))


async def _each(rows: list[RunRow]) -> AsyncIterator[RunRow]:
    for row in rows:
        yield row


def _age(said: str | None, settings: Settings) -> timedelta:
    """Read ``30d``.

    Raises:
        BadInput: it is no age, or nothing says how old runs may become.

    """
    if said is None:
        if settings.keep_days is None:
            raise BadInput("is not given, nor is QUIRE_KEEP_DAYS", field="--older-than", hint="say 30d")
        return timedelta(days=settings.keep_days)
    found = re.fullmatch(r"(\d{1,9})([mhdw])", said)
    if found is None:
        raise BadInput(f"{said!r} is no age", field="--older-than", hint="say 90m, 12h, 30d or 4w")
    return min(timedelta(days=LONGEST), timedelta(**{UNITS[found[2]]: int(found[1])}))
