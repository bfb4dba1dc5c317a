"""Whether the agents that a blueprint names and declares can take part beside those that there are."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from graphs.blueprint import Blueprint, resolve
from graphs.contract import Agent
from graphs.guests import known_events
from graphs.registry import TAKEN, discover
from nodes.faults import BadInput, refuse


def check_cast(brief: Mapping[str, Any]) -> None:
    """Hold a decoded brief's blueprint against the agents in their folders, before a run starts.

    Raises:
        BadInput: with the field; every problem.

    """
    refuse(list(miscast(resolve(brief["blueprint"]), cast_of(discover()))))


class Cast(NamedTuple):
    """Names of the agents that there are."""

    working: Sequence[str]
    """They work on sections."""
    above: Sequence[str]
    """They work on the document."""


def cast_of(everyone: Sequence[Agent]) -> Cast:
    """Give the names of agents."""
    return Cast([a.name for a in everyone if a.scope == "section"], [a.name for a in everyone if a.scope == "document"])


def miscast(blueprint: Blueprint, cast: Cast) -> Iterator[BadInput]:
    """Find agents that nobody declares, names that are taken, and events that there are not."""
    taken = {*cast.working, *cast.above}
    declared = [agent.name for agent in blueprint.agents]
    for number, agent in enumerate(blueprint.agents):
        place = f"blueprint.agents[{number}]"
        if agent.name in taken:
            yield BadInput(f"there is an agent {agent.name!r} already", field=f"{place}.name", hint="choose another")
        elif agent.name in TAKEN:
            yield BadInput(f"{agent.name!r} is a name of Quire's own", field=f"{place}.name", hint="choose another")
        for handled in agent.handles:
            yield from _unknown("event", handled, known_events(), f"{place}.handles")
    for number, section in enumerate(blueprint.sections):
        for name in section.agents or ():
            yield from _unknown("agent", name, [*cast.working, *declared], f"blueprint.sections[{number}].agents")


def _unknown(what: str, name: str, known: Collection[str], place: str) -> Iterator[BadInput]:
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else ""
        yield BadInput(f"there is no {what} {name!r}", field=place, hint=hint)
