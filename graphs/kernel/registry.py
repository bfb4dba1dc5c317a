"""Finds the agents by their folders and checks how they are wired, all problems at once."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator, Sequence

import quire.graphs.agents
from quire.graphs.events import Event, RequestUnanswered, types_below
from quire.graphs.kernel.contract import Agent

TAKEN = frozenset(
    {"approval", "ask", "begin", "close", "document", "finish", "gate", "guest", "outside", "person", "take_batch"}
)
"""Names that no agent may have: of the dispatchers' own steps, and of whoever else speaks in a journal."""


class WiringError(Exception):
    """Agents and events do not fit together. The message lists every problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the agents' wiring does not hold:\n" + "\n".join(f"- {p}" for p in problems))


def discover() -> tuple[Agent, ...]:
    """Load the agent of every folder under ``graphs/agents``, in the folders' order.

    Raises:
        WiringError: a folder declares no agent, or one of another name.

    """
    found, problems = [], []
    for module in pkgutil.iter_modules(quire.graphs.agents.__path__):
        agent = getattr(importlib.import_module(f"quire.graphs.agents.{module.name}.agent"), "AGENT", None)
        if not isinstance(agent, Agent):
            problems.append(f"folder {module.name!r}: agent.py declares no AGENT")
        elif agent.name != module.name:
            problems.append(f"folder {module.name!r}: its agent is called {agent.name!r}")
        else:
            found.append(agent)
    if problems:
        raise WiringError(problems)
    return tuple(found)


def check(agents: Sequence[Agent]) -> None:
    """Hold the agents' declarations against each other.

    Raises:
        WiringError: with all problems.

    """
    problems = [*_names(agents), *_unheard(agents), *_unsaid(agents), *_unreachable(agents), *_waiting(agents)]
    if problems:
        raise WiringError(problems)


def _names(agents: Sequence[Agent]) -> Iterator[str]:
    for name, times in Counter(a.name for a in agents).items():
        if times > 1:
            yield f"{times} agents are called {name!r}"
        if name in TAKEN:
            yield f"an agent is called {name!r}, which is a name of Quire's own: choose another"


def _unheard(agents: Sequence[Agent]) -> Iterator[str]:
    handled = {name for a in agents for name in a.handled_types}
    for agent in agents:
        for name, event in _said_by(agent).items():
            if name not in handled and not event.terminal:
                yield f"{agent.name!r} emits {name}, which no agent handles"


def _unsaid(agents: Sequence[Agent]) -> Iterator[str]:
    emitted = {name for a in agents for name in a.emitted_types}
    for agent in agents:
        for event in agent.handles:
            if not event.external and not emitted & set(types_below(event)):
                yield f"{agent.name!r} handles {event.__name__}, which no agent emits"


def _unreachable(agents: Sequence[Agent]) -> Iterator[str]:
    """Agents that no chain of events from outside ever wakes."""
    heard = {name for a in agents for e in a.handles if e.external for name in types_below(e)}
    reached: set[str] = set()
    grows = True
    while grows:
        more = {a.name for a in agents if a.name not in reached and a.handled_types & heard}
        heard |= {name for a in agents if a.name in more for name in a.emitted_types}
        reached |= more
        grows = bool(more)
    for agent in agents:
        if agent.name not in reached:
            yield f"{agent.name!r} is never reached: nothing from outside leads to what it handles"


def _waiting(agents: Sequence[Agent]) -> Iterator[str]:
    for agent in agents:
        asking = [name for name, event in _said_by(agent).items() if event.asks]
        if asking and RequestUnanswered.__name__ not in agent.handled_types:
            yield f"{agent.name!r} asks ({asking[0]}) and does not handle RequestUnanswered: it might wait for ever"


def _said_by(agent: Agent) -> dict[str, type[Event]]:
    """Event types an agent may say, by name; a base class stands for those below it that it shares with none."""
    return {name: event for base in agent.emits for name, event in types_below(base).items()}
