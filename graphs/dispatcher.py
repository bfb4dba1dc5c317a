"""The dispatcher: a graph with one conditional edge, which turns new events into ``Send``s to the agents.

::

    START -> entry -> take_batch -(fan_out)-> agents ... -> take_batch -> ... -> exit -> END

The document and every section's lane are this same graph with other agents, another entry and another exit.
The log only grows and a cursor says how far it has been dispatched: a topic channel would read more simply, but
it is empty again by the time the conditional edge reads it (langgraph 1.2.22).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, NamedTuple, Protocol

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, Send
from typing_extensions import TypedDict

from graphs.contract import Agent, AgentGraph, AgentInput, Lane, Step, Update, envelope, extend, say
from graphs.events import AgentFailed
from graphs.reactions import Reaction, Subscriber, reactions, straight, subscribers
from graphs.run import Run, run_of
from nodes.faults import DeadlinePassed, Fault
from nodes.record.port import Event

TAKE_BATCH = "take_batch"
FAILURE = -1
"""Position of an agent's failure among what it says: apart from all that it may have said before."""


class DispatcherState(TypedDict):
    """What every dispatcher keeps."""

    log: Annotated[list[Event], extend]
    cursor: int
    """How many events of the log were dispatched before the current batch."""
    seen: int
    """How many were taken, the current batch included."""


class Schemas(NamedTuple):
    """The state of a dispatcher and what it shows of it."""

    state: type[DispatcherState]
    input: type[Any]
    output: type[Any]


Changes = Callable[[Any, list[Event]], Awaitable[list[Event]]]
LaneOf = Callable[[Any, Reaction], Lane]


def take_batch(state: DispatcherState) -> Update:
    """Take the events that were not dispatched yet."""
    return {"cursor": state["seen"], "seen": len(state["log"])}


def fan_out(
    log: list[Event],
    cursor: int,
    agents: Sequence[Subscriber],
    lane: Callable[[Reaction], Lane],
    pending: frozenset[str] = frozenset(),
) -> list[Send]:
    """Turn the events from the cursor on into sends, one per reaction. Pure."""
    return _sends(reactions(log, cursor, agents, pending), len(log), lane)


def _sends(found: Sequence[Reaction], dispatched: int, lane: Callable[[Reaction], Lane]) -> list[Send]:
    """Turn reactions into sends. One that is alone is told how far the log is dispatched: it may go straight on."""
    alone = {"alone": dispatched} if len(found) == 1 else {}
    return [Send(r.agent, _payload(r, lane(r)) | alone) for r in found]


def _payload(reaction: Reaction, lane: Lane) -> dict[str, Any]:
    sent: dict[str, Any] = {"event": reaction.event, "lane": lane, "said": []}
    if reaction.joined:
        sent["joined"] = list(reaction.joined)
    return sent


class Frame(NamedTuple):
    """What a dispatcher does around its agents."""

    entry: Step
    """Its first node, which puts the first events into the log."""
    leave: Step
    """Its last node, once no event leads to anything more."""
    lane: LaneOf
    """Gives an agent the place it works in."""
    changes: Changes
    """Asked before each batch: gives what starts afresh because of changes from outside. The batch is then moot."""
    pause: Step | None = None
    """Entered instead of leaving while ``waits``; it ends in ``resumes``."""
    waits: Callable[[Any], bool] = lambda _state: False
    resumes: Callable[[Any], list[Send] | str] = lambda _state: TAKE_BATCH


def dispatcher(name: str, agents: Sequence[Agent], schemas: Schemas, frame: Frame) -> AgentGraph:
    """Compile a dispatcher over agents.

    Each agent becomes a node of its name; one that is itself a dispatcher must have been composed before.
    """
    wiring = subscribers([(a.name, a.handled_types, a.emitted_types, a.joins) for a in agents])
    lanes = frozenset(a.name for a in agents if a.dispatches)
    entry, leave, pause = frame.entry.__name__, frame.leave.__name__, frame.pause and frame.pause.__name__

    async def take(state: Any) -> Update:
        fresh = await frame.changes(state, state["log"][state["seen"] :])
        if fresh:
            return {"log": fresh, "cursor": len(state["log"]), "seen": len(state["log"]) + len(fresh)}
        return take_batch(state)

    def react(state: Any) -> list[Send] | str:
        if any(e["type"] == "RunCancelled" for e in state["log"][state["cursor"] :]):
            return leave
        pending = lanes if frame.waits(state) else frozenset()
        sends = fan_out(state["log"], state["cursor"], wiring, lambda r: frame.lane(state, r), pending)
        return sends or (pause if pause and frame.waits(state) else leave)

    graph = StateGraph(schemas.state, input_schema=schemas.input, output_schema=schemas.output)
    graph.add_node(entry, frame.entry)
    graph.add_node(TAKE_BATCH, take)
    graph.add_node(leave, frame.leave)
    graph.add_edge(START, entry)
    graph.add_edge(entry, TAKE_BATCH)
    graph.add_conditional_edges(TAKE_BATCH, react, [*(a.name for a in agents), *([pause] if pause else []), leave])
    graph.add_edge(leave, END)
    if pause and frame.pause:
        graph.add_node(pause, frame.pause)
        graph.add_conditional_edges(pause, frame.resumes, [*(a.name for a in agents if a.dispatches), TAKE_BATCH])
    for agent in agents:
        heard = [b.name for b in wiring if not b.joins and b.handles & agent.emitted_types]
        graph.add_node(
            agent.name,
            _node(agent, wiring),
            input_schema=AgentInput,
            retry_policy=agent.retry,
            destinations=(TAKE_BATCH, *heard),
        )
    return graph.compile(name=name)


def _go_on(run: Run, state: AgentInput, update: Update, wiring: Sequence[Subscriber]) -> Command[Any]:
    """Go straight on to who reacts, if nobody else is at work here and nothing has to be waited for or taken up.

    A lane whose agents follow one another is then spared a superstep for each.
    """
    done, new = state.get("alone"), update["log"]
    if done is None or run.board.outside or run.board.cancelled:
        return Command(update=update, goto=TAKE_BATCH)
    reached = done + len(new)
    sends = _sends(straight(new, wiring), reached, lambda _: state["lane"])
    if not sends:
        return Command(update=update, goto=TAKE_BATCH)
    return Command(update={**update, "cursor": reached, "seen": reached}, goto=sends)


class Node(Protocol):
    """A node that says itself where it goes on."""

    def __call__(self, state: Any) -> Awaitable[Command[Any]]:
        """Take the state and give what changes, and who is next."""
        ...


def _node(agent: Agent, wiring: Sequence[Subscriber]) -> Node:
    """Make the node that runs an agent's subgraph, and turns a classified fault of it into an event.

    LangGraph's own ``error_handler`` would do, but its handler nodes hang loose and keep a lane from being drawn
    inside the document (langgraph 1.2.22). The drawing finds the subgraph through this function's closure.
    """
    subgraph = agent.compiled

    async def run_agent(state: Any) -> Command[Any]:
        run = await run_of(state["lane"]["run"])
        return _go_on(run, state, await _answer(run, agent, state, subgraph), wiring)

    return run_agent


async def _answer(run: Run, agent: Agent, state: AgentInput, subgraph: AgentGraph) -> Update:
    """Run an agent's subgraph, unless it has answered before the run was interrupted."""
    said = run.board.said.get((agent.name, state["event"]["id"]))
    if said and not agent.dispatches:
        return {"log": said}  # what a model or the clock decided stays decided
    deadline = asyncio.timeout(agent.deadline)
    with _at_work(run, state["lane"]) as work:
        try:
            async with deadline:
                update: Update = await subgraph.ainvoke(state)
        except Fault as fault:
            return {"log": await _fail(run, agent, state, fault)}
        except TimeoutError:
            if not deadline.expired():
                raise
            late = DeadlinePassed(f"it took longer than its {agent.deadline:g} seconds")
            return {"log": await _fail(run, agent, state, late)}
        except asyncio.CancelledError:
            if not _unwanted(run, state["lane"]):
                raise
            work.uncancel()
            return {"log": []}
        return update


@contextmanager
def _at_work(run: Run, lane: Lane) -> Iterator[asyncio.Task[Any]]:
    """Let the board know the task that works in a lane, so that cancelling the section stops it."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("an agent runs in a task")
    tasks = run.board.at_work[_key(lane)]
    tasks.add(task)
    try:
        yield task
    finally:
        tasks.discard(task)


def _unwanted(run: Run, lane: Lane) -> bool:
    """Whether the section, or the whole run, was cancelled."""
    section, epoch = _key(lane)
    return run.board.cancelled is not None or bool(run.board.of_lane(section, epoch, "SectionCancelled"))


def _key(lane: Lane) -> tuple[str, int]:
    return (lane["section"]["id"], lane["epoch"]) if "section" in lane else ("", 0)


async def _fail(run: Run, agent: Agent, state: AgentInput, fault: Fault) -> list[Event]:
    """Journal that the agent gave up. Anything but a classified fault is a bug and ends the run instead."""
    failed = say(AgentFailed(code=fault.code, reason=str(fault)))
    return await run.post([envelope(failed, agent.name, state["event"], FAILURE, lane=state["lane"])])
