"""What every agent promises: a name, what it handles, what it emits, and a compiled subgraph of its own.

An agent's subgraph is handed ``AgentInput`` and gives back ``AgentOutput``. The two share no key, since a
subgraph returns every key of its output schema and the dispatcher's log would repeat what it sent in
(langgraph issues 3648 and 6290).
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, NotRequired, Protocol, TypeAlias

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import RetryPolicy
from typing_extensions import TypedDict

from graphs.events import Event as TypedEvent
from graphs.reactions import Wire
from graphs.run import run_of
from nodes.faults import TurnsSpent
from nodes.record.port import Event

AgentGraph: TypeAlias = CompiledStateGraph[Any, Any, Any, Any]
Update: TypeAlias = dict[str, Any]


class Step(Protocol):
    """An inner step of an agent, or a node of a dispatcher: a coroutine function from state to update."""

    __name__: str

    def __call__(self, state: Any) -> Awaitable[Update]:
        """Take the state and give what changes."""
        ...


def extend(log: list[Event], new: list[Event | None]) -> list[Event]:
    """Reduce a log: append, or start anew after a leading ``None``.

    A new brief on an old thread starts anew, and a lane that closes hands out only how it closed.
    """
    return [e for e in new if e is not None] if new and new[0] is None else log + [e for e in new if e is not None]


class Lane(TypedDict):
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

    event: Event
    joined: NotRequired[list[Event]]
    """For an agent that joins: all the events it waited for."""
    lane: Lane
    alone: NotRequired[int]
    """No other agent of the dispatcher is at work; this much of the log is dispatched."""
    acts_as: NotRequired[str]
    """The agent, declared as data, that this node acts as."""


class AgentOutput(TypedDict):
    """What an agent gives back."""

    log: Annotated[list[Event], extend]


class Draft(TypedDict):
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
    """Base of an agent's own state; ``said`` collects what it wants to say."""

    said: list[Draft]


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
    def wire(self) -> Wire:
        """How dispatching sees it."""
        return Wire(self.name, self.handled_types, self.emitted_types, self.joins, self.on_call)

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


def types_below(event: type[TypedEvent]) -> dict[str, type[TypedEvent]]:
    """Give an event type and all types derived from it, by name."""
    below = {event.__name__: event}
    for sub in event.__subclasses__():
        below.update(types_below(sub))
    return below


def say(
    event: TypedEvent,
    *,
    section: str | None = None,
    epoch: int = 1,
    to: str | None = None,
    reason: str | None = None,
    keep: str | None = None,
) -> Draft:
    """Put an event into the form in which a step hands it to the end of its subgraph.

    Args:
        event: what happened.
        section: what it is about; without it, what its agent works on: its lane's section, or the document.
        epoch: of that section.
        to: the one agent that is to hear it. What an agent says to a request is meant for the asker anyway.
        reason: why it is handed to that agent, for who reads the trail.
        keep: text that the record keeps under its SHA-256, in the same transaction as the event.

    """
    draft = Draft(type=type(event).__name__, data=event.model_dump(mode="json"))
    if section is not None:
        draft["section"], draft["epoch"] = section, epoch
    if to is not None:
        draft["to"] = to
    if reason is not None:
        draft["reason"] = reason
    if keep is not None:
        draft["keep"] = keep
    return draft


def event_id(section: str | None, epoch: int, round_: int, agent: str, cause: str, position: int) -> str:
    """Derive an event's id from what it is about and what caused it, never from the order of calls.

    A step that runs again after a crash gives the same event the same id.
    """
    trail = hashlib.sha256(cause.encode()).hexdigest()[:8]
    return f"{section or 'document'}/{epoch}.{round_}/{agent}.{position}@{trail}"


def envelope(
    draft: Draft, agent: str, cause: Event | None, position: int, *, lane: Lane, opens_round: bool = False
) -> Event:
    """Put the envelope around what an agent says. The journal adds number and time."""
    own = lane["section"]["id"] if "section" in lane else None
    section, epoch = draft.get("section", own), draft.get("epoch", lane.get("epoch", 1))
    same = cause is not None and (section, epoch) == (cause["section"], cause["epoch"])
    round_ = cause["round"] + int(opens_round) if cause and same else 0
    why = cause["id"] if cause else None
    event = Event(
        n=0,
        id=event_id(section, epoch, round_, agent, why or "", position),
        type=draft["type"],
        at="",
        section=section,
        epoch=epoch,
        round=round_,
        agent=agent,
        cause=why,
        data=draft["data"],
    )
    if "to" in draft:
        event["to"] = draft["to"]
    if "reason" in draft:
        event["reason"] = draft["reason"]
    return event


def emitting(name: str, emits: tuple[type[TypedEvent], ...]) -> Step:
    """Make the last step of an agent: what was said becomes events, posted before anyone reacts.

    Raises:
        TypeError: the agent said something it does not declare.
        TurnsSpent: it asked or handed over again and again.

    """
    declared = {name: event for base in emits for name, event in types_below(base).items()}

    async def emit(state: AgentState) -> Update:
        events, lane, said_by = [], state["lane"], state.get("acts_as", name)
        for position, draft in enumerate(state["said"]):
            if draft["type"] not in declared:
                raise TypeError(f"agent {name!r} said {draft['type']}, which it does not declare in emits")
            kind = declared[draft["type"]]
            event = envelope(draft, said_by, state["event"], position, lane=lane, opens_round=kind.opens_round)
            events.append(_addressed(event, kind, state["event"]))
        kept = [draft["keep"].encode() for draft in state["said"] if "keep" in draft]
        run = await run_of(lane["run"])
        if any("to" in e or "asks" in e for e in events):
            bound_turns(run.board.events, state["event"], said_by)
        return {"log": await run.post(events, {hashlib.sha256(blob).hexdigest(): blob for blob in kept})}

    return emit


def _addressed(event: Event, kind: type[TypedEvent], cause: Event) -> Event:
    """Mark a request; address what follows from one to the asker, unless it is addressed or nobody reacts to it."""
    if kind.asks:
        return {**event, "asks": True}
    return event if "to" in event or kind.terminal or "asks" not in cause else {**event, "to": cause["agent"]}


MOST_TURNS = 8
"""How often an agent may ask or hand over in one chain of causes, within a round."""


def bound_turns(events: Mapping[str, Event], cause: Event | None, agent: str) -> None:
    """Let no two agents hand over, or ask, back and forth for ever.

    Raises:
        TurnsSpent: the agent has had its turns among the causes of what it is about to say.

    """
    turns, round_ = 0, cause["round"] if cause else 0
    while cause is not None and cause["round"] == round_:
        turns += cause["agent"] == agent and ("to" in cause or "asks" in cause)
        cause = events.get(cause["cause"] or "")
    if turns >= MOST_TURNS:
        raise TurnsSpent(f"it asked or handed over {turns} times, and it led to nothing else")


def subgraph(
    name: str,
    emits: tuple[type[TypedEvent], ...],
    *steps: Step,
    state: type[AgentState] = AgentState,
) -> AgentGraph:
    """Compile an agent from steps that follow one another; the last step emits what they said.

    Node names are the steps' own. Agents with branches wire a ``StateGraph`` themselves and end it with
    ``emitting``.
    """
    graph = StateGraph(state, input_schema=AgentInput, output_schema=AgentOutput)
    names = [step.__name__ for step in steps]
    for step in (*steps, emitting(name, emits)):
        graph.add_node(step.__name__, step)
    for before, after in zip([START, *names, "emit"], [*names, "emit", END], strict=True):
        graph.add_edge(before, after)
    return graph.compile(name=name)
