"""What reaches a run from outside while it is made: answers, changes, cancellations. Journalled, then acted on."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from quire.graphs.agents.editor.events import SectionReopened
from quire.graphs.agents.planner.events import SectionPlanned, SectionSkipped
from quire.graphs.events import (
    AnswerGiven,
    Event,
    FactChanged,
    RunCancelled,
    RunEnded,
    SectionAdded,
    SectionCancelled,
    SectionChanged,
    is_a,
)
from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.intake.ordering import cycle
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.approvals import ASKED_BY, answer_of, require_answerable, shown
from quire.graphs.run.dependencies import CLOSED, Need
from quire.graphs.run.edits import edit_to_make, text_of
from quire.graphs.run.run import Run
from quire.nodes.decode.located import Located
from quire.nodes.decode.shaped import shaped
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import digest_of
from quire.nodes.faults import AlreadyAnswered, BadInput, RecordedOtherwise

NAME = "outside"
CHANGEABLE = frozenset({"title", "instructions", "words", "sources", "rules", "model"})
"""Fields of a section that may change while it is being written. What it waits for may not."""
FOLLOWED_BY_MODELS = frozenset({"instructions", "model"})
"""Those of them that mean something to models only, but in a template, which is its instructions."""
WITHOUT_A_MODEL = "writing something again as a person wishes takes a model, and this run has none"
NAME_A_MODEL = "approve or reject it, or name a model: OPENAI_API_KEY or OPENAI_BASE_URL, without QUIRE_OFFLINE"


async def answer(run: Run, question: str, given: Any) -> Envelope:
    """Answer a question. The same answer once more is the answer that was given.

    Raises:
        AlreadyAnswered: somebody else has answered it otherwise, perhaps in the same moment.
        BadInput: it is not open, or that is no answer, or one that could change nothing.

    """
    said = answer_of(question, given)
    async with _let_in(run):
        try:
            return await _answered(run, said)
        except RecordedOtherwise:  # by another process, of which this one has not heard yet
            await run.blackboard.fill()
            return await _answered(run, said)


async def change_section(run: Run, section: str, changes: Mapping[str, Any]) -> Envelope:
    """Have a section written differently; it is written again, and its dependants know.

    Raises:
        BadInput: there is no such section, or that cannot be changed, or nobody could follow the instruction.

    """
    planned = _planned(run, section)
    unknown = sorted(set(changes) - CHANGEABLE)
    if unknown or not changes:
        problem = f"{unknown[0]!r} of a section cannot be changed" if unknown else "nothing is changed"
        raise BadInput(problem, field="changes", hint=f"change {', '.join(sorted(CHANGEABLE))}")
    if planned["data"]["spec"]["kind"] != "template" and (told := sorted(set(changes) & FOLLOWED_BY_MODELS)):
        await _require_model(run, f"changes.{told[0]}")
    shaped(SectionSpec, Located({**planned["data"]["spec"], **changes}))
    return await _post(run, SectionChanged(changes=dict(changes)), section)


async def edit_section(run: Run, section: str, edit: Mapping[str, Any]) -> Envelope:
    """Put a person's words into a section; they stay through every draft, and its dependants know.

    Args:
        run: the run.
        section: which.
        edit: ``claim``, ``text``, and where wanted ``based_on``, ``behind``, ``by``.

    Raises:
        BadInput: there is no such section or claim, or the section has no text yet.
        EditedMeanwhile: the claim says something else by now.

    """
    _planned(run, section)
    return await _post(run, edit_to_make(section, text_of(run.blackboard, section), edit), section)


async def change_fact(run: Run, name: str, value: Any) -> Envelope:
    """Change a fact of the brief; sections that it can reach are written again.

    Raises:
        BadInput: the run is over.

    """
    return await _post(run, FactChanged(name=name, value=value), None)


async def add_section(run: Run, spec: Mapping[str, Any]) -> Envelope:
    """Add a section; it starts at the next rejoin.

    Raises:
        BadInput: it is no section, its id is taken, or it waits for what there is not or for itself.

    """
    added = shaped(SectionSpec, Located(dict(spec)))
    sections = [
        SectionSpec.model_validate(e["data"]["spec"]) for e in run.blackboard.of_type(SectionPlanned, SectionAdded)
    ]
    known = {s.id for s in sections} | {e["section"] for e in run.blackboard.of_type(SectionSkipped)}
    if added.id in known:
        raise BadInput(f"there is a section {added.id!r} already", field="spec.id")
    missing = [need for need in added.needs if need not in known | {added.id}]
    if missing:
        raise BadInput(f"there is no section {missing[0]!r} to wait for", field="spec.after")
    if ring := cycle([*sections, added]):
        raise BadInput(f"sections wait for each other: {' -> '.join(ring)}", field="spec.after")
    return await _post(run, SectionAdded(spec=added.model_dump(mode="json")), None)


async def cancel_section(run: Run, section: str, reason: str = "") -> Envelope:
    """Cancel a section that is not finished; what works on it stops at once.

    Raises:
        BadInput: there is no such section, or it is finished.

    """
    planned = _planned(run, section)
    if run.blackboard.posted.get(Need(section, planned["epoch"], CLOSED)):
        raise BadInput(f"section {section!r} is finished", field="section")
    closed = await _post(run, SectionCancelled(reason=reason or "it was cancelled"), section)
    if not is_a(closed, SectionCancelled):
        raise BadInput(f"section {section!r} is finished", field="section")
    return closed


async def cancel_run(run: Run, reason: str = "") -> Envelope:
    """Cancel the run; what works on it stops at once.

    Raises:
        BadInput: the run is over.

    """
    return await _post(run, RunCancelled(reason=reason or "it was cancelled"), None)


async def _answered(run: Run, said: AnswerGiven) -> Envelope:
    asked = run.blackboard.open_questions()
    if (event := asked.get(said.question)) is not None:
        await _require_answerable(run, said, event)
        draft = emit(said, section=event["section"], epoch=event["epoch"], to=ASKED_BY.get(event["type"]))
        (posted,) = await run.blackboard.post([envelope(draft, "person", event, 0, scope=Scope(run=run.id))])
        return posted
    given = [a for a in run.blackboard.answers.values() if a["data"]["question"] == said.question]
    if not given:
        known = ", ".join(q["id"] for q in shown(asked)) or "none"
        raise BadInput(f"there is no open question {said.question!r}", field="question", hint=f"open: {known}")
    before = AnswerGiven.model_validate(given[-1]["data"])
    if before == said:
        return given[-1]
    raise AlreadyAnswered(said.question, before.decision, before.note)


async def _require_answerable(run: Run, said: AnswerGiven, asked: Envelope) -> None:
    """See to it that an answer can do what it says here.

    Raises:
        AlreadyAnswered: somebody else has answered in another process, of which this one has not heard yet.
        BadInput: it cannot.

    """
    try:
        require_answerable(said, asked)
        if said.decision == "revise":
            await _require_model(run, said.question)
    except BadInput:
        await run.blackboard.fill()
        if (given := run.blackboard.answers.get(asked["id"])) is not None:
            before = AnswerGiven.model_validate(given["data"])
            raise AlreadyAnswered(said.question, before.decision, before.note) from None
        raise


async def no_revision(run: Run) -> str:
    """Say why nothing of a run can be written again on request; empty where a model can be asked to.

    A run that has asked a model has one, also where the process that is told of a wish could ask none itself.
    """
    offline = (await run.configured()).offline and not await run.record.calls(run.id)
    return WITHOUT_A_MODEL if offline else ""


async def _require_model(run: Run, field: str) -> None:
    """Refuse what only a model could do, where there is none: the same text would come back."""
    if reason := await no_revision(run):
        raise BadInput(reason, field=field, hint=NAME_A_MODEL)


def _planned(run: Run, section: str) -> Envelope:
    """Give the event that last planned or reopened the section."""
    found: Sequence[Envelope] = [
        e for e in run.blackboard.of_type(SectionPlanned, SectionReopened) if e["section"] == section
    ]
    if not found:
        raise BadInput(f"there is no section {section!r}", field="section")
    return found[-1]


async def _post(run: Run, event: Event, section: str | None) -> Envelope:
    """Post what is wanted from outside. What was wanted last of the same thing, and is wanted again, is no change."""
    async with _let_in(run):
        epoch = _planned(run, section)["epoch"] if section else 1
        made = envelope(emit(event, section=section, epoch=epoch), NAME, None, 0, scope=Scope(run=run.id))
        before = [e for e in run.blackboard.of_type(type(event)) if _is_about(e) == _is_about(made)]
        if before and before[-1]["data"] == made["data"]:
            return before[-1]
        told_apart = [before[-1]["id"] if before else "", *_is_about(made), made["data"]]
        made["id"] = f"{NAME}/{digest_of(told_apart)[:16]}"
        (posted,) = await run.blackboard.post([made])
        return posted


@asynccontextmanager
async def _let_in(run: Run) -> AsyncIterator[None]:
    """Let something reach the run, one after another, and nothing once it is over."""
    async with run.blackboard.inbox_lock:
        if run.blackboard.of_type(RunEnded):
            raise BadInput(f"run {run.id!r} is over", hint="start a new one")
        yield


def _is_about(event: Envelope) -> list[Any]:
    """Say which thing an event from outside changes. The same once more is told apart by what came between."""
    return [event["type"], event["section"], event["epoch"], event["data"].get("name") or event["data"].get("claim")]
