"""What the new events of a log lead to: pure functions of (log, cursor, agents), tested as tables.

An event wakes every agent that handles its type, or only the one it is meant for (``to``). An agent that is
recruited hears at once what moved the other to recruit it. An agent that joins is woken once, with all it has not
judged yet, when none of the agents just woken can still lead to something it waits for: every one that was asked
has then answered or failed.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from nodes.record.port import Event

FRESH_START = "ChangesTaken"
RECRUITED = "AgentRecruited"


class Wire(NamedTuple):
    """How an agent is wired, with base classes already spelt out as the types below them."""

    name: str
    handles: frozenset[str]
    emits: frozenset[str]
    joins: bool = False
    on_call: bool = False
    """It takes part only where it is named or recruited."""
    node: str = ""
    """The node that runs it, if that is not its own."""


class Subscriber(NamedTuple):
    """An agent as dispatching sees it."""

    name: str
    handles: frozenset[str]
    joins: bool
    on_call: bool
    node: str
    led_by: frozenset[str]
    """For an agent that joins: the agents whose work may still lead to something it waits for."""


class Reaction(NamedTuple):
    """An agent that is to be woken, by which event, and what it joined."""

    agent: str
    event: Event
    joined: tuple[Event, ...] = ()
    node: str = ""


def subscribers(wires: Sequence[Wire]) -> list[Subscriber]:
    """Work out who leads to whom."""
    return [Subscriber(w.name, w.handles, w.joins, w.on_call, w.node or w.name, _led_by(w, wires)) for w in wires]


def _led_by(joiner: Wire, wires: Sequence[Wire]) -> frozenset[str]:
    """Agents from which a chain of events leads to the joiner without passing through it."""
    wanted, leading, grows = joiner.handles, frozenset[str](), joiner.joins
    while grows:
        more = {w.name for w in wires if w.name not in {joiner.name, *leading} and w.emits & wanted}
        wanted = wanted.union(*(w.handles for w in wires if w.name in more))
        leading |= more
        grows = bool(more)
    return leading


def taking_part(
    agents: Sequence[Subscriber], named: Collection[str] | None = None, recruited: Collection[str] = ()
) -> list[Subscriber]:
    """Choose who takes part: those that are named, or else all but those on call; and whoever was recruited.

    Raises:
        LookupError: an agent was recruited that nobody declares.

    """
    if unknown := set(recruited) - {a.name for a in agents}:
        raise LookupError(f"{', '.join(sorted(unknown))} cannot be recruited: nobody declares an agent of that name")
    return [
        a for a in agents
        if a.name in recruited or (not a.on_call if named is None else a.name in named)
    ]  # fmt: skip


def recruits(log: Sequence[Event]) -> list[str]:
    """Name the agents that were recruited so far, each once."""
    return list(dict.fromkeys(str(e["data"]["agent"]) for e in log if e["type"] == RECRUITED))


def reactions(
    log: Sequence[Event], cursor: int, agents: Sequence[Subscriber], pending: frozenset[str] = frozenset()
) -> list[Reaction]:
    """Give what the events from ``cursor`` on lead to, in the order of the events and then of the agents.

    Agents that are ``pending`` have been woken before and are not done: whoever joins waits for them too.
    """
    direct = [r for e in log[cursor:] for a in agents if not a.joins and (r := _reaction(log, e, a))]
    woken = {r.agent for r in direct} | pending
    joiners = [a for a in agents if a.joins and not woken & a.led_by]
    return direct + [join for a in joiners if (join := _join(log, a))]


def _reaction(log: Sequence[Event], event: Event, agent: Subscriber) -> Reaction | None:
    if event["type"] == RECRUITED and event["data"]["agent"] == agent.name:
        heard = _told_to_recruit(log, event, agent)
    else:
        heard = event if wakes(event, agent) else None
    return Reaction(agent.name, heard, node=agent.node) if heard else None


def _told_to_recruit(log: Sequence[Event], recruited: Event, agent: Subscriber) -> Event | None:
    """Give what moved the other to recruit the agent, unless the agent has heard it already."""
    cause = recruited["cause"]
    calls = (e for e in log if e["type"] == RECRUITED and e["cause"] == cause and e["data"]["agent"] == agent.name)
    if next(calls) is not recruited or any(e["agent"] == agent.name and e["cause"] == cause for e in log):
        return None
    return next((e for e in log if e["id"] == cause and wakes(e, agent)), None)


def straight(new: Sequence[Event], agents: Sequence[Subscriber]) -> list[Reaction]:
    """Give what events lead to that need no batch: none of them is waited for by an agent that joins."""
    if any(e["type"] == RECRUITED for e in new) or any(wakes(e, a) for e in new for a in agents if a.joins):
        return []
    return [Reaction(a.name, e, node=a.node) for e in new for a in agents if wakes(e, a)]


def wakes(event: Event, agent: Subscriber) -> bool:
    """Whether the agent handles the event, and the event is not meant for somebody else."""
    return event["type"] in agent.handles and event.get("to") in {None, agent.name}


def _join(log: Sequence[Event], joiner: Subscriber) -> Reaction | None:
    """All that the joiner has not judged yet, if there is anything. What was said before a fresh start is moot."""
    since = max((i + 1 for i, e in enumerate(log) if e["agent"] == joiner.name or e["type"] == FRESH_START), default=0)
    heard = tuple(e for e in log[since:] if wakes(e, joiner))
    return Reaction(joiner.name, heard[-1], heard, joiner.node) if heard else None
