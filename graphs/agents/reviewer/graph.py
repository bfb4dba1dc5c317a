"""The reviewer: read the draft, then grade it and name its faults."""

from typing import cast

from typing_extensions import NotRequired

from graphs.agents.reviewer.events import SectionReviewed
from graphs.contract import AgentState, Update, say, subgraph
from nodes.computations.materials import Finding
from nodes.content import SectionContent
from nodes.review import grade, read_draft


class State(AgentState):
    """The reviewer's state."""

    findings: NotRequired[list[Finding]]


async def read(state: State) -> Update:
    """Read the draft as its reader will."""
    content = cast("SectionContent", state["event"]["data"]["content"])
    return {"findings": read_draft(content, state["lane"]["section"])}


async def give_grade(state: State) -> Update:
    """Grade the draft; an error sends it back."""
    findings = state["findings"]
    blocks = any(f["severity"] == "error" for f in findings)
    reviewed = SectionReviewed(blocks=blocks, findings=[dict(f) for f in findings], grade=grade(findings))
    return {"said": [say(reviewed)]}


graph = subgraph("reviewer", (SectionReviewed,), read, give_grade, state=State)
