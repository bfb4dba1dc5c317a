"""What the document takes up where section runs rejoin: changes of closed sections, new sections, the end."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.editor.events import DocumentApproved, ReleaseProposed, RewordingsProposed, SectionReopened
from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.events import AnswerGiven, FactChanged, SectionAdded, SectionEdited, is_a, type_names
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import EDITED, reaching
from quire.graphs.run.dependencies import CLOSING
from quire.graphs.run.growth import QUESTION
from quire.graphs.run.reopening import reopened
from quire.graphs.run.run import Run, run_of
from quire.nodes.computations.materials import Finding
from quire.nodes.event_store.port import Envelope

NAME = "document"
REJOINING = CLOSING | type_names(DocumentApproved, ReleaseProposed, RewordingsProposed, DocumentPublished)
"""What a batch at a rejoin consists of. It may be put aside for changes: once they are made, the editor reads anew."""
MILESTONES = (DocumentApproved, ReleaseProposed, RewordingsProposed, DocumentPublished, SectionReopened, AnswerGiven)
"""What tells how far a document has come, of the events that are its own."""


async def take_changes(state: Mapping[str, Any], batch: Sequence[Envelope]) -> list[Envelope]:
    """Take up what was changed from outside and no section run could take, journalled before it acts.

    A resumed run first goes where it has been, and takes changes where it took them before: what the editor decided
    then is not asked again, so nothing may come before it that it did not know.

    While a section is not finished, because it waits for a person or was just added, none is written again: the
    unfinished one may be built on it, and can only be opened again once it is closed.
    """
    run = await run_of(state["run"])
    async with run.blackboard.inbox_lock:
        run.blackboard.considered = run.blackboard.heard
        return await _taken(run, state, batch)


def recall(run: Run, log: Sequence[Envelope], agent: str) -> Envelope | None:
    """Give the event that an agent of the document answered next, beyond a log, before the run was interrupted.

    By its id alone the answer would not be found: sections of a resumed run may rejoin in another order, so that
    another one is the last.
    """
    known = {e["id"] for e in log}
    ahead = (e for e in run.blackboard.events.values() if e["agent"] == agent and e["id"] not in known)
    answer = next(ahead, None)
    return run.blackboard.events.get(str(answer["cause"])) if answer else None


def ahead(blackboard: Blackboard, known: Collection[str]) -> list[Envelope]:
    """Give what the run has come to, before it was interrupted, beyond the events that are known where it stands."""
    return [
        e for e in blackboard.of_type(*MILESTONES)
        if e["id"] not in known and (e["section"] is None or is_a(e, SectionReopened)) and not _of_growth(e)
    ]  # fmt: skip


def planned_at(blackboard: Blackboard, growing: Envelope) -> float:
    """Give the number of the event with which the planner took up a section that came later; infinity: not yet."""
    return min((e["n"] for e in blackboard.said("planner", growing["id"])), default=math.inf)


def will_change(blackboard: Blackboard, after: Sequence[str]) -> bool:
    """Whether a section that is to be built on, directly or not, will be written again for a change from outside."""
    changing: set[str] = set()
    for planned in blackboard.plan():
        if changing & _needs(planned["data"]["spec"]) or _reached(blackboard, planned):
            changing.add(str(planned["section"]))
    return bool(changing & _needs({"after": after}))


def _of_growth(event: Envelope) -> bool:
    """Whether this is an answer about a section that was proposed: it says nothing of how far the whole has come."""
    return is_a(event, AnswerGiven) and str(event["data"]["question"]).startswith(QUESTION)


async def _taken(run: Run, state: Mapping[str, Any], batch: Sequence[Envelope]) -> list[Envelope]:
    blackboard, log = run.blackboard, state["log"]
    if blackboard.cancelled is not None:
        return [] if blackboard.cancelled in log else [blackboard.cancelled]
    if not (blackboard.outside or blackboard.growing.came) or any(e["type"] not in REJOINING for e in batch):
        return []
    added = _added(blackboard, state)
    if beyond := ahead(blackboard, {e["id"] for e in log}):
        before = _taken_before(blackboard, log, beyond, added)
        if before or not any(is_a(e, DocumentPublished) for e in batch):
            return before
    if blackboard.unfinished():
        return added
    return [*added, *await _reopen(run, log[-1])]


def _taken_before(
    blackboard: Blackboard, log: Sequence[Envelope], beyond: Sequence[Envelope], added: Sequence[Envelope]
) -> list[Envelope]:
    """Give the changes that were taken here before the run was interrupted."""
    known = {e["id"] for e in log}
    again = [e for e in beyond if is_a(e, SectionReopened) and e["agent"] == NAME and e["cause"] in known]
    first = min((e["n"] for e in beyond if e not in again), default=math.inf)
    return [*again, *(e for e in added if planned_at(blackboard, e) < first)]


def _added(blackboard: Blackboard, state: Mapping[str, Any]) -> list[Envelope]:
    """Give the sections that were proposed or added and that nobody has taken up."""
    log, growing = state["log"], blackboard.growing
    begun = {e["section"] for e in [*log, *state["suspended"]]}
    left = [e for e in growing.came if e not in log and growing.became.get(e["id"], "") not in begun]
    return [e for e in left if is_a(e, SectionAdded) or not blackboard.said("planner", e["id"])]


async def _reopen(run: Run, cause: Envelope) -> list[Envelope]:
    """Open every closed section again that a change reaches, and with it those that build on it.

    One that gathers what others say is opened again, too, where a section came after it was.
    """
    blackboard = run.blackboard
    wanted = [f for e in blackboard.plan() for f in _reached(blackboard, e)]
    again = reopened(blackboard.plan_now(), blackboard.last, wanted, most_epochs=None, also=_missed(blackboard))
    scope = Scope(run=run.id)
    drafts = [emit(SectionReopened(**data), section=section, epoch=epoch) for section, epoch, data in again]
    return await run.post([envelope(d, NAME, cause, n, scope=scope) for n, d in enumerate(drafts)])


def _missed(blackboard: Blackboard) -> list[str]:
    """Name the sections that stand and that were written before another came which they gather, and which stands."""
    if not blackboard.growing.later:
        return []
    stands = {section for section, closed in blackboard.last.items() if is_a(closed, SectionApproved)}
    new = {
        str(e["section"]): _needs(blackboard.growing.spec_now(e)) - _needs(e["data"]["spec"]) for e in blackboard.plan()
    }
    return [section for section, came in new.items() if section in stands and came & stands]


def _needs(spec: Mapping[str, Any]) -> set[str]:
    return {str(item).partition(".")[0] for item in spec["after"]}


def _reached(blackboard: Blackboard, planned: Envelope) -> list[Finding]:
    """Say why a section must be written again because of changes that it has not taken up."""
    section = str(planned["section"])
    closed = blackboard.last.get(section)
    if closed is None or not is_a(closed, SectionApproved):
        return []
    found = reaching(blackboard.pending(section), planned["data"]["spec"], closed["data"]["content"])
    return [Finding(rule=_rule(c), severity="error", message=_said(c), where=section) for c in found]


def _rule(change: Envelope) -> str:
    return EDITED if is_a(change, SectionEdited) else "changed"


def _said(change: Envelope) -> str:
    data: Mapping[str, Any] = change["data"]
    if is_a(change, SectionEdited):
        return f"A person edited {data['claim']}."
    if is_a(change, FactChanged):
        return f"The fact “{data['name']}” is now: {data['value']}."
    return f"It is to be written differently: {', '.join(f'{k}: {v}' for k, v in data['changes'].items())}."
