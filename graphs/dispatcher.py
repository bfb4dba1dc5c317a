"""The dispatcher: a graph with one conditional edge, which turns new events into ``Send``s to the agents.

::

    START -> entry -> take_batch -(fan_out)-> agents ... -> take_batch -> ... -> exit -> END

The document and every section's lane are this same graph with other agents, another entry and another exit.
The log only grows and a cursor says how far it has been dispatched: a topic channel would read more simply, but
it is empty again by the time the conditional edge reads it (langgraph 1.2.22).
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

from langgraph.errors import NodeError, NodeTimeoutError
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, Send
from typing_extensions import TypedDict

from graphs.contract import Agent, AgentGraph, Lane, Step, Update, envelope, extend, say
from graphs.events import AgentFailed
from graphs.reactions import Reaction, Subscriber, reactions, subscribers
from graphs.run import run_of
from nodes.faults import DeadlinePassed, Fault
from nodes.record.port import Event

TAKE_BATCH = "take_batch"
RECALL = "recall"
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


class Recalled(TypedDict):
    """What an agent answered before."""

    said: list[Event]


LaneOf = Callable[[Any, Reaction], Lane]


def take_batch(state: DispatcherState) -> Update:
    """Take the events that were not dispatched yet."""
    return {"cursor": state["seen"], "seen": len(state["log"])}


def fan_out(
    log: list[Event], cursor: int, agents: Sequence[Subscriber], lane: Callable[[Reaction], Lane]
) -> list[Send]:
    """Turn the events from the cursor on into sends, one per reaction. Pure."""
    return [Send(r.agent, _payload(r, lane(r))) for r in reactions(log, cursor, agents)]


def _payload(reaction: Reaction, lane: Lane) -> dict[str, Any]:
    sent: dict[str, Any] = {"event": reaction.event, "lane": lane, "said": []}
    if reaction.joined:
        sent["joined"] = list(reaction.joined)
    return sent


async def recall(state: Recalled) -> Update:
    """Stand in for an agent that has answered already, before the run was interrupted."""
    return {"log": state["said"]}


async def _recalled(send: Send) -> Send:
    """Let a reaction that the record has already seen be recalled instead of run again.

    What a model or the clock decided then stays decided: the run goes on as its journal says.
    """
    run = await run_of(send.arg["lane"]["run"])
    said = run.board.said.get((send.node, send.arg["event"]["id"]))
    return Send(RECALL, {"said": said}) if said else send


def dispatcher(
    name: str, agents: Sequence[Agent], schemas: Schemas, entry: Step, leave: Step, lane_of: LaneOf
) -> AgentGraph:
    """Compile a dispatcher over agents.

    Args:
        name: of the graph, in traces.
        agents: each becomes a node of its name; one that is itself a dispatcher must have been composed before.
        schemas: state, input and output of the graph.
        entry: its first node, which puts the first events into the log.
        leave: its last node, once no event leads to anything more.
        lane_of: gives an agent the place it works in.

    """
    lanes = {a.name for a in agents if a.dispatches}
    wiring = subscribers([(a.name, a.handled_types, a.emitted_types, a.joins) for a in agents])

    async def take(state: Any) -> Update:
        return take_batch(state)

    async def react(state: Any) -> list[Send] | str:
        sends = fan_out(state["log"], state["cursor"], wiring, lambda reaction: lane_of(state, reaction))
        return [send if send.node in lanes else await _recalled(send) for send in sends] or leave.__name__

    graph = StateGraph(schemas.state, input_schema=schemas.input, output_schema=schemas.output)
    graph.add_node(entry.__name__, entry)
    graph.add_node(TAKE_BATCH, take)
    graph.add_node(RECALL, recall)
    graph.add_node(leave.__name__, leave)
    graph.add_edge(START, entry.__name__)
    graph.add_edge(entry.__name__, TAKE_BATCH)
    graph.add_conditional_edges(TAKE_BATCH, react, [*(a.name for a in agents), RECALL, leave.__name__])
    graph.add_edge(RECALL, TAKE_BATCH)
    graph.add_edge(leave.__name__, END)
    for agent in agents:
        graph.add_node(
            agent.name,
            agent.compiled,
            error_handler=_failure_of(agent),
            retry_policy=agent.retry,
            timeout=agent.deadline,
        )
        graph.add_edge(agent.name, TAKE_BATCH)
    return graph.compile(name=name)


def _failure_of(agent: Agent) -> Callable[..., Any]:
    """Make the handler that turns a classified fault of the agent into an event, and lets bugs end the run."""

    async def failed(state: dict[str, Any], error: NodeError) -> Command[str]:
        fault = _classified(error.error, agent)
        said = say(AgentFailed(code=fault.code, reason=str(fault)))
        event = envelope(said, agent.name, state["event"], FAILURE, lane=state["lane"])
        run = await run_of(state["lane"]["run"])
        return Command(update={"log": await run.post([event])}, goto=TAKE_BATCH)

    return failed


def _classified(error: BaseException, agent: Agent) -> Fault:
    """Tell a fault from a bug, which is raised again."""
    if isinstance(error, NodeTimeoutError):
        return DeadlinePassed(f"{agent.name} took longer than its {agent.deadline:g} seconds")
    if isinstance(error, Fault):
        return error
    raise error
