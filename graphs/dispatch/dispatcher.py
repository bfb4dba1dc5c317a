"""The dispatcher: a graph with one conditional edge, which turns new events into ``Send``s to the agents.

::

    START -> entry -> take_batch -(fan_out)-> agents ... -> take_batch -> ... -> exit -> END

The document and every section run are this same graph with other agents, another entry and another exit.
The log only grows and a cursor says how far it has been dispatched: a topic channel would read more simply, but
it is empty again by the time the conditional edge reads it (langgraph 1.2.22).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple, Protocol

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, Send
from typing_extensions import TypedDict

from quire.graphs.dispatch.agent_node import FAILURE, TAKE_BATCH, agent_node, is_over, sends
from quire.graphs.dispatch.participants import Participants
from quire.graphs.events import RequestUnanswered
from quire.graphs.kernel.agent_state import AgentGraph, AgentInput, Scope, Step, Update, extend
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.kernel.subscriptions import Subscriber, reactions, unanswered
from quire.graphs.run.run import Run, run_of
from quire.nodes.event_store.port import Envelope


class DispatcherState(TypedDict):
    """What every dispatcher keeps."""

    log: Annotated[list[Envelope], extend]
    cursor: int
    """How many events of the log were dispatched before the current batch."""
    seen: int
    """How many were taken, the current batch included."""


class Schemas(NamedTuple):
    """The state of a dispatcher and what it shows of it."""

    state: type[DispatcherState]
    input: type[Any]
    output: type[Any]
    context: type[Any] | None = None
    """What a host may hand over beside the input, for every run of its own."""


Changes = Callable[[Any, list[Envelope]], Awaitable[list[Envelope]]]


class Leaving(Protocol):
    """A last node that may go back instead of leaving."""

    __name__: str

    def __call__(self, state: Any) -> Awaitable[Command[Any]]:
        """Take the state and give what changes, and where to go."""
        ...


def take_batch(state: DispatcherState) -> Update:
    """Take the events that were not dispatched yet."""
    return {"cursor": state["seen"], "seen": len(state["log"])}


def fan_out(
    log: list[Envelope],
    cursor: int,
    agents: Sequence[Subscriber],
    scope: Scope,
    pending: frozenset[str] = frozenset(),
    recall: Callable[[str], Envelope | None] = lambda _agent: None,
) -> list[Send]:
    """Turn the events from the cursor on into sends, one per reaction. Pure.

    Of an agent that joins, ``recall`` gives the event that it answered next before the run was interrupted.
    """
    found = reactions(log, cursor, agents, pending)
    return sends([r._replace(event=recall(r.agent) or r.event) if r.joined else r for r in found], scope)


class Attending(NamedTuple):
    """A node sent beside the section runs of a superstep, last of all: LangGraph takes no ``Send`` while one runs."""

    name: str
    node: Callable[[Mapping[str, Agent], Participants], Step]
    """Makes it of the agents, by name."""
    sent: Callable[[Run, Any, Sequence[Send]], list[Send]]
    """Gives what is sent in a superstep: section runs, and behind them the node if there are any."""


class Frame(NamedTuple):
    """What a dispatcher does around its agents."""

    entry: Step
    """Its first node, which puts the first events into the log."""
    leave: Step | Leaving
    """Its last node, once no event leads to anything more."""
    place: Callable[[Any], Scope]
    """Gives the agents the place they work in, and who of them takes part there."""
    changes: Changes
    """Asked before each batch: gives what starts afresh because of changes from outside. The batch is then moot."""
    recalls: Callable[[Run, Sequence[Envelope], str], Envelope | None] = lambda _run, _log, _agent: None
    """Gives the event that an agent that joins answered next, beyond a log, before the run was interrupted."""
    pause: Step | None = None
    """Entered instead of leaving while ``waits``; it ends in ``resumes``."""
    waits: Callable[[Any], bool] = lambda _state: False
    resumes: Callable[[Any], Awaitable[list[Send] | str]] | None = None
    attends: "Attending | None" = None
    """Looks after what comes up while agents that are dispatchers themselves are at work."""
    reenters: bool = False
    """Its last node may go back and take a batch."""
    invites: bool = False
    """Agents that the blueprint declares as data take part."""


def dispatcher(name: str, agents: Sequence[Agent], schemas: Schemas, frame: Frame) -> AgentGraph:
    """Compile a dispatcher over agents.

    Each agent becomes a node of its name; one that is itself a dispatcher must have been composed before.
    """
    dispatching = frozenset(a.name for a in agents if a.dispatches)
    entry, leave, pause = frame.entry.__name__, frame.leave.__name__, frame.pause and frame.pause.__name__
    participants = Participants(agents, invites=frame.invites)

    async def take(state: Any) -> Update:
        fresh = await frame.changes(state, state["log"][state["seen"] :])
        if fresh:
            return {"log": fresh, "cursor": len(state["log"]), "seen": len(state["log"]) + len(fresh)}
        if not any("asks" in e for e in state["log"]):
            return take_batch(state)
        scope = frame.place(state)
        run = await run_of(scope["run"])
        told = await tell_askers(run, state, participants.present(run, scope), scope, name)
        return {"log": told, "cursor": state["seen"], "seen": len(state["log"]) + len(told)}

    async def react(state: Any) -> list[Send] | str:
        scope, waiting = frame.place(state), frame.waits(state)
        run = await run_of(scope["run"])
        if is_over(run.blackboard, scope):
            return leave
        present = participants.present(run, scope)
        log, recall = state["log"], partial(frame.recalls, run, state["log"])
        found = fan_out(log, state["cursor"], present, scope, dispatching if waiting else frozenset(), recall)
        found = frame.attends.sent(run, state, found) if frame.attends else found
        return found or (pause if pause and waiting else leave)

    graph = StateGraph(schemas.state, schemas.context, input_schema=schemas.input, output_schema=schemas.output)
    graph.add_node(entry, frame.entry)
    graph.add_node(TAKE_BATCH, take)
    graph.add_node(leave, frame.leave, destinations=(TAKE_BATCH, END) if frame.reenters else None)
    graph.add_edge(START, entry)
    graph.add_edge(entry, TAKE_BATCH)
    beside = [frame.attends.name] if frame.attends else []
    after_batch = [*(a.name for a in agents), *beside, *([pause] if pause else []), leave]
    graph.add_conditional_edges(TAKE_BATCH, react, after_batch)
    graph.add_edge(leave, END)
    if pause and frame.pause and frame.resumes:
        graph.add_node(pause, frame.pause)
        graph.add_conditional_edges(pause, frame.resumes, [*dispatching, *beside, TAKE_BATCH])
    if frame.attends:
        graph.add_node(frame.attends.name, frame.attends.node({a.name: a for a in agents}, participants))
        graph.add_edge(frame.attends.name, TAKE_BATCH)
    for agent in agents:
        graph.add_node(agent.name, agent_node(agent, participants), input_schema=AgentInput, retry_policy=agent.retry)
        graph.add_edge(agent.name, TAKE_BATCH)
    return graph.compile(name=name)


async def tell_askers(
    run: Run, state: DispatcherState, present: Sequence[Subscriber], scope: Scope, name: str
) -> list[Envelope]:
    """Tell those that wait for an answer that none will come, once nobody is at work who could still give it."""
    waiting = unanswered(state["log"], present)
    if not waiting or any(not r.joined for r in reactions(state["log"], state["seen"], present)):
        return []
    lost = RequestUnanswered(code="unanswered", reason="nobody answered")
    return await run.post([envelope(emit(lost, to=e["agent"]), name, e, FAILURE, scope=scope) for e in waiting])
