"""The arbiter: merge what the judges found, then decide."""

from typing import Any, NotRequired

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.arbiter.judgement import Judgement, judge, rounds_used
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.kernel.agent_state import AgentState, Lane, Update
from quire.graphs.kernel.contract import subgraph
from quire.graphs.kernel.emitting import say
from quire.graphs.run.approvals import question_for
from quire.graphs.run.blackboard import Board
from quire.graphs.run.dependencies import drafts_read, inputs_read
from quire.graphs.run.run import run_of
from quire.graphs.run.section_inputs import missing_of
from quire.nodes.event_store.port import Envelope


class State(AgentState):
    """The arbiter's state."""

    judgement: NotRequired[dict[str, Any]]


async def merge(state: State) -> Update:
    """Weigh all verdicts on the draft against the rounds that are left."""
    run = await run_of(state["lane"]["run"])
    lane = run.board.lane(state["lane"]["section"]["id"], state["lane"]["epoch"])
    judged = judge(state["joined"], rounds_used(lane), run.request["options"]["max_rounds"], run.words)
    return {"judgement": judged._asdict()}


async def decide(state: State) -> Update:
    """Approve the draft, send it back, or give the section up."""
    run, judged = await run_of(state["lane"]["run"]), Judgement(**state["judgement"])
    drafts = drafts_of(run.board, state["lane"])
    if judged.decision == "revise":
        return {"said": [say(RevisionRequested(findings=judged.findings))]}
    if judged.decision == "fail":
        return {"said": [say(SectionFailed(reason=judged.reason, rounds=len(drafts)))]}
    section, epoch = state["lane"]["section"]["id"], state["lane"]["epoch"]
    approval = _approval(drafts, judged, missing_of(run.board, section, epoch))
    question = question_for(section, run.request["options"].get("approve", []))
    if question is None and not drafts_read(inputs_read(run.board.lane(section, epoch))):
        return {"said": [say(approval)]}
    text = f"May the section “{state['lane']['section']['title']}” stand as drafted?"
    return {"said": [say(SectionSubmitted(question=None, text=text, approval=approval.model_dump(mode="json")))]}


def drafts_of(board: Board, lane: Lane) -> list[Envelope]:
    """Give the drafts of the section's epoch, in order."""
    return board.of_lane(lane["section"]["id"], lane["epoch"], SectionDrafted)


def _approval(drafts: list[Envelope], judged: Judgement, missing: dict[str, str]) -> SectionApproved:
    draft = drafts[-1]["data"]
    return SectionApproved(
        content=draft["content"],
        digest=draft["digest"],
        words=draft["words"],
        rounds=len(drafts),
        findings=judged.findings,
        missing=missing,
        models=draft["model"].split(", ") if draft["model"] else [],
    )


graph = subgraph(
    "arbiter", (RevisionRequested, SectionSubmitted, SectionApproved, SectionFailed), merge, decide, state=State
)
