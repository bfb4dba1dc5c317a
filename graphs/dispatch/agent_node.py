"""The node around an agent's subgraph: it runs it, and turns a classified fault into an event.

LangGraph's own ``error_handler`` would do for faults, but its handler nodes hang loose and keep a section run from
being drawn inside the document (langgraph 1.2.22). The drawing finds the subgraph through the node function's closure.
"""

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from langgraph.graph import END
from langgraph.types import Command, Overwrite, Send

from quire.graphs.dispatch.participants import Participants
from quire.graphs.events import AgentFailed, Event, RequestUnanswered, SectionCancelled
from quire.graphs.kernel.agent_state import AgentGraph, AgentInput, Scope, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.kernel.subscriptions import Reaction
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.run import Run, run_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import DeadlinePassed, EndpointOut, Fault, NobodyThere, RecordFault

TAKE_BATCH = "take_batch"
FAILURE = -1
"""Position of an agent's failure among what it says: apart from all that it may have said before."""


def sends(found: Sequence[Reaction], scope: Scope) -> list[Send]:
    """Turn reactions into sends."""
    return [Send(r.node or r.agent, _payload(r, scope)) for r in found]


def _payload(reaction: Reaction, scope: Scope) -> dict[str, Any]:
    sent: dict[str, Any] = {"event": reaction.event, "scope": scope, "outgoing": []}
    if reaction.joined:
        sent["joined"] = list(reaction.joined)
    if reaction.node not in {"", reaction.agent}:
        sent["agent_name"] = reaction.agent
    return sent


class Node(Protocol):
    """A node that says where to go."""

    __name__: str

    def __call__(self, state: Any) -> Awaitable[Command[Any]]:
        """Take the state; give what changes, and the next node."""
        ...


def agent_node(agent: Agent, participants: Participants) -> Node:
    """Make the node that runs an agent's subgraph, and goes on to the next batch or out of a section that is closed."""
    subgraph = agent.compiled

    async def run_agent(state: Any) -> Command[Any]:
        run = await run_of(state["scope"]["run"])
        update = await run_in(run, agent, participants, state, subgraph)
        return _leaving(run, state["scope"], update) or Command(update=update, goto=TAKE_BATCH)

    return run_agent


async def run_in(run: Run, agent: Agent, participants: Participants, state: AgentInput, subgraph: AgentGraph) -> Update:
    """Run an agent's subgraph; it has failed if it called in, or handed something to, somebody who cannot hear it."""
    update = await (_section_run if agent.dispatches else _answer)(run, agent, state, subgraph)
    if problem := participants.unheard(run, state["scope"], update["log"]):
        failed = await _fail(run, agent, state, NobodyThere(problem))
        update = {**update, "log": [*update["log"], *(e for e in failed if e not in update["log"])]}
    return update


def _leaving(run: Run, scope: Scope, update: Update) -> Command[Any] | None:
    """Leave a section run with what closed the section, if the agent did: a superstep less for each."""
    closed = run.blackboard.closed(_key(scope)) if "section" in scope else None
    return Command(update={"log": Overwrite([closed])}, goto=END) if closed and closed in update["log"] else None


async def _section_run(run: Run, agent: Agent, state: AgentInput, subgraph: AgentGraph) -> Update:
    """Start a section run, of whose beginning and end the blackboard knows even where a checkpoint holds its middle."""
    scope = (str(state["event"]["section"]), state["event"]["epoch"])
    run.blackboard.waiting.start(scope)
    update = await _answer(run, agent, state, subgraph)
    run.blackboard.waiting.leave(scope)
    return update


async def _answer(run: Run, agent: Agent, state: AgentInput, subgraph: AgentGraph) -> Update:
    """Run an agent's subgraph, unless it has answered before the run was interrupted, or nobody wants it any more."""
    said = _said(run, agent, state)
    if said and not agent.dispatches:
        return {"log": said}  # what a model or the clock decided stays decided
    with _at_work(run, state["scope"]) as work:
        if _unwanted(run, state["scope"]):  # since it was sent for
            return {"log": []}
        try:
            return await _worked(run, agent, state, subgraph)
        except asyncio.CancelledError:
            if not _unwanted(run, state["scope"]):
                raise
            work.uncancel()
            return {"log": []}


async def _worked(run: Run, agent: Agent, state: AgentInput, subgraph: AgentGraph) -> Update:
    """Run an agent's subgraph within its deadline, or journal why it gave up."""
    deadline = asyncio.timeout(agent.deadline)
    try:
        async with deadline:
            if agent.dispatches:
                await run.blackboard.admission.enter(run.blackboard.priority(str(state["event"]["section"])))
            update = await subgraph.ainvoke(state)
    except (RecordFault, EndpointOut):
        raise  # no section's own: nothing can be relied on any more, or the whole run is put aside
    except Fault as fault:
        return {"log": await _fail(run, agent, state, fault)}
    except TimeoutError:
        if not deadline.expired():
            raise
        if (said := _said(run, agent, state)) and not agent.dispatches:
            return {"log": said}  # it was being written when time was up
        late = DeadlinePassed(f"it took longer than its {agent.deadline:g} seconds")
        return {"log": await _fail(run, agent, state, late)}
    return update


def _said(run: Run, agent: Agent, state: AgentInput) -> list[Envelope]:
    """Give what the agent has answered to its event already, as the journal has it."""
    return run.blackboard.said(state.get("agent_name", agent.name), state["event"]["id"])


@contextmanager
def _at_work(run: Run, scope: Scope) -> Iterator[asyncio.Task[Any]]:
    """Let the blackboard know the task that works in a section run, so that cancelling the section stops it."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("an agent runs in a task")
    tasks = run.blackboard.at_work[_key(scope)]
    tasks.add(task)
    try:
        yield task
    finally:
        tasks.discard(task)


def _unwanted(run: Run, scope: Scope) -> bool:
    """Whether the section, or the whole run, was cancelled."""
    section, epoch = _key(scope)
    return run.blackboard.cancelled is not None or bool(run.blackboard.events_of(section, epoch, SectionCancelled))


def is_over(blackboard: Blackboard, scope: Scope) -> bool:
    """Whether nothing more is to be done in a section run: its section is closed, or the run cancelled."""
    return blackboard.cancelled is not None or ("section" in scope and blackboard.closed(_key(scope)) is not None)


def _key(scope: Scope) -> tuple[str, int]:
    return (scope["section"]["id"], scope["epoch"]) if "section" in scope else ("", 0)


async def _fail(run: Run, agent: Agent, state: AgentInput, fault: Fault) -> list[Envelope]:
    """Journal that the agent gave up; who asked it for something is told, and no one else.

    Anything but a classified fault is a bug and ends the run instead.
    """
    event, name = state["event"], state.get("agent_name", agent.name)
    asked = "asks" in event
    failed: Event = (RequestUnanswered if asked else AgentFailed)(code=fault.code, reason=str(fault))
    draft = emit(failed, to=event["agent"] if asked else None)
    return await run.post([envelope(draft, name, event, FAILURE, scope=state["scope"])])
