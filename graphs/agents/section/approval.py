"""The wait at a section run's end: for the drafts that a section was written from to be approved, then for a person.

It is a node of the section run and no agent of its own folder: like the wait at its head, it only waits, and says what
follows.
"""

from collections.abc import Mapping
from typing import Any, NotRequired

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import Event
from quire.graphs.kernel.agent_state import AgentState, Scope, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.approvals import question_for
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import reaching
from quire.graphs.run.dependencies import Need, approvals_of, drafts_read, inputs_read, opening, policies, settled
from quire.graphs.run.run import run_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.language.catalogue import Words

NAME = "approval"
EMITS = (RevisionRequested, SectionSubmitted, SectionApproved, SectionFailed)


class State(AgentState):
    """What is waited for."""

    settled: NotRequired[bool]


async def wait(state: State) -> Update:
    """Wait for the drafts that were read to be approved; once they are, for the person who was asked.

    A change from outside that does not reach the section only wakes it to wait on.
    """
    blackboard, scope = (await run_of(state["scope"]["run"])).blackboard, state["scope"]
    needs = approvals_of(state["event"], blackboard.events_of(*_key(scope)))
    while await blackboard.wait(_key(scope), needs) and not all(settled(n, blackboard.posted) for n in needs):
        if blackboard.closed(_key(scope)) or _changes(blackboard, scope):
            break
    return {"settled": all(settled(n, blackboard.posted) for n in needs)}


async def decide(state: State) -> Update:
    """Say what follows. Woken early, by a change from outside or to be suspended, it says nothing."""
    if not state["settled"]:
        return {"outgoing": []}
    run = await run_of(state["scope"]["run"])
    submitted, scope = state["event"], state["scope"]
    if submitted["data"]["question"] is not None:
        answer = run.blackboard.answers.get(submitted["id"])
        return {"outgoing": [emit(answered(submitted, answer["data"], run.words))] if answer else []}
    if (redo := _overtaken(run.blackboard, scope, run.words)) is not None:
        return {"outgoing": [emit(redo)]}
    question = question_for(scope["section"]["id"], run.request["options"].get("approve", []))
    if question is None:
        return {"outgoing": [emit(SectionApproved.model_validate(submitted["data"]["approval"]))]}
    return {"outgoing": [emit(SectionSubmitted.model_validate({**submitted["data"], "question": question}))]}


def answered(submitted: Envelope, answer: Mapping[str, Any], words: Words) -> Event:
    """Say what a person's answer makes of a draft."""
    approval = SectionApproved.model_validate(submitted["data"]["approval"])
    note = str(answer["note"])
    if answer["decision"] == "approve":
        return approval
    if answer["decision"] == "reject":
        return SectionFailed(
            reason=words("reason.rejected", note=note or words("reason.no-reason")), rounds=approval.rounds
        )
    finding = {"rule": "person", "severity": "error", "message": note, "where": str(submitted["section"])}
    return RevisionRequested(findings=[finding], by_person=True)


def _overtaken(blackboard: Blackboard, scope: Scope, words: Words) -> Event | None:
    """Say what to do about drafts that were read and then approved otherwise, or not at all; ``None``: none was."""
    read = drafts_read(inputs_read(blackboard.events_of(scope["section"]["id"], scope["epoch"])))
    needs = [Need(section, seen["epoch"]) for section, seen in read.items()]
    now = opening(needs, blackboard.posted, policies(scope["section"], needs), words)
    if now is None or all(now.inputs[s].get("digest") == seen["digest"] for s, seen in read.items()):
        return None
    if now.stopped:
        return SectionFailed(reason=now.stopped, rounds=len(blackboard.events_of(*_key(scope), SectionDrafted)))
    changed = ", ".join(f"“{s}”" for s, seen in read.items() if now.inputs[s].get("digest") != seen["digest"])
    message = f"It was written from a draft of {changed}, which was approved with another text."
    finding = {"rule": "draft-changed", "severity": "error", "message": message, "where": scope["section"]["id"]}
    return RevisionRequested(findings=[finding], inputs=now.inputs)


def _changes(blackboard: Blackboard, scope: Scope) -> list[Envelope]:
    section = scope["section"]
    return reaching(blackboard.pending(section["id"]), section, blackboard.drafted(_key(scope)))


def _key(scope: Scope) -> tuple[str, int]:
    return scope["section"]["id"], scope["epoch"]


APPROVAL = Agent(NAME, handles=(SectionSubmitted,), emits=EMITS, graph=subgraph(NAME, EMITS, wait, decide, state=State))
