"""Whether the agents that a blueprint names and declares can take part beside those that there are."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from quire.graphs.intake.blueprint import Blueprint, resolve
from quire.graphs.intake.model_names import unknown, unset
from quire.graphs.kernel.declared import known_events
from quire.graphs.kernel.roster import TAKEN, roster
from quire.nodes.config.settings import Settings
from quire.nodes.decode.located import Located, Place
from quire.nodes.faults import BadInput, refuse
from quire.nodes.model.providers import is_qualified

IN_MEMORY = Located(None)
DECODED = Located(None, root=("blueprint",))
"""Where the blueprint of a decoded brief stands: in no file."""


def check_agents(brief: Mapping[str, Any]) -> None:
    """Hold a decoded brief against the agents in their folders and the models that are set, before a run starts.

    Raises:
        BadInput: with the field; every problem.

    """
    blueprint, agents = resolve(brief["blueprint"]), agent_names_of(roster())
    refuse(list(unknown_agents(blueprint, agents)))
    refuse(list(unknown_models(brief["options"], blueprint, agents, Settings.read())))


class AgentNames(NamedTuple):
    """Names of the agents that there are."""

    working: Sequence[str]
    """They work on sections."""
    above: Sequence[str]
    """They work on the document."""


class Named(Protocol):
    """An agent, or as much of one as can be known without loading it."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def scope(self) -> str:
        """``document`` or ``section``."""
        ...


def agent_names_of(everyone: Sequence[Named]) -> AgentNames:
    """Give the names of agents."""
    return AgentNames(
        [a.name for a in everyone if a.scope == "section"], [a.name for a in everyone if a.scope == "document"]
    )


def unknown_models(
    options: Mapping[str, Any],
    blueprint: Blueprint,
    agents: AgentNames,
    settings: Settings,
    brief: Located = IN_MEMORY,
    written: Located = DECODED,
) -> Iterator[BadInput]:
    """Find models that are not set: a brief chooses among those, and names no endpoint of its own.

    A section's plain name is asked at the writer's endpoint, whatever it is; one with a provider must be set.

    Args:
        options: the brief's.
        blueprint: the blueprint.
        agents: those that there are.
        settings: say which models are set.
        brief: where the options stand.
        written: where the blueprint stands.

    """
    known, everybody = settings.known_models, names_in(agents, blueprint)
    chosen: Mapping[str, str] = options.get("models", {})
    for agent in chosen.keys() - everybody:
        yield brief.fault(("options", "models", agent), *unknown(agent, everybody))
    if settings.offline:
        return  # none is asked
    asked = [(("options", "model"), options.get("model")), *((("options", "models", a), m) for a, m in chosen.items())]
    for place, model in asked:
        if model and model not in known:
            yield brief.fault(place, *unset(model, known))
    for number, section in enumerate(blueprint.sections):
        if section.model and is_qualified(section.model) and section.model not in known:
            yield written.fault(("sections", number, "model"), *unset(section.model, known))


def names_in(agents: AgentNames, blueprint: Blueprint) -> frozenset[str]:
    """Give the names of everybody who takes part: agents that there are, and those that the blueprint declares."""
    return frozenset([*agents.working, *agents.above, *(agent.name for agent in blueprint.agents)])


def unknown_agents(blueprint: Blueprint, agents: AgentNames, written: Located = DECODED) -> Iterator[BadInput]:
    """Find agents that nobody declares, names that are taken, and events that there are not.

    Args:
        blueprint: the blueprint.
        agents: those that there are.
        written: where the blueprint stands.

    """
    taken = {*agents.working, *agents.above}
    declared = [agent.name for agent in blueprint.agents]
    for number, agent in enumerate(blueprint.agents):
        place = ("agents", number)
        if agent.name in taken:
            yield written.fault((*place, "name"), f"there is an agent {agent.name!r} already", "choose another")
        elif agent.name in TAKEN:
            yield written.fault((*place, "name"), f"{agent.name!r} is a name of Quire's own", "choose another")
        for handled in agent.handles:
            if handled not in known_events():
                yield _unknown("event", handled, known_events(), written, (*place, "handles"))
    for number, section in enumerate(blueprint.sections):
        for name in section.agents or ():
            if name not in {*agents.working, *declared}:
                yield _unknown("agent", name, [*agents.working, *declared], written, ("sections", number, "agents"))


def _unknown(what: str, name: str, known: Collection[str], written: Located, place: Place) -> BadInput:
    near = difflib.get_close_matches(name, known, 1)
    return written.fault(place, f"there is no {what} {name!r}", f"did you mean {near[0]}?" if near else "")
