"""What goes into an agent's subgraph, what it holds while it works, and what comes out.

Input and output share no key, since a subgraph returns every key of its output schema and the dispatcher's log would
repeat what it sent in (langgraph issues 3648 and 6290).
"""

from collections.abc import Awaitable
from typing import Annotated, Any, NotRequired, Protocol, TypeAlias

from langgraph.graph.state import CompiledStateGraph
from typing_extensions import TypedDict

from quire.nodes.event_store.port import Envelope

AgentGraph: TypeAlias = CompiledStateGraph[Any, Any, Any, Any]


Update: TypeAlias = dict[str, Any]


class Step(Protocol):
    """An inner step of an agent, or a node of a dispatcher: a coroutine function from state to update."""

    __name__: str

    def __call__(self, state: Any) -> Awaitable[Update]:
        """Take the state and give what changes."""
        ...


def extend(log: list[Envelope], new: list[Envelope]) -> list[Envelope]:
    """Reduce a log: append. A node that starts it anew writes an ``Overwrite``."""
    return log + new


class Scope(TypedDict):
    """Where an agent works: which run and, in a section, which section and epoch."""

    run: str
    section: NotRequired[dict[str, Any]]
    epoch: NotRequired[int]
    agents: NotRequired[list[str]]
    """Who takes part, where that is laid down."""
    recruited: NotRequired[list[str]]
    """Who was called in besides."""


class AgentInput(TypedDict):
    """What the dispatcher sends to an agent."""

    event: Envelope
    joined: NotRequired[list[Envelope]]
    """For an agent that joins: all the events it waited for."""
    scope: Scope
    agent_name: NotRequired[str]
    """The agent, declared as data, that this node acts as."""


class AgentOutput(TypedDict):
    """What an agent gives back."""

    log: Annotated[list[Envelope], extend]


class Outgoing(TypedDict):
    """An event before its envelope: what a step wants said."""

    type: str
    data: dict[str, Any]
    section: NotRequired[str]
    epoch: NotRequired[int]
    to: NotRequired[str]
    reason: NotRequired[str]
    keep: NotRequired[str]
    """Text that the record keeps under its SHA-256, in the same transaction as the event."""


class AgentState(AgentInput, AgentOutput):
    """Base of an agent's own state; ``outgoing`` collects the events that it wants emitted."""

    outgoing: list[Outgoing]
