"""The reviewer: look for what code can see, read as a reader would, then grade."""

from typing import NotRequired, cast

from quire.graphs.agents.reviewer.events import SectionReviewed
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import subgraph
from quire.graphs.kernel.emitting import say
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import run_of
from quire.nodes.author.reading import quoting, reading_schema, request_reading, text_of
from quire.nodes.checks.review import grade, read_draft
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import SectionContent
from quire.nodes.model.request import Fenced

_SYSTEM = prompt("reviewer", "read")
_GOOD_ENOUGH = 4


class State(AgentState):
    """The reviewer's state."""

    findings: NotRequired[list[Finding]]
    grade: NotRequired[int]


async def look(state: State) -> Update:
    """Name the faults that code can see."""
    content = cast("SectionContent", state["event"]["data"]["content"])
    findings = read_draft(content, state["lane"]["section"])
    return {"findings": findings, "grade": grade(findings)}


async def read(state: State) -> Update:
    """Have a model read what a model wrote. What code composed says exactly what its sources say."""
    run, spec = await run_of(state["lane"]["run"]), state["lane"]["section"]
    models = await models_for(run, "reviewer")
    if models is None or state["event"]["data"]["model"] is None:
        return {}
    text = text_of(cast("SectionContent", state["event"]["data"]["content"]))
    asked: list[str | Fenced] = [
        f"The section “{spec['title']}”. What it must do: {spec['instructions']}",
        Fenced("draft", text),
    ]
    request = request_reading(models, _SYSTEM, asked, reading_schema("section", [spec["id"]]))
    reply = (await ask(run, state, "reviewer", "read", request)).parsed
    objections = quoting(reply["objections"], text, spec["title"], spec["instructions"])
    findings = [
        Finding(rule="review", severity="warning", message=f"“{o['quote']}”: {o['problem']}", where=spec["id"])
        for o in objections
    ]
    graded = min(state["grade"], reply["grade"]) if findings else state["grade"]
    return {"findings": state["findings"] + findings, "grade": graded}


async def give_grade(state: State) -> Update:
    """Send the draft back for an error, or for objections that leave it short of good."""
    findings = state["findings"]
    read_badly = any(f["rule"] == "review" for f in findings) and state["grade"] < _GOOD_ENOUGH
    blocks = read_badly or any(f["severity"] == "error" for f in findings)
    reviewed = SectionReviewed(blocks=blocks, findings=[dict(f) for f in findings], grade=state["grade"])
    return {"said": [say(reviewed)]}


graph = subgraph("reviewer", (SectionReviewed,), look, read, give_grade, state=State)
