"""A section's lane: a dispatcher over the section agents, with a gate at its head.

All sections of a plan are sent in one superstep. Inside its lane a section waits for nothing but its own gate,
so the barrier at the end of a LangGraph superstep never holds a section up.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphs.agents.arbiter.events import SectionApproved, SectionFailed
from graphs.agents.section.events import SectionOpened
from graphs.board import CLOSING
from graphs.contract import Agent, AgentGraph, AgentInput, AgentOutput, Lane, Update, envelope, say
from graphs.dispatcher import DispatcherState, Schemas, dispatcher
from graphs.events import Event as TypedEvent
from graphs.gates import CLOSED, Need, Policy, needs_of, opening, unchanged
from graphs.reactions import Reaction
from graphs.run import Run, run_of
from nodes.record.port import Event

NAME = "section"


class LaneState(DispatcherState, AgentInput):
    """A dispatcher's state, and the event that sent the section here."""


async def gate(state: LaneState) -> Update:
    """Wait for what the section depends on, then open it, or close it at once.

    A section that closed before the run was interrupted returns as it closed.
    """
    run, planned = await run_of(state["lane"]["run"]), state["event"]
    closed = run.board.posted.get(Need(_section(planned), planned["epoch"], CLOSED))
    known = [closed] if closed else run.board.said.get((NAME, planned["id"]), [])
    return {"log": [None, *(known or await _open(run, planned))], "cursor": 0, "seen": 0}


async def close(state: LaneState) -> Update:
    """Hand out how the section closed. One whose agents fell silent has failed: no lane ends without a word."""
    closing = [e for e in state["log"] if e["type"] in CLOSING]
    return {"log": [None, closing[-1] if closing else await _fail_silent(state)]}


def compose(agents: Sequence[Agent]) -> AgentGraph:
    """Make the lane from the section agents."""

    def place(state: LaneState, _reaction: Reaction) -> Lane:
        planned = state["event"]
        return Lane(run=state["lane"]["run"], section=planned["data"]["spec"], epoch=planned["epoch"])

    return dispatcher(NAME, agents, Schemas(LaneState, AgentInput, AgentOutput), gate, close, place)


async def _open(run: Run, planned: Event) -> list[Event]:
    """Journal what the gate opens with, before anything acts on it."""
    spec, asked = planned["data"]["spec"], planned["data"]
    needs = needs_of(spec, asked.get("need", {}))
    await run.board.wait((_section(planned), planned["epoch"]), needs)
    opened = opening(needs, run.board.posted, _policies(spec, needs))
    if opened is None:
        raise RuntimeError(f"the gate of {_section(planned)!r} woke before its events were posted")
    if opened.stopped:
        return await _post(run, planned, SectionFailed(reason=opened.stopped, rounds=0))
    findings = asked.get("findings", [])
    standing = run.board.last.get(_section(planned))
    if standing and not findings and _stands(run, standing, opened.inputs):
        return await _post(run, planned, SectionApproved.model_validate(standing["data"]))
    return await _post(run, planned, SectionOpened(inputs=opened.inputs, findings=findings))


def _stands(run: Run, standing: Event, inputs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the section was approved as written from exactly these inputs: then its text stays untouched."""
    written_from = run.board.opened[_section(standing)]["data"]["inputs"]
    return standing["type"] == "SectionApproved" and unchanged(inputs, written_from)


def _policies(spec: Mapping[str, Any], needs: Sequence[Need]) -> dict[str, Policy]:
    """Read what to do without a section that failed: one word for all, or one for each."""
    said: Policy | Mapping[str, Policy] = spec.get("wait_failed") or "stop"
    return {n.section: said if isinstance(said, str) else said.get(n.section, "stop") for n in needs}


async def _fail_silent(state: LaneState) -> Event:
    run = await run_of(state["lane"]["run"])
    failures = [e["data"]["reason"] for e in state["log"] if e["type"] == "AgentFailed"]
    reason = failures[-1] if failures else "no agent took it further"
    rounds = max((e["round"] for e in state["log"]), default=0)
    (failed,) = await _post(run, state["log"][-1], SectionFailed(reason=reason, rounds=rounds))
    return failed


async def _post(run: Run, cause: Event, event: TypedEvent) -> list[Event]:
    lane = Lane(run=run.id)
    said = say(event, section=_section(cause), epoch=cause["epoch"])
    return await run.post([envelope(said, NAME, cause, 0, lane=lane)])


def _section(planned: Event) -> str:
    return str(planned["section"])
