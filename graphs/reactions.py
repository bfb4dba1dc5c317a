"""What the new events of a log lead to: pure functions of (log, cursor, agents), tested as tables.

An event wakes every agent that handles its type, or only the one it is meant for (``to``). An agent that
joins is woken once, with all it has not judged yet, when none of the agents just woken can still lead to
something it waits for: every one that was asked has then answered or failed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nodes.record.port import Event

FRESH_START = "ChangesTaken"


class Subscriber(NamedTuple):
    """An agent as dispatching sees it, with base classes already spelt out as the types below them."""

    name: str
    handles: frozenset[str]
    joins: bool
    led_by: frozenset[str]
    """For an agent that joins: the agents whose work may still lead to something it waits for."""


class Reaction(NamedTuple):
    """An agent that is to be woken, by which event, and what it joined."""

    agent: str
    event: Event
    joined: tuple[Event, ...] = ()


def subscribers(wiring: Sequence[tuple[str, frozenset[str], frozenset[str], bool]]) -> list[Subscriber]:
    """Work out who leads to whom from ``(name, handles, emits, joins)`` of each agent."""
    return [Subscriber(name, handles, joins, _led_by(name, wiring)) for name, handles, _, joins in wiring]


def _led_by(joiner: str, wiring: Sequence[tuple[str, frozenset[str], frozenset[str], bool]]) -> frozenset[str]:
    """Agents from which a chain of events leads to the joiner without passing through it."""
    wanted = next(handles for name, handles, _, _ in wiring if name == joiner)
    leading: set[str] = set()
    grows = True
    while grows:
        more = {n for n, _, emits, _ in wiring if n != joiner and n not in leading and emits & wanted}
        wanted = wanted.union(*(handles for n, handles, _, _ in wiring if n in more))
        leading |= more
        grows = bool(more)
    return frozenset(leading)


def reactions(
    log: Sequence[Event], cursor: int, agents: Sequence[Subscriber], pending: frozenset[str] = frozenset()
) -> list[Reaction]:
    """Give what the events from ``cursor`` on lead to, in the order of the events and then of the agents.

    Agents that are ``pending`` have been woken before and are not done: whoever joins waits for them too.
    """
    direct = [Reaction(a.name, e) for e in log[cursor:] for a in agents if not a.joins and wakes(e, a)]
    woken = {r.agent for r in direct} | pending
    joiners = [a for a in agents if a.joins and not woken & a.led_by]
    return direct + [join for a in joiners if (join := _join(log, a))]


def straight(new: Sequence[Event], agents: Sequence[Subscriber]) -> list[Reaction]:
    """Give what events lead to that need no batch: none of them is waited for by an agent that joins."""
    if any(wakes(e, a) for e in new for a in agents if a.joins):
        return []
    return [Reaction(a.name, e) for e in new for a in agents if wakes(e, a)]


def wakes(event: Event, agent: Subscriber) -> bool:
    """Whether the agent handles the event, and the event is not meant for somebody else."""
    return event["type"] in agent.handles and event.get("to") in {None, agent.name}


def _join(log: Sequence[Event], joiner: Subscriber) -> Reaction | None:
    """All that the joiner has not judged yet, if there is anything. What was said before a fresh start is moot."""
    since = max((i + 1 for i, e in enumerate(log) if e["agent"] == joiner.name or e["type"] == FRESH_START), default=0)
    heard = tuple(e for e in log[since:] if wakes(e, joiner))
    return Reaction(joiner.name, heard[-1], heard) if heard else None
