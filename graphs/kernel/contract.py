"""What every agent promises: a name, what it handles, what it emits, and a compiled subgraph of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from langgraph.graph.state import CompiledStateGraph
from langgraph.types import RetryPolicy

from quire.graphs.events import Event as TypedEvent
from quire.graphs.events import types_below
from quire.graphs.kernel.agent_state import AgentGraph
from quire.graphs.kernel.subscriptions import Subscription


@dataclass(frozen=True)
class Agent:
    """The declaration of an agent.

    Args:
        name: of the folder, the node and the trace.
        handles: event types that wake it; a base class stands for all its subclasses.
        emits: event types it may say; anything else it says is a bug.
        graph: its compiled subgraph, or for an agent that is itself a dispatcher a function that makes it
            from the agents of the section.
        scope: which dispatcher it hangs on.
        joins: it is woken once, with all of them, when every agent that was asked has answered.
        deadline: seconds until it counts as failed.
        retry: for faults of the platform under it; model faults are retried by the gateway, call by call.
        on_call: it takes part only in sections that name it, or into which another agent recruits it.
        first: whoever else handles the same event hears it once this agent has answered it.

    """

    name: str
    handles: tuple[type[TypedEvent], ...]
    emits: tuple[type[TypedEvent], ...]
    graph: AgentGraph | Callable[[Sequence["Agent"]], AgentGraph]
    scope: Literal["document", "section"] = "section"
    joins: bool = False
    deadline: float | None = None
    retry: RetryPolicy | None = None
    on_call: bool = False
    first: bool = False
    dispatches: bool = False
    """It was composed from other agents, which keep their own account of what they did."""

    @property
    def handled_types(self) -> frozenset[str]:
        """Names of the event types that wake it. Asked when a graph is built, once every agent is known."""
        return frozenset(name for event in self.handles for name in types_below(event))

    @property
    def emitted_types(self) -> frozenset[str]:
        """Names of the event types it may say."""
        return frozenset(name for event in self.emits for name in types_below(event))

    @property
    def subscription(self) -> Subscription:
        """How dispatching sees it."""
        return Subscription(
            self.name, self.handled_types, self.emitted_types, self.joins, self.on_call, first=self.first
        )

    @property
    def compiled(self) -> AgentGraph:
        """Its subgraph.

        Raises:
            TypeError: it is a dispatcher over other agents and was not composed yet.

        """
        if not isinstance(self.graph, CompiledStateGraph):
            raise TypeError(f"agent {self.name!r} is a dispatcher: compose it from the agents of its scope first")
        return self.graph

    def composed(self, agents: Sequence["Agent"]) -> "Agent":
        """Give the agent with its subgraph made from other agents, if it is a dispatcher over them."""
        if isinstance(self.graph, CompiledStateGraph):
            return self
        return replace(self, graph=self.graph(agents), dispatches=True)
