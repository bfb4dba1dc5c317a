"""The dispatcher: a graph that turns new events into ``Send``s to the agents that handle them.

::

    START -> entry -(fan_out)-> agents ... -> take_batch -(fan_out)-> agents ... -> take_batch -> END

The document and every section run are this same graph with other agents, another entry and another exit. The log only
grows and a cursor says how far it has been dispatched. Entry and ``take_batch`` choose where to go by ``Command``, and
the exit is part of whichever finds that nothing more is to be done: each node more is a superstep for every section.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, Overwrite, Send
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
Leaving = Callable[[Any], Awaitable[Update | None]]
"""What is done last, once no event leads to anything more. None: something has come that is to be taken first."""


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
    """What is done first. Its ``log`` are the first events; whatever a log held before is gone."""
    leave: Leaving
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
    invites: bool = False
    """Agents that the blueprint declares as data take part."""


def dispatcher(name: str, agents: Sequence[Agent], schemas: Schemas, frame: Frame) -> AgentGraph:
    """Compile a dispatcher over agents.

    Each agent becomes a node of its name; one that is itself a dispatcher must have been composed before.
    """
    entry, pause = frame.entry.__name__, frame.pause and frame.pause.__name__
    routing = _Routing(name, Participants(agents, invites=frame.invites), frame, _dispatching(agents))

    async def enter(state: Any) -> Command[Any]:
        update = await frame.entry(state)
        now = {**state, **{key: _value(of) for key, of in update.items()}, "cursor": 0, "seen": 0}
        moved, goto = await routing.on(now, [])
        return Command(update={**update, **moved, "log": Overwrite(_value(moved["log"]))}, goto=goto)

    async def take_batch(state: Any) -> Command[Any]:
        moved, goto = await routing.on(state, state["log"])
        return Command(update=moved, goto=goto)

    enter.__name__ = enter.__qualname__ = entry
    beside = [frame.attends.name] if frame.attends else []
    onward = (*(a.name for a in agents), *beside, *([pause] if pause else []), END)
    graph = StateGraph(schemas.state, schemas.context, input_schema=schemas.input, output_schema=schemas.output)
    graph.add_node(entry, enter, destinations=onward)
    graph.add_node(TAKE_BATCH, take_batch, destinations=onward)
    graph.add_edge(START, entry)
    if pause and frame.pause and frame.resumes:
        graph.add_node(pause, frame.pause)
        graph.add_conditional_edges(pause, frame.resumes, [*_dispatching(agents), *beside, TAKE_BATCH])
    if frame.attends:
        graph.add_node(frame.attends.name, frame.attends.node({a.name: a for a in agents}, routing.participants))
        graph.add_edge(frame.attends.name, TAKE_BATCH)
    for agent in agents:
        node = agent_node(agent, routing.participants)
        ends = (TAKE_BATCH, END) if agent.scope == "section" else (TAKE_BATCH,)
        graph.add_node(agent.name, node, input_schema=AgentInput, retry_policy=agent.retry, destinations=ends)
    return graph.compile(name=name)


def _dispatching(agents: Sequence[Agent]) -> frozenset[str]:
    return frozenset(a.name for a in agents if a.dispatches)


def _value(update: Any) -> Any:
    """Give what a channel holds after an update that replaces it."""
    return update.value if isinstance(update, Overwrite) else update


class _Routing(NamedTuple):
    """How a dispatcher takes a batch of events and finds who handles it."""

    name: str
    participants: Participants
    frame: Frame
    dispatching: frozenset[str]
    """Its agents that are dispatchers themselves."""

    async def on(self, state: Mapping[str, Any], known: Sequence[Envelope]) -> tuple[Update, list[Send] | str]:
        """Give the update, its log beyond what is known, and where to go: to agents, to the pause or out."""
        left, goto = None, None
        while left is None and goto is None:
            new, cursor = await self._batch(state)
            state = {**state, "log": [*state["log"], *new], "cursor": cursor, "seen": len(state["log"]) + len(new)}
            if (goto := await self._onward(state)) is None and (left := await self.frame.leave(state)) is None:
                state = {**state, "seen": cursor}
        moved = {"log": state["log"][len(known) :], "cursor": state["cursor"], "seen": state["seen"]}
        return {**moved, **(left or {})}, goto or END

    async def _batch(self, state: Mapping[str, Any]) -> tuple[list[Envelope], int]:
        """Events that come in addition to those not dispatched yet, and from where on the log is to be dispatched."""
        if fresh := await self.frame.changes(state, state["log"][state["seen"] :]):
            return fresh, len(state["log"])
        if not any("asks" in e for e in state["log"]):
            return [], state["seen"]
        scope = self.frame.place(state)
        run = await run_of(scope["run"])
        return await tell_askers(run, state, self.participants.present(run, scope), scope, self.name), state["seen"]

    async def _onward(self, state: Mapping[str, Any]) -> list[Send] | str | None:
        scope, waiting = self.frame.place(state), self.frame.waits(state)
        run = await run_of(scope["run"])
        if is_over(run.blackboard, scope):
            return None
        present, frame = self.participants.present(run, scope), self.frame
        log, recall = state["log"], partial(frame.recalls, run, state["log"])
        found = fan_out(log, state["cursor"], present, scope, self.dispatching if waiting else frozenset(), recall)
        found = frame.attends.sent(run, state, found) if frame.attends else found
        return found or (frame.pause.__name__ if frame.pause and waiting else None)


async def tell_askers(
    run: Run, state: Mapping[str, Any], present: Sequence[Subscriber], scope: Scope, name: str
) -> list[Envelope]:
    """Tell those that wait for an answer that none will come, once nobody is at work who could still give it."""
    waiting = unanswered(state["log"], present)
    if not waiting or any(not r.joined for r in reactions(state["log"], state["seen"], present)):
        return []
    lost = RequestUnanswered(code="unanswered", reason="nobody answered")
    return await run.post([envelope(emit(lost, to=e["agent"]), name, e, FAILURE, scope=scope) for e in waiting])
