"""The editor: repetition, contradicting figures, the document's rules, then decide what is reopened."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, cast

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.editor.events import DocumentApproved, DocumentFailed, ReleaseProposed, SectionReopened
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import AnswerGiven, is_a
from quire.graphs.kernel.agent_state import AgentState, Outgoing, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.differing import differing
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.reopening import named_in, reopened
from quire.graphs.run.run import Run, run_of
from quire.nodes.author.reading import for_readers, quoting, reading_schema, request_reading, text_of, told
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


class State(AgentState):
    """The editor's state."""

    findings: NotRequired[list[Finding]]


async def compare(state: State) -> Update:
    """Look for what is said twice, and for one figure given two ways."""
    run = await run_of(state["scope"]["run"])
    sections = contents(run.blackboard)
    found = [*repetitions(sections, run.words), *contradictions(sections, run.words)]
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
    texts = {section: text_of(content) for section, content in standing.items()}
    asked: list[str | Fenced] = [
        "The sections, each under its id:",
        *(Fenced(section, text) for section, text in texts.items()),
    ]
    request = request_reading(models, _SYSTEM, reading_schema("section", [*texts]), asked)
    try:
        reply = (await ask(run, state, "editor", "read_through", request)).parsed
    except (ModelFault, BudgetSpent) as fault:
        return {"findings": [*state["findings"], _unread(fault, run.words)]}
    found = [kept for o in reply["objections"] for kept in quoting([o], texts[o["section"]])]
    return {"findings": state["findings"] + [_objection(o) for o in found]}


async def decide(state: State) -> Update:
    """Reopen what must and still may be written again; otherwise let the document stand, or fail if nothing does."""
    run, answer = await run_of(state["scope"]["run"]), _answer(state)
    blackboard, options, findings = run.blackboard, run.request["options"], state["findings"]
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
    again = reopened(blackboard.plan(), blackboard.last, findings, options["max_rounds"])
    if again and not answer:
        return {"outgoing": _reopen(again)}
    if "release" in options.get("approve", []) and not answer:
        text = "May the document be released? To have sections written again, answer revise and name their ids."
        seen = _for_readers(blackboard, findings)
        return {"outgoing": [emit(ReleaseProposed(question="release", text=text, findings=seen))]}
    return {"outgoing": [emit(DocumentApproved(findings=_for_readers(blackboard, findings)))]}


def _differing(run: Run) -> list[Finding]:
    """Name where the sources differ: always where nothing tells what counts, else where no section lists it."""
    listed = any(s["compute"] == LISTING for s in run.request["blueprint"]["sections"])
    found = differing(run.blackboard)
    return differences_of([one for one in found if is_conflict(one) or not listed], run.words)


def _for_readers(blackboard: Blackboard, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return for_readers(findings, [text_of(content) for content in contents(blackboard).values()])


def _reopen(sections: Sequence[tuple[str, int, dict[str, Any]]]) -> list[Outgoing]:
    return [emit(SectionReopened(**data), section=section, epoch=epoch) for section, epoch, data in sections]


def _answer(state: State) -> dict[str, Any] | None:
    """Give the person's answer that woke the editor, if one did."""
    event = state["event"]
    return event["data"] if is_a(event, AnswerGiven) else None


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
    (SectionReopened, ReleaseProposed, DocumentApproved, DocumentFailed),
    compare,
    check_rules,
    read_through,
    decide,
    state=State,
)
