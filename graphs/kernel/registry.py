"""Finds the agents by their folders and checks how they are wired, all problems at once."""

import importlib
import logging
import pkgutil
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import quire.graphs.agents
from quire.graphs.events import Event, RequestUnanswered, types_below
from quire.graphs.kernel.contract import Agent

TAKEN = frozenset(
    {"approval", "ask", "begin", "close", "document", "finish", "gate", "guest", "outside", "person", "take_batch"}
)
"""Names that no agent may have: of the dispatchers' own steps, and of whoever else speaks in a journal."""


SHIPPED = frozenset(
    {
        "arbiter",
        "compliance",
        "editor",
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
_log = logging.getLogger("quire")
_TOLD: set["Broken"] = set()
"""Broken folders that the log has named."""


class WiringError(Exception):
    """Agents and events do not fit together. The message lists every problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the agents' wiring does not hold:\n" + "\n".join(f"- {p}" for p in problems))


class Broken(NamedTuple):
    """A folder of an agent that cannot take part."""

    folder: str
    reason: str
    """With file and line, where it has them."""


class Found(NamedTuple):
    """What stands under ``graphs/agents``."""

    agents: tuple[Agent, ...]
    """Those that can take part, in the folders' order."""
    broken: tuple[Broken, ...]
    """The others. One that is broken keeps nobody from the rest."""


def discover() -> tuple[Agent, ...]:
    """Give the agents of the folders under ``graphs/agents`` that can take part; the log names the others."""
    return look().agents


def look() -> Found:
    """Load the agent of every folder under ``graphs/agents``.

    A folder is left out, and named, when it cannot be imported, declares no agent of its own name, or declares one
    that does not fit the others.
    """
    loaded = [_loaded(module.name) for module in pkgutil.iter_modules(quire.graphs.agents.__path__)]
    agents = [made for made in loaded if isinstance(made, Agent)]
    broken = [made for made in loaded if isinstance(made, Broken)]
    while unfit := {n: p for n, p in reversed([*_problems(agents)]) if n not in SHIPPED}:
        broken += [Broken(name, problem) for name, problem in reversed(unfit.items())]
        agents = [a for a in agents if a.name not in unfit]
    for each in broken:
        if each not in _TOLD:
            _log.warning("the agent folder %r is left out: %s", each.folder, each.reason)
            _TOLD.add(each)
    return Found(tuple(agents), tuple(broken))


def lacking(found: Found) -> str:
    """Say which agents are missing without which no document is written, and why; empty if none is."""
    missing = [f"{b.folder!r}: {b.reason}" for b in found.broken if b.folder in SHIPPED]
    return f"no document can be written without the agent {'; '.join(missing)}" if missing else ""


def _loaded(folder: str) -> Agent | Broken:
    """Import a folder's agent, or say why it is none. Whatever its modules raise is a fault of that folder alone."""
    try:
        agent = getattr(importlib.import_module(f"quire.graphs.agents.{folder}.agent"), "AGENT", None)
    except Exception as fault:  # noqa: BLE001 - somebody else's code: the other agents do not depend on it
        return Broken(folder, _told_of(fault, folder))
    if not isinstance(agent, Agent):
        return Broken(folder, f"{_file_of(folder)}: declares no AGENT")
    if agent.name != folder:
        return Broken(folder, f"{_file_of(folder)}: its agent is called {agent.name!r}, not {folder!r}")
    return agent


def _told_of(fault: Exception, folder: str) -> str:
    """Say what an import raised, and in which line of which file of the folder."""
    if isinstance(fault, SyntaxError) and fault.filename:
        return f"{_short(fault.filename)}:{fault.lineno}: {type(fault).__name__}: {fault.msg}"
    inside = [f for f in traceback.extract_tb(fault.__traceback__) if Path(f.filename).parent.name == folder]
    place = f"{_short(inside[-1].filename)}:{inside[-1].lineno}" if inside else _file_of(folder)
    return f"{place}: {type(fault).__name__}: {fault}"


def _file_of(folder: str) -> str:
    return f"graphs/agents/{folder}/agent.py"


def _short(file: str) -> str:
    """Give a file's path from the package's folder on, or whole where it stands elsewhere."""
    root = Path(quire.graphs.__file__).parent.parent
    path = Path(file)
    return str(path.relative_to(root)) if path.is_relative_to(root) else file


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
