"""What there is to choose from: the blueprints that ship, and the agents that take part."""

from typing import Any

from fastapi import APIRouter
from typing_extensions import TypedDict

from quire.graphs.intake.blueprint import load_builtin, names
from quire.graphs.kernel.registry import discover
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


@router.get("/blueprints", responses=problems())
async def blueprints() -> Blueprints:
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
