"""Agents from plain functions, and a graph over any agents: the event mechanism by itself.

Any ``async def(event) -> event, events or nothing`` takes part, whatever it is made with. In a document, hand it to
``quire.build``; by itself, to ``reacting``. What it gives back is heard by all who handle it; ``say(event, to=…,
reason=…)`` hands it to one agent. An agent that joins is given a list of events.
"""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias

from langgraph.types import RetryPolicy
from typing_extensions import TypedDict, Unpack

from quire.graphs.dispatch.dispatcher import DispatcherState, Frame, Schemas, dispatcher
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import Event, types_below
from quire.graphs.kernel.agent_state import AgentGraph, AgentState, Outgoing, Scope, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.kernel.registry import check
from quire.graphs.run.run import begin_run, close_run
from quire.nodes.event_store.port import Envelope

Said: TypeAlias = Event | Outgoing
Answer: TypeAlias = Said | Iterable[Said] | None
Handler: TypeAlias = Callable[[Any], Awaitable[Answer]]
Types: TypeAlias = type[Event] | tuple[type[Event], ...]


class Declared(TypedDict, total=False):
    """What else may be declared of an agent; the fields of ``Agent``."""

    scope: Literal["document", "section"]
    joins: bool
    deadline: float | None
    retry: RetryPolicy | None
    on_call: bool
    first: bool


def agent(
    *, handles: Types, emits: Types = (), name: str | None = None, **declared: Unpack[Declared]
) -> Callable[[Handler], Agent]:
    """Make an agent of a coroutine function, under its own name (``_`` becomes ``-``) or another."""
    handled = handles if isinstance(handles, tuple) else (handles,)
    emitted = emits if isinstance(emits, tuple) else (emits,)

    def made(handler: Handler) -> Agent:
        called = name or handler.__name__.replace("_", "-")

        async def handle(state: AgentState) -> Update:
            known = {n: t for base in handled for n, t in types_below(base).items()}
            heard = [known[e["type"]].model_validate(e["data"]) for e in state.get("joined") or [state["event"]]]
            answer = await handler(heard if declared.get("joins") else heard[0])
            said = [answer] if isinstance(answer, Event | dict) else answer or []
            return {"outgoing": [emit(each) if isinstance(each, Event) else each for each in said]}

        graph = subgraph(called, emitted, handle)
        return Agent(name=called, handles=handled, emits=emitted, graph=graph, **declared)

    return made


class Happened(TypedDict):
    """What sets the agents going."""

    event: dict[str, Any]
    """``{"type": …, "data": {…}}``; ``happened`` makes it of an event."""


class Story(TypedDict):
    """Everything that happened, in order."""

    log: list[Envelope]


class State(DispatcherState, Happened):
    """A dispatcher's state, and the run it belongs to."""

    run: str


def happened(event: Event) -> Happened:
    """Put an event into the form that a graph takes."""
    return Happened(event={"type": type(event).__name__, "data": event.model_dump(mode="json")})


async def begin(state: State) -> Update:
    """Journal what happened, in a run of its own."""
    run = await begin_run(uuid.uuid4().hex)
    said = state["event"]
    first = envelope({"type": said["type"], "data": said["data"]}, "", None, 0, scope=Scope(run=run.id))
    return {"run": run.id, "log": await run.post([first])}


async def finish(state: State) -> Update:
    """Forget the run: nothing more follows from what happened."""
    close_run(state["run"])
    return {}


def reacting(agents: Sequence[Agent], name: str = "reacting") -> AgentGraph:
    """Compile a dispatcher over agents that react to each other until nothing more follows.

    Raises:
        WiringError: the agents do not fit together; it lists every problem.

    """
    check(agents)
    return dispatcher(name, agents, Schemas(State, Happened, Story), Frame(begin, finish, _place, _nothing_changes))


async def _nothing_changes(_state: State, _batch: list[Envelope]) -> list[Envelope]:
    return []


def _place(state: State) -> Scope:
    return Scope(run=state["run"])
