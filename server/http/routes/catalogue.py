"""What there is to choose from: blueprints that ship, agents that take part, and what a brief may hold here."""

from typing import Any

from fastapi import APIRouter
from typing_extensions import TypedDict

from quire.graphs.intake.blueprint import load_builtin, names
from quire.graphs.intake.brief_sources import MAX_SOURCE, MAX_SOURCES, MAX_TOTAL
from quire.graphs.kernel.registry import discover
from quire.nodes.config.settings import Settings
from quire.nodes.sources.kinds import kinds
from quire.server.http.routes.answers import problems

router = APIRouter(tags=["catalogue"])


class FactShown(TypedDict):
    """A fact that a kind of document can use."""

    description: str
    required: bool
    default: Any


class BlueprintShown(TypedDict):
    """A kind of document, as a form needs it."""

    name: str
    title: str
    description: str
    facts: dict[str, FactShown]
    sections: list[dict[str, Any]]
    """``{id, title, after}`` of each."""


class Blueprints(TypedDict):
    """The blueprints that ship."""

    blueprints: list[BlueprintShown]


class AgentShown(TypedDict):
    """An agent: what wakes it and what it says."""

    name: str
    scope: str
    joins: bool
    handles: list[str]
    emits: list[str]


class Agents(TypedDict):
    """The agents that take part."""

    agents: list[AgentShown]


class Inputs(TypedDict):
    """What a brief may hold here."""

    endings: list[str]
    """Of the files that can be read."""
    source_bytes: int
    """Of one source at most."""
    total_bytes: int
    """Of all sources together at most."""
    sources: int
    """How many at most."""
    models: list[str]
    """What ``options.model`` may name, the usual one first; none where no model can be asked."""


@router.get("/blueprints", responses=problems())
def blueprints() -> Blueprints:  # in a thread, as reading them takes long the first time
    """List the kinds of document that ship."""
    return Blueprints(blueprints=[_shown(name) for name in names()])


@router.get("/agents", responses=problems())
async def agents() -> Agents:
    """List the agents with the events they handle and emit."""
    return Agents(
        agents=[
            AgentShown(
                name=a.name,
                scope=a.scope,
                joins=a.joins,
                handles=sorted(a.handled_types),
                emits=sorted(a.emitted_types),
            )
            for a in discover()
        ]
    )


@router.get("/inputs", responses=problems())
async def inputs() -> Inputs:
    """Say which files can be read, how large they may be, and which models a brief may choose."""
    settings = Settings.read()
    return Inputs(
        endings=list(kinds()),
        source_bytes=MAX_SOURCE,
        total_bytes=MAX_TOTAL,
        sources=MAX_SOURCES,
        models=[] if settings.offline else settings.known_models,
    )


def _shown(name: str) -> BlueprintShown:
    blueprint = load_builtin(name)
    return BlueprintShown(
        name=name,
        title=blueprint.title,
        description=" ".join(blueprint.description.split()),
        facts={
            n: FactShown(description=f.description, required=f.required, default=f.default)
            for n, f in blueprint.facts.items()
        },
        sections=[{"id": s.id, "title": s.title, "after": s.after} for s in blueprint.sections],
    )
