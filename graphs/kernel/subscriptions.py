"""What the new events of a log lead to: pure functions of (log, cursor, agents), tested as tables.

An event wakes every agent that handles its type, or only the one it is meant for (``to``). Of several answers to
one request the first counts, and one that nobody answers is told to the asker. An agent that is
recruited hears at once what moved the other to recruit it. What an agent hears first (``first``) the others hear once
it has answered, and not at all if it fails. An agent that joins is woken once, with all it has not
judged yet, when none of the agents just woken can still lead to something it waits for: every one that was asked
has then answered or failed.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from quire.graphs.agents.section.events import ChangesTaken
from quire.graphs.events import AgentFailed, AgentRecruited
from quire.nodes.event_store.port import Envelope

FRESH_START = ChangesTaken.__name__
RECRUITED = AgentRecruited.__name__
FAILED = AgentFailed.__name__


class Subscription(NamedTuple):
    """How an agent is wired, with base classes already spelt out as the types below them."""

    name: str
    handles: frozenset[str]
    emits: frozenset[str]
    joins: bool = False
    on_call: bool = False
    """It takes part only where it is named or recruited."""
    node: str = ""
    """The node that runs it, if that is not its own."""
    first: bool = False
    """Others hear what it handles once it has answered."""


class Subscriber(NamedTuple):
    """An agent as dispatching sees it."""

    name: str
    handles: frozenset[str]
    joins: bool
    on_call: bool
    node: str
    led_by: frozenset[str]
    """For an agent that joins: the agents whose work may still lead to something it waits for."""
    first: bool = False
    """Others hear what it handles once it has answered."""


class Reaction(NamedTuple):
    """An agent that is to be woken, by which event, and what it joined."""

    agent: str
    event: Envelope
    joined: tuple[Envelope, ...] = ()
    node: str = ""


def subscribers(subscriptions: Sequence[Subscription]) -> list[Subscriber]:
    """Work out who leads to whom."""
    return [
        Subscriber(w.name, w.handles, w.joins, w.on_call, w.node or w.name, _led_by(w, subscriptions), w.first)
        for w in subscriptions
    ]


def _led_by(joiner: Subscription, subscriptions: Sequence[Subscription]) -> frozenset[str]:
    """Agents from which a chain of events leads to the joiner without passing through it."""
    wanted, leading, grows = joiner.handles, frozenset[str](), joiner.joins
    while grows:
        more = {w.name for w in subscriptions if w.name not in {joiner.name, *leading} and w.emits & wanted}
        wanted = wanted.union(*(w.handles for w in subscriptions if w.name in more))
        leading |= more
        grows = bool(more)
    return leading


def taking_part(
    agents: Sequence[Subscriber], named: Collection[str] | None = None, recruited: Collection[str] = ()
) -> list[Subscriber]:
    """Choose who takes part: those that are named, or else all but those on call; and whoever was recruited."""
    return [
        a for a in agents
        if a.name in recruited or (not a.on_call if named is None else a.name in named)
    ]  # fmt: skip


def recruits(log: Sequence[Envelope]) -> list[str]:
    """Name the agents that were recruited so far, each once."""
    return list(dict.fromkeys(str(e["data"]["agent"]) for e in log if e["type"] == RECRUITED))


def reactions(
    log: Sequence[Envelope], cursor: int, agents: Sequence[Subscriber], pending: frozenset[str] = frozenset()
) -> list[Reaction]:
    """Give what the events from ``cursor`` on lead to, in the order of the events and then of the agents.

    Agents that are ``pending`` have been woken before and are not done: whoever joins waits for them too, and for
    those that wait for an answer.
    """
    heard = [h for e in log[cursor:] for h in _heard(log, e, agents)]
    direct = [r for e, hearing in heard for a in hearing if not a.joins and (r := _reaction(log, e, a))]
    woken = {r.agent for r in direct} | pending | {e["agent"] for e in unanswered(log, agents)}
    joiners = [a for a in agents if a.joins and not woken & a.led_by]
    return direct + [join for a in joiners if (join := _join(log, a))]


def _heard(
    log: Sequence[Envelope], event: Envelope, agents: Sequence[Subscriber]
) -> list[tuple[Envelope, Sequence[Subscriber]]]:
    """Give what is heard now that an event is there, and by whom: itself, and what its agent was first to hear."""
    first = [a for a in agents if a.first and wakes(event, a)]
    heard: list[tuple[Envelope, Sequence[Subscriber]]] = [(event, first or agents)]
    if event["type"] != FAILED and (examined := _examined(log, event, agents)):
        heard.append((examined, [a for a in agents if not a.first]))
    return heard


def _examined(log: Sequence[Envelope], answer: Envelope, agents: Sequence[Subscriber]) -> Envelope | None:
    """Give what an agent that hears first has now answered for the first time."""
    if not any(a.first and a.name == answer["agent"] for a in agents):
        return None
    answers = (e for e in log if e["agent"] == answer["agent"] and e["cause"] == answer["cause"])
    return next((e for e in log if e["id"] == answer["cause"]), None) if next(answers) is answer else None


def _reaction(log: Sequence[Envelope], event: Envelope, agent: Subscriber) -> Reaction | None:
    if event["type"] == RECRUITED and event["data"]["agent"] == agent.name:
        heard = _told_to_recruit(log, event, agent)
    else:
        heard = event if wakes(event, agent) and not _answered_before(log, event) else None
    return Reaction(agent.name, heard, node=agent.node) if heard else None


def _told_to_recruit(log: Sequence[Envelope], recruited: Envelope, agent: Subscriber) -> Envelope | None:
    """Give what moved the other to recruit the agent, unless the agent has heard it already."""
    cause = recruited["cause"]
    calls = (e for e in log if e["type"] == RECRUITED and e["cause"] == cause and e["data"]["agent"] == agent.name)
    if next(calls) is not recruited or any(e["agent"] == agent.name and e["cause"] == cause for e in log):
        return None
    return next((e for e in log if e["id"] == cause and wakes(e, agent)), None)


def _answered_before(log: Sequence[Envelope], answer: Envelope) -> bool:
    """Whether somebody else has answered the same request."""
    if "to" not in answer or not any(e["id"] == answer["cause"] and "asks" in e for e in log):
        return False
    first = next(e for e in log if e["cause"] == answer["cause"] and e.get("to") == answer["to"])
    return first["agent"] != answer["agent"]


def unanswered(log: Sequence[Envelope], agents: Sequence[Subscriber]) -> list[Envelope]:
    """Give the requests since the last fresh start from which nothing has followed that their asker hears."""
    since = max((i + 1 for i, e in enumerate(log) if e["type"] == FRESH_START), default=0)
    asked = {e["id"]: e for e in log[since:] if "asks" in e}
    known = {e["id"]: e for e in log} if asked else {}
    for answer in known.values():
        hearing = {a.name for a in agents if wakes(answer, a)}
        cause = known.get(answer["cause"] or "")
        while cause is not None:
            if cause["agent"] in hearing:
                asked.pop(cause["id"], None)
            cause = known.get(cause["cause"] or "")
    return list(asked.values())


def unheard(new: Sequence[Envelope], everyone: Sequence[Subscriber], present: Sequence[Subscriber]) -> str | None:
    """Say who was called in or handed something and cannot hear it; ``None``: nobody.

    A request is no such case: who asks is told that there is no answer.
    """
    for event in new:
        if event["type"] == RECRUITED and event["data"]["agent"] not in {a.name for a in everyone if a.handles}:
            return f"it called in “{event['data']['agent']}”, an agent that nobody declares"
        if "to" in event and "asks" not in event and not any(wakes(event, a) for a in present):
            why = "handles no such event" if event["to"] in {a.name for a in present} else "takes no part here"
            return f"it handed {event['type']} to “{event['to']}”, who {why}"
    return None


def wakes(event: Envelope, agent: Subscriber) -> bool:
    """Whether the agent handles the event, and the event is not meant for somebody else."""
    return event["type"] in agent.handles and event.get("to") in {None, agent.name}


def _join(log: Sequence[Envelope], joiner: Subscriber) -> Reaction | None:
    """All that the joiner has not judged yet, if there is anything. What was said before a fresh start is moot."""
    since = max((i + 1 for i, e in enumerate(log) if e["agent"] == joiner.name or e["type"] == FRESH_START), default=0)
    heard = tuple(e for e in log[since:] if wakes(e, joiner))
    return Reaction(joiner.name, heard[-1], heard, joiner.node) if heard else None
