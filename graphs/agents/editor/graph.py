"""The editor: repetition, contradicting figures, the document's rules, then decide what is reopened."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NotRequired, cast

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.editor.events import (
    DocumentApproved,
    DocumentFailed,
    ReleaseProposed,
    RewordingsProposed,
    SectionReopened,
)
from quire.graphs.agents.editor.rewording import for_persons, heard_of
from quire.graphs.agents.editor.rewording import told as told_to_persons
from quire.graphs.agents.editor.told_again import told_again
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import AnswerGiven, Event, is_a
from quire.graphs.kernel.agent_state import AgentState, Outgoing, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.approvals import REWORDINGS
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.differing import differing
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.reopening import named_in, reopened
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.shown_to_judges import wanted_of
from quire.nodes.author.reading import for_readers, quoting, reading_schema, request_reading, text_of, told
from quire.nodes.author.rewording import Rewording, shown_with_names, with_rewordings, without_names
from quire.nodes.checks.checking import check_document
from quire.nodes.checks.editing import contradictions, differences_of, repetitions
from quire.nodes.computations.materials import Finding
from quire.nodes.differences.differing import is_conflict
from quire.nodes.evidence.content import SectionContent
from quire.nodes.faults import BudgetSpent, Fault, ModelFault
from quire.nodes.language.catalogue import Words
from quire.nodes.model.request import Fenced

_SYSTEM = prompt("editor", "read_through")
READ_THROUGH = "read-through"
"""The rule of a finding that a reader of the whole made."""
LISTING = "general.differences"
"""The computation of a section that lists where the sources differ."""


EMITS = (SectionReopened, RewordingsProposed, ReleaseProposed, DocumentApproved, DocumentFailed)


class State(AgentState):
    """The editor's state."""

    findings: NotRequired[list[Finding]]
    rewordings: NotRequired[list[Rewording]]


async def compare(state: State) -> Update:
    """Look for what is said twice, and for one figure given two ways."""
    run = await run_of(state["scope"]["run"])
    sections = contents(run.blackboard)
    titles = {str(e["section"]): str(e["data"]["spec"]["title"]) for e in run.blackboard.plan()}
    found = [*repetitions(sections, titles, run.words), *contradictions(sections, titles, run.words)]
    return {"findings": [*found, *_differing(run)]}


async def check_rules(state: State) -> Update:
    """Hold the whole against the rules of scope ``document``."""
    run = await run_of(state["scope"]["run"])
    rules = [r for r in run.request["blueprint"]["rules"] if r["scope"] == "document"]
    return {"findings": state["findings"] + check_document(rules, contents(run.blackboard), run.words)}


async def read_through(state: State) -> Update:
    """Have a model read the whole, where a model wrote any of it. What stands is not lost for want of a reader.

    A version of which nothing was written again was read before.
    """
    run = await run_of(state["scope"]["run"])
    if (before := read_before(run.blackboard)) is not None:
        return {"findings": [*state["findings"], *before]}
    models = await models_for(run, "editor")
    standing = {s: c for s, c in contents(run.blackboard).items() if run.blackboard.last[s]["data"]["models"]}
    if models is None or not standing:
        return {}
    texts = {section: shown_with_names(content) for section, content in standing.items()}
    asked = [*wanted_of(run, [*texts]), "The sections, each under its id:", *map(Fenced, texts, texts.values())]
    asked += await told_again(run, standing)
    schema = with_rewordings(reading_schema("section", [*texts]), [*texts])
    request = request_reading(models, _SYSTEM, schema, asked)
    try:
        reply = (await ask(run, state, "editor", "read_through", request)).parsed
    except (ModelFault, BudgetSpent) as fault:
        return {"findings": [*state["findings"], _unread(fault, run.words)]}
    objections = [{**o, "quote": without_names(o["quote"])} for o in reply["objections"]]
    found = [kept for o in objections for kept in quoting([o], text_of(standing[o["section"]]))]
    rewordings, changing = await heard_of(run, state, reply["rewordings"], standing)
    return {"findings": [*state["findings"], *map(_objection, found), *changing], "rewordings": rewordings}


async def decide(state: State) -> Update:
    """Reopen what must and still may be written again; otherwise let the document stand, or fail if nothing does."""
    run, answer = await run_of(state["scope"]["run"]), _answer(state)
    blackboard, findings = run.blackboard, state["findings"]
    if not contents(blackboard):
        return {"outgoing": [emit(DocumentFailed(reason="no section could be written"))]}
    if answer and answer["decision"] == "reject":
        return {
            "outgoing": [
                emit(DocumentFailed(reason=f"a person rejected the document: {answer['note'] or 'no reason given'}"))
            ]
        }
    if answer and answer["decision"] == "revise":
        wanted = named_in(answer["note"], list(contents(blackboard)))
        return {"outgoing": _reopen(reopened(blackboard.plan(), blackboard.last, wanted, most_epochs=None))}
    worded = _worded(run, state)
    again = reopened(blackboard.plan(), blackboard.last, findings, run.request["options"]["max_rounds"])
    if again and not (answer or worded.answered):
        return {"outgoing": _reopen(again)}
    return {"outgoing": [emit(_stands(run, state, worded, answered=answer is not None))]}


def _stands(run: Run, state: State, worded: "_Worded", *, answered: bool) -> Event:
    """Let the document stand, once persons have said what they are asked about it."""
    if worded.asked and not (answered or worded.answered):
        text = told_to_persons(worded.asked)
        return RewordingsProposed(question=REWORDINGS, text=text, rewordings=_json(worded.asked))
    seen, kept = _for_readers(run, state["findings"]), _json(worded.kept)
    if "release" in run.request["options"].get("approve", []) and not answered:
        text = "May the document be released? To have sections written again, answer revise and name their ids."
        return ReleaseProposed(question="release", text=text, findings=seen, rewordings=kept)
    return DocumentApproved(findings=seen, rewordings=kept)


class _Worded(NamedTuple):
    """The editor's proposals as it stands with them."""

    kept: list[Rewording]
    asked: list[Rewording]
    """Those that a person decides on."""
    answered: bool


def _worded(run: Run, state: State) -> _Worded:
    """Say which proposals are made: those that a person was asked about only where that person agreed."""
    every, blackboard = state.get("rewordings", []), run.blackboard
    asked = for_persons(run, every)
    proposed = [e for e in blackboard.of_type(RewordingsProposed) if e["data"]["rewordings"] == _json(asked)]
    answer = blackboard.answers.get(proposed[-1]["id"]) if proposed else None
    agreed = answer is not None and answer["data"]["decision"] == "approve"
    return _Worded([p for p in every if agreed or p not in asked], asked, answered=answer is not None)


def _json(rewordings: Sequence[Rewording]) -> list[dict[str, Any]]:
    return [cast("dict[str, Any]", p) for p in rewordings]


def _differing(run: Run) -> list[Finding]:
    """Name where the sources differ: always where nothing tells what counts, else where no section lists it."""
    listed = any(s["compute"] == LISTING for s in run.request["blueprint"]["sections"])
    found = differing(run.blackboard)
    return differences_of([one for one in found if is_conflict(one) or not listed], run.words)


def _for_readers(run: Run, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    texts = contents(run.blackboard)
    wanted = [part.text if isinstance(part, Fenced) else part for part in wanted_of(run, [*texts])]
    return for_readers(findings, [*map(text_of, texts.values()), *wanted])


def _reopen(sections: Sequence[tuple[str, int, dict[str, Any]]]) -> list[Outgoing]:
    return [emit(SectionReopened(**data), section=section, epoch=epoch) for section, epoch, data in sections]


def _answer(state: State) -> dict[str, Any] | None:
    """Give the person's answer about the release that woke the editor, if one did."""
    event = state["event"]
    return event["data"] if is_a(event, AnswerGiven) and event["data"]["question"] != REWORDINGS else None


def _unread(fault: Fault, words: Words) -> Finding:
    message = words("finding.not-read-through", fault=fault)
    return Finding(rule=READ_THROUGH, severity="warning", message=message, where="")


def _objection(objection: Mapping[str, Any]) -> Finding:
    return Finding(rule=READ_THROUGH, severity="error", message=told(objection), where=objection["section"], read=True)


def read_before(blackboard: Blackboard) -> list[Finding] | None:
    """Give what was found in the version before, if the whole says what it said then."""
    if blackboard.earlier is None or any(e["data"].get("kept") is None for e in blackboard.of_type(SectionApproved)):
        return None
    approved = {section for section, before in blackboard.earlier["sections"].items() if "approval" in before}
    if approved != set(contents(blackboard)):
        return None
    return [cast("Finding", f) for f in blackboard.earlier["findings"] if f["rule"] == READ_THROUGH]


async def blackboard_of(state: State) -> Blackboard:
    """Find the run's blackboard."""
    return (await run_of(state["scope"]["run"])).blackboard


def contents(blackboard: Blackboard) -> dict[str, SectionContent]:
    """Give what stands of each section, in document order."""
    planned = sorted(blackboard.plan(), key=lambda e: e["data"]["position"])
    standing: dict[str, Any] = {str(e["section"]): blackboard.last.get(str(e["section"])) for e in planned}
    return {
        section: cast("SectionContent", closed["data"]["content"])
        for section, closed in standing.items()
        if closed and is_a(closed, SectionApproved)
    }


graph = subgraph(
    "editor",
    EMITS,
    compare,
    check_rules,
    read_through,
    decide,
    state=State,
)
