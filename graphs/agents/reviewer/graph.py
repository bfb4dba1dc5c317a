"""The reviewer: look for what code can see, read as a reader would, then grade."""

from typing import NotRequired

from quire.graphs.agents.reviewer.events import SectionReviewed
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.judged_draft import has_errors, judged_draft, rule_findings
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import run_of
from quire.graphs.run.shown_to_judges import shown_to_judges
from quire.nodes.author.reading import (
    GOOD_ENOUGH,
    quoting,
    reading_schema,
    remarks,
    request_reading,
    text_of,
    told,
)
from quire.nodes.checks.review import grade, read_draft
from quire.nodes.computations.materials import Finding

_SYSTEM = prompt("reviewer", "read")


class State(AgentState):
    """The reviewer's state."""

    findings: NotRequired[list[Finding]]
    grade: NotRequired[int]


async def look(state: State) -> Update:
    """Name the faults that code can see."""
    draft = await judged_draft(await run_of(state["scope"]["run"]), state["scope"])
    findings = read_draft(draft.content, state["scope"]["section"]) if draft else []
    return {"findings": findings, "grade": grade(findings)}


async def read(state: State) -> Update:
    """Have a model read what a model wrote. What code composed says exactly what its sources say.

    Nobody is asked about a draft that goes back, or fails, whatever a reader would say.
    """
    run, spec = await run_of(state["scope"]["run"]), state["scope"]["section"]
    models, draft = await models_for(run, "reviewer"), await judged_draft(run, state["scope"])
    if models is None or draft is None or not draft.worth_reading:
        return {}
    if has_errors([*state["findings"], *await rule_findings(run, state["scope"], draft.content)]):
        return {}
    text = text_of(draft.content)
    shown = await shown_to_judges(run, state["scope"], draft)
    request = request_reading(models, _SYSTEM, reading_schema(), (), shown)
    reply = (await ask(run, state, "reviewer", "read", request)).parsed
    findings = [
        Finding(rule="review", severity="warning", message=told(o), where=spec["id"], read=True)
        for o in quoting(reply["objections"], text)
    ]
    graded = min(state["grade"], reply["grade"]) if findings else state["grade"]
    return {"findings": state["findings"] + findings, "grade": graded}


async def give_grade(state: State) -> Update:
    """Send the draft back for an error, or for objections that leave it short of good while another may follow.

    What a reader would have liked better keeps no section out, and what leaves the draft good is a remark.
    """
    findings, draft = state["findings"], await judged_draft(await run_of(state["scope"]["run"]), state["scope"])
    read_badly = any(f["rule"] == "review" for f in findings) and state["grade"] < GOOD_ENOUGH
    blocks = has_errors(findings) or (read_badly and draft is not None and not draft.last)
    findings = findings if read_badly else remarks(findings)
    reviewed = SectionReviewed(blocks=blocks, findings=[dict(f) for f in findings], grade=state["grade"])
    return {"outgoing": [emit(reviewed)]}


graph = subgraph("reviewer", (SectionReviewed,), look, read, give_grade, state=State)
