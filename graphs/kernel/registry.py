"""Loads the agents that are installed and checks how they are wired, all problems at once."""

import importlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.graphs.events import Event, RequestUnanswered, types_below
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.places import Place, places
from quire.graphs.kernel.roster import TAKEN
from quire.nodes.plugins.broken import Broken, reason_of, tell

SHIPPED = frozenset(
    {
        "arbiter",
        "compliance",
        "editor",
        "extractor",
        "planner",
        "publisher",
        "researcher",
        "reviewer",
        "section",
        "verifier",
        "writer",
    }
)
"""Agents that every document needs: whoever lacks one writes none, or one that nobody has checked."""


class WiringError(Exception):
    """Agents and events do not fit together. The message lists every problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the agents' wiring does not hold:\n" + "\n".join(f"- {p}" for p in problems))


class Found(NamedTuple):
    """What is declared."""

    agents: tuple[Agent, ...]
    """Those that can take part, Quire's own first, each package's in its folders' order."""
    broken: tuple[Broken, ...]
    """The others. One that is broken keeps nobody from the rest."""


def discover() -> tuple[Agent, ...]:
    """Give the agents that are installed and can take part; the log names the others."""
    return look().agents


def look() -> Found:
    """Load every agent that is declared in a folder or by an entry point.

    One is left out, and named, when it cannot be imported, declares no agent of its own name, bears the name of
    another, or does not fit the others.
    """
    agents: dict[str, Agent] = {}
    broken: list[Broken] = []
    origin: dict[str, str] = {}
    for place in places():
        made = _loaded(place) if isinstance(place, Place) else place
        if isinstance(made, Broken):
            broken.append(made)
        elif made.name in agents:
            broken.append(Broken(made.name, "there is an agent of this name already", place.what))
        else:
            agents[made.name], origin[made.name] = made, place.what
    while unfit := {n: p for n, p in reversed([*_problems([*agents.values()])]) if n not in SHIPPED}:
        broken += [Broken(name, problem, origin[name]) for name, problem in reversed(unfit.items())]
        agents = {name: agent for name, agent in agents.items() if name not in unfit}
    for each in broken:
        tell(each)
    return Found(tuple(agents.values()), tuple(broken))


def lacking(found: Found) -> str:
    """Say which agents are missing without which no document is written, and why; empty if none is."""
    there = {agent.name for agent in found.agents}
    missing = [f"{b.name!r}: {b.reason}" for b in found.broken if b.name in SHIPPED - there]
    return f"no document can be written without the agent {'; '.join(missing)}" if missing else ""


def _loaded(place: Place) -> Agent | Broken:
    """Import an agent, or say why it is none. Whatever its modules raise is a fault of that agent alone."""
    try:
        agent = getattr(importlib.import_module(place.module), place.attribute, None)
    except Exception as fault:  # noqa: BLE001 - somebody else's code: the other agents do not depend on it
        return Broken(place.name, reason_of(fault, place.name, place.file), place.what)
    if not isinstance(agent, Agent):
        return Broken(place.name, f"{place.file}: declares no {place.attribute}", place.what)
    if agent.name != place.name:
        return Broken(place.name, f"{place.file}: its agent is called {agent.name!r}, not {place.name!r}", place.what)
    return agent


def check(agents: Sequence[Agent]) -> None:
    """Hold the agents' declarations against each other.

    Raises:
        WiringError: with all problems.

    """
    problems = [problem for _, problem in _problems(agents)]
    if problems:
        raise WiringError(problems)


def _problems(agents: Sequence[Agent]) -> Iterator[tuple[str, str]]:
    """Give what does not fit together, each with the name of the agent that it is a problem of."""
    for find in (_names, _unheard, _unsaid, _unreachable, _waiting):
        yield from find(agents)


def _names(agents: Sequence[Agent]) -> Iterator[tuple[str, str]]:
    for name, times in Counter(a.name for a in agents).items():
        if times > 1:
            yield name, f"{times} agents are called {name!r}"
        if name in TAKEN:
            yield name, f"an agent is called {name!r}, which is a name of Quire's own: choose another"


def _unheard(agents: Sequence[Agent]) -> Iterator[tuple[str, str]]:
    handled = {name for a in agents for name in a.handled_types}
    for agent in agents:
        for name, event in _said_by(agent).items():
            if name not in handled and not event.terminal:
                yield agent.name, f"{agent.name!r} emits {name}, which no agent handles"


def _unsaid(agents: Sequence[Agent]) -> Iterator[tuple[str, str]]:
    emitted = {name for a in agents for name in a.emitted_types}
    for agent in agents:
        for event in agent.handles:
            if not event.external and not emitted & set(types_below(event)):
                yield agent.name, f"{agent.name!r} handles {event.__name__}, which no agent emits"


def _unreachable(agents: Sequence[Agent]) -> Iterator[tuple[str, str]]:
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
            yield agent.name, f"{agent.name!r} is never reached: nothing from outside leads to what it handles"


def _waiting(agents: Sequence[Agent]) -> Iterator[tuple[str, str]]:
    for agent in agents:
        asking = [name for name, event in _said_by(agent).items() if event.asks]
        if asking and RequestUnanswered.__name__ not in agent.handled_types:
            problem = f"asks ({asking[0]}) and does not handle RequestUnanswered: it might wait for ever"
            yield agent.name, f"{agent.name!r} {problem}"


def _said_by(agent: Agent) -> dict[str, type[Event]]:
    """Event types an agent may say, by name; a base class stands for those below it that it shares with none."""
    return {name: event for base in agent.emits for name, event in types_below(base).items()}
