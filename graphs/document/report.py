"""The document graph as a tool of a program: it takes a brief, and whatever the brief is, it ends with words.

A host that offers graphs as tools shows a result and hides what is raised: LangGraph's server, at ``/mcp``, gives the
name of the exception's class and nothing of its text. Here what is wrong with a brief is a result.
"""

from typing import Any

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from quire.graphs.dispatch.synchronous import synchronous_too
from quire.graphs.intake.brief_input import BriefInput
from quire.graphs.kernel.agent_state import AgentGraph, Update
from quire.nodes.faults import BadInput

REFUSED = "refused"
"""The status of a brief of which nothing was written."""


class Report(TypedDict):
    """What came of it."""

    status: str
    """The run's, or ``refused``."""
    markdown: str
    problems: list[str]
    """What is wrong with the brief, each with its place; or why sections are not written as they were asked for."""


class ReportState(BriefInput, Report):
    """What was asked and what came of it."""


def report_graph(document: AgentGraph) -> AgentGraph:
    """Compile the document graph as a tool."""

    async def write(state: ReportState) -> Update:
        """Write the document, unless the brief cannot be used."""
        asked = {name: part for name, part in state.items() if name in BriefInput.__annotations__}
        try:
            _require_no_approval(asked)
            written = await document.ainvoke(asked)
        except BadInput as refused:
            return _report(REFUSED, problems=[str(each) for each in refused.problems])
        failed = [f"{each['id']}: {each['reason']}" for each in written["sections"] if each.get("reason")]
        return _report(written["status"], markdown=written["markdown"], problems=failed)

    graph = StateGraph(ReportState, input_schema=BriefInput, output_schema=Report)
    graph.add_node("write", write)
    graph.add_edge(START, "write")
    graph.add_edge("write", END)
    return synchronous_too(graph.compile(name="report"))


def _require_no_approval(asked: dict[str, Any]) -> None:
    """Refuse to wait: whoever calls a tool waits for its result, and has no way to answer.

    Raises:
        BadInput: something is to be approved.

    """
    options = asked.get("options")
    if isinstance(options, dict) and options.get("approve"):
        raise BadInput(
            "a tool cannot wait for a person", field="options.approve", hint="leave it out, or run the graph `document`"
        )


def _report(status: str, *, markdown: str = "", problems: list[str] | None = None) -> Update:
    return {"status": status, "markdown": markdown, "problems": problems or []}
