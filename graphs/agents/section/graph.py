"""A section run: a dispatcher over the section agents, with a dependency wait (``wait_for_dependencies``) at its head.

All sections of a plan are sent in one superstep, and each waits for nothing but the events it depends on,
so the barrier at the end of a LangGraph superstep never holds a section up.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from langgraph.types import Overwrite

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.section.approval import APPROVAL
from quire.graphs.agents.section.declared_agent import DECLARED_AGENT
from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.dispatch.dispatcher import DispatcherState, Frame, Schemas, dispatcher
from quire.graphs.events import AgentFailed, Event, is_a
from quire.graphs.kernel.agent_state import AgentGraph, AgentInput, AgentOutput, Scope, Update, extend
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.kernel.subscriptions import recruits
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import EDITED, OUTSIDERS, TAKING, only_edits, reaching, spec_with
from quire.graphs.run.dependencies import Opening, inputs_read, opening, policies, settled, unchanged
from quire.graphs.run.run import Run, run_of
from quire.graphs.versions.keeping import compared, reaching_before
from quire.nodes.event_store.port import Envelope

NAME = "section"
ALWAYS = ("verifier", APPROVAL.name)
"""Who takes part whichever agents a section names: nothing is published that nobody held against its evidence."""


class SectionOutput(AgentOutput):
    """How the section closed, or that it waits."""

    suspended: Annotated[list[Envelope], extend]
    """The event that sent a section here which can only go on once a person has answered."""


class SectionState(DispatcherState, AgentInput, SectionOutput):
    """A dispatcher's state, and the event that sent the section here."""


async def wait_for_dependencies(state: SectionState) -> Update:
    """Wait for what the section depends on, then open it, or close it at once.

    A section that closed before the run was interrupted returns as it closed.
    """
    run, planned = await run_of(state["scope"]["run"]), state["event"]
    closed = closed_as(run.blackboard, planned)
    known = [closed] if closed else run.blackboard.said(NAME, planned["id"])
    return {"log": known or await _open(run, planned)}


async def take_changes(state: SectionState, _batch: list[Envelope]) -> list[Envelope]:
    """Take up what was changed from outside, journalled before it acts. The section starts afresh from there.

    A resumed run takes changes where it took them before: where its agents have gone on, it is too late.
    """
    run, planned = await run_of(state["scope"]["run"]), state["event"]
    if not run.blackboard.outside or not state["log"] or closed_as(run.blackboard, planned):
        return []
    last = state["log"][-1]
    if recorded := run.blackboard.said(NAME, last["id"]):
        return [e for e in recorded if is_a(e, ChangesTaken)]
    if gone_on(run.blackboard.events_of(*_key(planned)), state["log"]):
        return []
    section, spec = str(planned["section"]), spec_of(state)
    found = reaching(run.blackboard.pending(section), spec, run.blackboard.drafted(_key(planned)))
    if not found:
        return []
    changed = ChangesTaken(changes=[c["id"] for c in found], spec=_changed(spec, spec, found))
    return await _post(run, last, changed)


async def close(state: SectionState) -> Update:
    """Hand out how the section closed. One whose agents fell silent has failed: none ends without an event."""
    run, planned = await run_of(state["scope"]["run"]), state["event"]
    closed = closed_as(run.blackboard, planned)
    if closed is None and run.blackboard.cancelled:
        return {"log": Overwrite([])}
    if closed is None and waits(state["log"]):
        return {"log": Overwrite([]), "suspended": [planned]}
    return {"log": Overwrite([closed or await _fail_silent(run, state)])}


def compose(agents: Sequence[Agent]) -> AgentGraph:
    """Make the section run's graph from the section agents."""
    schemas = Schemas(SectionState, AgentInput, SectionOutput)
    return dispatcher(
        NAME,
        [*agents, APPROVAL, DECLARED_AGENT],
        schemas,
        Frame(wait_for_dependencies, close, _place, take_changes, invites=True),
    )


def closed_as(blackboard: Blackboard, planned: Envelope) -> Envelope | None:
    """Give how the section's epoch closed, if it has."""
    return blackboard.closed(_key(planned))


def spec_of(state: SectionState) -> dict[str, Any]:
    """Give the specification that holds in a section run: the planned one, or the last that changed it."""
    changed = [e["data"]["spec"] for e in state["log"] if e["type"] in TAKING and e["data"]["spec"]]
    spec: dict[str, Any] = changed[-1] if changed else state["event"]["data"]["spec"]
    return spec


def waits(log: Sequence[Envelope]) -> bool:
    """Whether a section run that ends without having closed waits: at its head, or with a draft that is submitted."""
    return not log or is_a(log[-1], SectionSubmitted)


def gone_on(events: Sequence[Envelope], log: Sequence[Envelope]) -> bool:
    """Whether the section's agents have gone on from here already, before the run was interrupted."""
    here = max(e["n"] for e in log)
    return any(e["n"] > here and e["agent"] not in OUTSIDERS for e in events)


def _place(state: SectionState) -> Scope:
    spec = spec_of(state)
    scope = Scope(run=state["scope"]["run"], section=spec, epoch=state["event"]["epoch"])
    if spec.get("agents") is not None:
        scope["agents"] = [*spec["agents"], *ALWAYS]
    if called := recruits(state["log"]):
        scope["recruited"] = called
    return scope


def _changed(before: dict[str, Any], now: dict[str, Any], changes: Sequence[Envelope]) -> dict[str, Any] | None:
    """Give the specification that holds now with the changes, if it is another one than before."""
    changed = spec_with(now, changes) if changes else now
    return None if changed == before else changed


async def _open(run: Run, planned: Envelope) -> list[Envelope]:
    """Journal what the dependency wait opens with, before anything acts on it."""
    blackboard, asked = run.blackboard, planned["data"]
    needs = blackboard.needs(planned)
    while not all(settled(n, blackboard.posted) for n in needs):
        if not await blackboard.wait(_key(planned), needs) or closed_as(blackboard, planned):
            return []
        needs = blackboard.needs(planned)
    spec = blackboard.spec_now(planned)
    opened = opening(needs, blackboard.posted, policies(spec, needs), run.words)
    if opened is None:
        raise RuntimeError(f"section {planned['section']!r} woke before the events that it waits for were posted")
    if opened.stopped:
        return await _post(run, planned, SectionFailed(reason=opened.stopped, rounds=0))
    changes = blackboard.pending(str(planned["section"]))
    findings = [f for f in asked.get("findings", []) if f["rule"] != EDITED]
    standing = blackboard.last.get(str(planned["section"]))
    stands = bool(standing and not findings and _stands(blackboard, standing, opened))
    if standing and stands and not changes:
        return await _post(run, planned, SectionApproved.model_validate(standing["data"]))
    due = reaching_before(blackboard, spec, changes) if changes else []
    moot = blackboard.earlier is None or standing or (due and not only_edits(due))
    found = None if moot else await compared(run, spec_with(spec, changes), opened.inputs)
    stands = stands or bool(found and found.approval)
    if found and found.approval is not None and not due:
        return await _post(run, planned, SectionApproved.model_validate(found.approval))
    told = SectionOpened(
        inputs=opened.inputs,
        findings=findings,
        changes=[c["id"] for c in changes],
        spec=_changed(asked["spec"], spec, changes),
        because=found.because if found else [],
        edited=stands and only_edits(due),
    )
    return await _post(run, planned, told)


def _stands(blackboard: Blackboard, standing: Envelope, opened: Opening) -> bool:
    """Whether the section was approved as written from exactly these inputs: then its text stays untouched."""
    if not is_a(standing, SectionApproved):
        return False  # it may never have been opened
    section = str(standing["section"])
    written = blackboard.opened.get(section)
    read = inputs_read(blackboard.events_of(*_key(written))) if written else standing["data"].get("kept") or {}
    return unchanged(opened.inputs, read)


async def _fail_silent(run: Run, state: SectionState) -> Envelope:
    failures = [e["data"]["reason"] for e in state["log"] if is_a(e, AgentFailed)]
    reason = failures[-1] if failures else run.words("reason.no-agent")
    rounds = max((e["round"] for e in state["log"]), default=0)
    (failed,) = await _post(run, state["log"][-1], SectionFailed(reason=reason, rounds=rounds))
    return failed


async def _post(run: Run, cause: Envelope, event: Event) -> list[Envelope]:
    said = emit(event, section=str(cause["section"]), epoch=cause["epoch"])
    return await run.post([envelope(said, NAME, cause, 0, scope=Scope(run=run.id))])


def _key(planned: Envelope) -> tuple[str, int]:
    return str(planned["section"]), planned["epoch"]
