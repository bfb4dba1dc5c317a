"""Agents from plain functions, and a graph over any agents: the event mechanism by itself.

Any ``async def(event) -> event, events or nothing`` takes part, whatever it is made with. In a document, hand it to
``graphs.document.build``; by itself, to ``reacting``.
"""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias

from typing_extensions import TypedDict

from graphs.contract import Agent, AgentGraph, AgentState, Lane, Update, envelope, say, subgraph, types_below
from graphs.dispatcher import DispatcherState, Frame, Schemas, dispatcher
from graphs.events import Event as TypedEvent
from graphs.registry import check
from graphs.run import close_run, run_of
from nodes.record.port import Event

Answer: TypeAlias = TypedEvent | Iterable[TypedEvent] | None
Handler: TypeAlias = Callable[[Any], Awaitable[Answer]]
Types: TypeAlias = type[TypedEvent] | tuple[type[TypedEvent], ...]


def agent(
    *, handles: Types, emits: Types, scope: Literal["document", "section"] = "section"
) -> Callable[[Handler], Agent]:
    """Make an agent of a coroutine function, under the function's name (``_`` becomes ``-``)."""
    handled = handles if isinstance(handles, tuple) else (handles,)
    emitted = emits if isinstance(emits, tuple) else (emits,)

    def made(handler: Handler) -> Agent:
        name = handler.__name__.replace("_", "-")

        async def handle(state: AgentState) -> Update:
            known = {n: t for base in handled for n, t in types_below(base).items()}
            event = known[state["event"]["type"]].model_validate(state["event"]["data"])
            answer = await handler(event)
            said = [answer] if isinstance(answer, TypedEvent) else answer or []
            return {"said": [say(event) for event in said]}

        return Agent(name=name, handles=handled, emits=emitted, scope=scope, graph=subgraph(name, emitted, handle))

    return made


class Happened(TypedDict):
    """What sets the agents going."""

    event: dict[str, Any]
    """``{"type": …, "data": {…}}``; ``happened`` makes it of an event."""


class Story(TypedDict):
    """Everything that happened, in order."""

    log: list[Event]


class State(DispatcherState, Happened):
    """A dispatcher's state, and the run it belongs to."""

    run: str


def happened(event: TypedEvent) -> Happened:
    """Put an event into the form that a graph takes."""
    return Happened(event={"type": type(event).__name__, "data": event.model_dump(mode="json")})


async def begin(state: State) -> Update:
    """Journal what happened, in a run of its own."""
    run = await run_of(uuid.uuid4().hex)
    said = state["event"]
    first = envelope({"type": said["type"], "data": said["data"]}, "", None, 0, lane=Lane(run=run.id))
    return {"run": run.id, "log": [None, *await run.post([first])], "cursor": 0, "seen": 0}


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


async def _nothing_changes(_state: State, _batch: list[Event]) -> list[Event]:
    return []


def _place(state: State) -> Lane:
    return Lane(run=state["run"])
