"""Whether the agents that a blueprint names and declares can take part beside those that there are."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quire.graphs.intake.blueprint import Blueprint, resolve
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.declared import known_events
from quire.graphs.kernel.registry import TAKEN, discover
from quire.graphs.run.model_choice import unknown, unset
from quire.nodes.config.settings import Settings
from quire.nodes.decode.located import Located, Place
from quire.nodes.faults import BadInput, refuse
from quire.nodes.model.providers import is_qualified

IN_MEMORY = Located(None)
DECODED = Located(None, root=("blueprint",))
"""Where the blueprint of a decoded brief stands: in no file."""


def check_cast(brief: Mapping[str, Any]) -> None:
    """Hold a decoded brief against the agents in their folders and the models that are set, before a run starts.

    Raises:
        BadInput: with the field; every problem.

    """
    blueprint, cast = resolve(brief["blueprint"]), cast_of(discover())
    refuse(list(miscast(blueprint, cast)))
    refuse(list(misasked(brief["options"], blueprint, cast, Settings.read())))


class Cast(NamedTuple):
    """Names of the agents that there are."""

    working: Sequence[str]
    """They work on sections."""
    above: Sequence[str]
    """They work on the document."""


def cast_of(everyone: Sequence[Agent]) -> Cast:
    """Give the names of agents."""
    return Cast([a.name for a in everyone if a.scope == "section"], [a.name for a in everyone if a.scope == "document"])


def misasked(
    options: Mapping[str, Any],
    blueprint: Blueprint,
    cast: Cast,
    settings: Settings,
    brief: Located = IN_MEMORY,
    written: Located = DECODED,
) -> Iterator[BadInput]:
    """Find models that are not set: a brief chooses among those, and names no endpoint of its own.

    A section's plain name is asked at the writer's endpoint, whatever it is; one with a provider must be set.

    Args:
        options: the brief's.
        blueprint: the blueprint.
        cast: who there is.
        settings: say which models are set.
        brief: where the options stand.
        written: where the blueprint stands.

    """
    known, everybody = settings.known_models, names_in(cast, blueprint)
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


def names_in(cast: Cast, blueprint: Blueprint) -> frozenset[str]:
    """Give the names of everybody who takes part: agents that there are, and those that the blueprint declares."""
    return frozenset([*cast.working, *cast.above, *(agent.name for agent in blueprint.agents)])


def miscast(blueprint: Blueprint, cast: Cast, written: Located = DECODED) -> Iterator[BadInput]:
    """Find agents that nobody declares, names that are taken, and events that there are not.

    Args:
        blueprint: the blueprint.
        cast: who there is.
        written: where the blueprint stands.

    """
    taken = {*cast.working, *cast.above}
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
            if name not in {*cast.working, *declared}:
                yield _unknown("agent", name, [*cast.working, *declared], written, ("sections", number, "agents"))


def _unknown(what: str, name: str, known: Collection[str], written: Located, place: Place) -> BadInput:
    near = difflib.get_close_matches(name, known, 1)
    return written.fault(place, f"there is no {what} {name!r}", f"did you mean {near[0]}?" if near else "")
