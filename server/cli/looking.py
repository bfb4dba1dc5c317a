"""Looking: at runs, events, briefs, blueprints and agents."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from quire.graphs.insight.causes import Trail
from quire.graphs.intake.agent_check import Cast, cast_of
from quire.graphs.intake.blueprint import Blueprint, load_builtin, names, resolve
from quire.graphs.intake.brief import load, load_blueprint
from quire.graphs.intake.brief_fit import unknown_facts, unused
from quire.graphs.kernel.registry import discover
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import INTERRUPTED, title_of
from quire.server.cli.command import AsJson, BriefPath, RunId, app, finish, runs_of_home, say, tell
from quire.server.execution.follow import following
from quire.server.execution.runs import LOCAL
from quire.server.presentation.event_line import because_of, line_of


@app.command("runs")
def list_runs(*, as_json: AsJson = False) -> int:
    """List the runs, the newest first.

    Example: quire runs --json
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            rows = await runs.record.rows(LOCAL)
            for row in rows:
                status, title = await runs.standing(row), title_of(row)
                shown = {k: row[k] for k in ("id", "status", "created", "finished")} | {
                    "status": status,
                    "title": title,
                }
                tell(shown) if as_json else say(f"{row['id']}  {status:<11}  {row['created']}  {title}")
            if not rows and not as_json:
                say(f"there are no runs in {_place(Settings.read())}; quire write BRIEF begins one")
        return 0

    return finish(work())


def _place(settings: Settings) -> str:
    """Say where runs are kept."""
    return "the database" if settings.database_url else f"{settings.home.absolute()} (QUIRE_HOME)"


@app.command()
def events(
    run: RunId,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more until the run is over.")] = False,
    as_json: AsJson = False,
) -> int:
    """Show what has happened in a run and because of what, also of one that another process is working on.

    Example: quire events RUN --follow --json
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            await runs.row(run)
            seen = list(await runs.record.events(run))
            _show(seen, len(seen), as_json=as_json)
            if await runs.standing(await runs.row(run)) == INTERRUPTED:
                sys.stderr.write(f"quire: nobody carries this run on; to carry on: quire resume {run}\n")
            if follow:
                async for event in following(runs.record, run, len(seen)):
                    seen.append(event)
                    _show(seen, 1, as_json=as_json)
        return 0

    return finish(work())


def _show(seen: Sequence[Envelope], latest: int, *, as_json: bool) -> None:
    """Show the latest of the events seen so far, each with the numbers of those that led to it."""
    trail = Trail(seen)
    for event in seen[len(seen) - latest :]:
        causes = [cause["n"] for cause in trail.parents(event)]
        tell(event) if as_json else say(f"{line_of(event)}{because_of(causes)}")


@app.command()
def check(brief: BriefPath, *, as_json: AsJson = False) -> int:
    """Check a brief, its blueprint and its sources, or a blueprint alone, without running anything.

    Example: quire check examples/site-zoning-report/brief.yaml
    """
    cast = cast_of(discover())
    blueprint = load_blueprint(brief, cast=cast)
    told = _checked(brief, cast) if blueprint is None else _checked_blueprint(brief, blueprint)
    if as_json:
        tell(told)
        return 0
    parts, what = (told["sources"], "source") if blueprint is None else (told["sections"], "section")
    say(f"{brief}: good, {len(parts)} {what}{'' if len(parts) == 1 else 's'}")
    for warning in told["warnings"]:
        say(f"  warning: {warning}")
    return 0


def _checked(path: Path, cast: Cast) -> dict[str, Any]:
    asked = load(path, cast=cast)
    sources = [source["name"] for source in asked["sources"]]
    blueprint = resolve(asked["blueprint"])
    warnings = [f"{file['name']} was left out: {file['reason']}" for file in asked.get("left_out", ())]
    warnings += [*unknown_facts(blueprint.name, blueprint.facts, asked["facts"]), *unused(blueprint, sources)]
    return {"brief": str(path), "title": asked["title"], "sources": sources, "warnings": warnings}


def _checked_blueprint(path: Path, blueprint: Blueprint) -> dict[str, Any]:
    sections = [section.id for section in blueprint.sections]
    return {"blueprint": str(path), "title": blueprint.title, "sections": sections, "warnings": []}


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
