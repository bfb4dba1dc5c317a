"""The arbiter: merge what the judges found, then decide."""

from typing import Any, NotRequired, cast

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.arbiter.judgement import Judgement, judge
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.kernel.agent_state import AgentState, Scope, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.approvals import question_for
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.dependencies import drafts_read, inputs_read
from quire.graphs.run.judged_draft import JudgedDraft, judged_draft
from quire.graphs.run.rounds import drafts_left
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import missing_of
from quire.graphs.run.shown_to_judges import written_from
from quire.nodes.author.reading import text_of
from quire.nodes.checks.persons import against_persons
from quire.nodes.computations.materials import Finding
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import unjudged
from quire.nodes.evidence.content import digest_of, words_in
from quire.nodes.language.catalogue import Words
from quire.nodes.model.material import source_line
from quire.nodes.model.request import Fenced


class State(AgentState):
    """The arbiter's state."""

    judgement: NotRequired[dict[str, Any]]


async def merge(state: State) -> Update:
    """Weigh all verdicts on the draft against the drafts that are left."""
    run = await run_of(state["scope"]["run"])
    events = run.blackboard.events_of(state["scope"]["section"]["id"], state["scope"]["epoch"])
    draft = await judged_draft(run, state["scope"])
    known = [*_told_to_judges(run, state["scope"]), *(await _shown_to_judges(run, state["scope"], draft))]
    left = drafts_left(events, run.request["options"]["max_rounds"])
    judged = judge(state["joined"], left, len(drafts_of(run.blackboard, state["scope"])), run.words, known)
    return {"judgement": judged._asdict()}


async def decide(state: State) -> Update:
    """Approve the draft, send it back, or give the section up."""
    run, judged = await run_of(state["scope"]["run"]), Judgement(**state["judgement"])
    drafts = drafts_of(run.blackboard, state["scope"])
    edited = bool(drafts and drafts[-1]["data"].get("edited"))
    if judged.decision in {"revise", "revise for evidence"} and not edited:
        for_evidence = judged.decision == "revise for evidence"
        return {"outgoing": [emit(RevisionRequested(findings=judged.findings, for_evidence=for_evidence))]}
    draft = await judged_draft(run, state["scope"])
    if draft is None or (judged.decision == "fail" and not edited):
        return {"outgoing": [emit(SectionFailed(reason=judged.reason, rounds=len(drafts)))]}
    section, epoch = state["scope"]["section"]["id"], state["scope"]["epoch"]
    findings = [*judged.findings, *_against_persons(draft, section, run.words)]
    approval = _approval(draft, len(drafts), findings, missing_of(run.blackboard, section, epoch))
    question = question_for(section, run.request["options"].get("approve", []))
    if question is None and not drafts_read(inputs_read(run.blackboard.events_of(section, epoch))):
        return {"outgoing": [emit(approval)]}
    text = f"May “{state['scope']['section']['title']}” go into the document as it is written?"
    return {"outgoing": [emit(SectionSubmitted(question=None, text=text, approval=approval.model_dump(mode="json")))]}


def _told_to_judges(run: Run, scope: Scope) -> list[str]:
    """Give what the blueprint tells its judges to look for."""
    spec, blueprint = scope["section"], run.request["blueprint"]
    told = [text for agent in blueprint["agents"] for text in (agent["prompt"] or "", *agent["checklist"])]
    return [spec["title"], spec["instructions"], *(rule["text"] for rule in blueprint["rules"]), *told]


async def _shown_to_judges(run: Run, scope: Scope, draft: JudgedDraft | None) -> list[str]:
    """Give what a draft says, and what it was written from. What was taken out of it is neither."""
    if draft is None:
        return []
    shown = await written_from(run, scope, draft.content)
    beside = [part.text if isinstance(part, Fenced) else part for part in shown.beside]
    named = [source_line(e) for e in shown.evidence] + [e.get("heading", "") for e in shown.evidence]
    return [text_of(draft.content), *dict.fromkeys(named), *(e["quote"] for e in shown.evidence), *beside]


def _against_persons(draft: JudgedDraft, section: str, words: Words) -> list[dict[str, Any]]:
    """Say openly what stands against persons' words: they stay all the same."""
    said = against_persons(draft.content, words)
    return [dict(Finding(rule="person", severity="warning", message=m, where=section, read=True)) for m in said]


def drafts_of(blackboard: Blackboard, scope: Scope) -> list[Envelope]:
    """Give the drafts of the section's epoch, in order."""
    return blackboard.events_of(scope["section"]["id"], scope["epoch"], SectionDrafted)


def _approval(
    draft: JudgedDraft, rounds: int, findings: list[dict[str, Any]], missing: dict[str, str]
) -> SectionApproved:
    """Approve a draft as it is without what does not hold. Its digest is of its words: verdicts change none."""
    drafted, words = draft.event["data"], words_in(draft.content["blocks"])
    return SectionApproved(
        content=cast("dict[str, Any]", draft.content),
        digest=drafted["digest"] if draft.as_drafted else digest_of(unjudged(draft.content)),
        words=drafted["words"] if draft.as_drafted else words,
        rounds=rounds,
        findings=findings,
        missing=missing,
        models=drafted["model"].split(", ") if drafted["model"] else [],
        struck=[dict(s) for s in draft.struck],
    )


graph = subgraph(
    "arbiter", (RevisionRequested, SectionSubmitted, SectionApproved, SectionFailed), merge, decide, state=State
)
