"""Checking briefs and blueprints, and looking at those that are installed. No graph is loaded."""

from pathlib import Path
from typing import Annotated, Any

import typer

from quire.graphs.intake.agent_check import AgentNames, agent_names_of
from quire.graphs.intake.blueprint import Blueprint, load_builtin, names, resolve
from quire.graphs.intake.brief import load, load_blueprint
from quire.graphs.intake.brief_fit import unknown_facts, unused
from quire.graphs.intake.brief_tools import is_reply
from quire.graphs.kernel.roster import roster
from quire.server.cli.command import AsJson, BriefPath, app, say, tell


@app.command("check")
def check(brief: BriefPath, *, as_json: AsJson = False) -> int:
    """Check a brief, its blueprint and its sources, or a blueprint alone, without running anything.

    Example: quire check examples/site-zoning-report/brief.yaml
    """
    agents = agent_names_of(roster())
    blueprint = load_blueprint(brief, agents=agents)
    told = _checked(brief, agents) if blueprint is None else _checked_blueprint(brief, blueprint)
    if as_json:
        tell(told)
        return 0
    parts, what = (told["sources"], "source") if blueprint is None else (told["sections"], "section")
    say(f"{brief}: good, {len(parts)} {what}{'' if len(parts) == 1 else 's'}")
    for one in told.get("fetched", ()):
        say(f"  {one['name']} will be asked of the tool {one['tool']} of the server {one['server']}, when a run begins")
    for warning in told["warnings"]:
        say(f"  warning: {warning}")
    return 0


def _checked(path: Path, agents: AgentNames) -> dict[str, Any]:
    asked = load(path, agents=agents)
    sources = [source["name"] for source in asked["sources"]]
    fetched = [{"name": one["name"], **one["mcp"]} for one in asked["sources"] if is_reply(one)]
    blueprint = resolve(asked["blueprint"])
    warnings = [f"{file['name']} was left out: {file['reason']}" for file in asked.get("left_out", ())]
    warnings += [*unknown_facts(blueprint.name, blueprint.facts, asked["facts"]), *unused(blueprint, sources)]
    return {"brief": str(path), "title": asked["title"], "sources": sources, "fetched": fetched, "warnings": warnings}


def _checked_blueprint(path: Path, blueprint: Blueprint) -> dict[str, Any]:
    sections = [section.id for section in blueprint.sections]
    return {"blueprint": str(path), "title": blueprint.title, "sections": sections, "warnings": []}


@app.command("blueprints")
def blueprints(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", autocompletion=names)] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """List the blueprints that are installed, or show one.

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
