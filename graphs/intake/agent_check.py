"""Whether the agents that a blueprint names and declares can take part beside those that there are."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quire.graphs.intake.blueprint import Blueprint, resolve
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.declared import known_events
from quire.graphs.kernel.registry import TAKEN, discover
from quire.nodes.decode.located import Located, Place
from quire.nodes.faults import BadInput, refuse

DECODED = Located(None, root=("blueprint",))
"""Where the blueprint of a decoded brief stands: in no file."""


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
