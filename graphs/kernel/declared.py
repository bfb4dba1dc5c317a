"""Agents that a blueprint declares as data, as dispatching sees them. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from quire.graphs.agents.section.events import DraftJudged
from quire.graphs.events import Event, name_of
from quire.graphs.kernel.roster import load_events
from quire.graphs.kernel.subscriptions import Subscription

NODE = "declared"
"""The node that runs them all."""
JUDGED = DraftJudged.__name__
"""What each of them says."""


def subscriptions_of(declared: Sequence[Mapping[str, Any]]) -> tuple[Subscription, ...]:
    """Wire the declared agents. They handle events by name, ``SectionDrafted`` or ``section-drafted``."""
    known = known_events() if declared else {}  # few blueprints declare any, and it takes a while
    return tuple(
        Subscription(
            name=spec["name"],
            handles=frozenset(name for handled in spec["handles"] for name in known.get(handled, ())),
            emits=frozenset({JUDGED}),
            node=NODE,
        )
        for spec in declared
    )


def known_events() -> dict[str, tuple[str, ...]]:
    """Give, by either spelling of an event type's name, the names of the types it stands for: those below it too."""
    load_events()
    known: dict[str, tuple[str, ...]] = {}
    for event in _below(Event):
        known[event.__name__] = known[name_of(event)] = tuple(e.__name__ for e in _below(event))
    return known


def _below(event: type[Event]) -> list[type[Event]]:
    return [event, *(e for sub in event.__subclasses__() for e in _below(sub))]
