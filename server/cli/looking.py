"""Looking: at runs, events, briefs, blueprints and agents."""

from collections.abc import AsyncIterator, Iterable
from typing import Annotated

import typer

from graphs.blueprint import load_builtin, names
from graphs.brief import load
from graphs.casting import check_cast
from graphs.registry import discover
from nodes.record.port import Event
from server.cli.command import AsJson, BriefPath, RunId, app, finish, runs_of_home, say, tell
from server.event_line import line_of
from server.execution import LOCAL
from server.follow import following


@app.command("runs")
def list_runs(*, as_json: AsJson = False) -> int:
    """List the runs, the newest first.

    Example: quire runs --json
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            for row in await runs.record.rows(LOCAL):
                shown = {k: row[k] for k in ("id", "status", "created", "finished")}
                tell(shown) if as_json else say(f"{row['id']}  {row['status']:<9}  {row['created']}")
        return 0

    return finish(work())


@app.command()
def events(
    run: RunId,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more until the run is over.")] = False,
    as_json: AsJson = False,
) -> int:
    """Show what has happened in a run, also of one that another process is working on.

    Example: quire events RUN --follow --json
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            await runs.row(run)
            record = runs.record
            async for event in following(record, run, 0) if follow else _so_far(await record.events(run)):
                tell(event) if as_json else say(line_of(event))
        return 0

    return finish(work())


async def _so_far(events: Iterable[Event]) -> AsyncIterator[Event]:
    for event in events:
        yield event


@app.command()
def check(brief: BriefPath, *, as_json: AsJson = False) -> int:
    """Check a brief, its blueprint and its sources without running anything.

    Example: quire check examples/site-zoning-report/brief.yaml
    """
    asked = load(brief)
    check_cast(asked)
    told = {"brief": str(brief), "title": asked["title"], "sources": [s["name"] for s in asked["sources"]]}
    tell(told) if as_json else say(f"{brief}: good, {len(asked['sources'])} sources")
    return 0


@app.command()
def blueprints(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", autocompletion=names)] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """List the blueprints that ship, or show one.

    Example: quire blueprints site-zoning-report
    """
    for known in names() if name is None else [name]:
        blueprint = load_builtin(known)
        if as_json:
            tell({"id": known, **blueprint.model_dump(mode="json")})
            continue
        say(f"{known}: {blueprint.title}. {' '.join(blueprint.description.split())}")
        for section in blueprint.sections if name else ():
            waits = f"  after {', '.join(section.after)}" if section.after else ""
            say(f"  {section.id}: {section.title}{waits}")
    return 0


@app.command()
def agents(*, as_json: AsJson = False) -> int:
    """List the agents: what wakes them and what they say.

    Example: quire agents --json
    """
    for agent in discover():
        wakes, says = sorted(agent.handled_types), sorted(agent.emitted_types)
        if as_json:
            tell({"name": agent.name, "scope": agent.scope, "handles": wakes, "emits": says})
            continue
        say(f"{agent.name} ({agent.scope}): {', '.join(wakes)}")
        say(f"  says {', '.join(says)}")
    return 0
