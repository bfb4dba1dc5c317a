"""The document graph as a tool of somebody's own agent (LangChain)."""

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import BaseModel, ConfigDict, Field, create_model

from quire.graphs.document.document_graph import graph
from quire.graphs.document.report import Report, report_graph
from quire.graphs.intake.brief_input import GENERAL
from quire.graphs.kernel.agent_state import AgentGraph
from quire.nodes.faults import BadInput

_WHAT = (
    "Write a long report in which every statement leads to its source. Returns its status, its text as Markdown, and "
    "the problems, if something of it could not be written."
)


class ToolSource(BaseModel):
    """A source: its name, and its text or its bytes in base64."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="With an ending that says what it is: notes.md, survey.csv.")
    text: str | None = None
    base64: str | None = None


class ToolBrief(BaseModel):
    """What a model says of the report that it wants."""

    title: str = Field(description="Of the report.")
    facts: dict[str, Any] = Field(
        default_factory=dict, description='What is known; {"question": …} is what the report is to answer.'
    )
    sources: list[ToolSource] = Field(default_factory=list, description="What it is written from.")
    blueprint: str = Field(default=GENERAL, description="The kind of document.")
    language: str | None = Field(default=None, description="en or de; if left out, that of most sources.")


def tool(document: AgentGraph | None = None, **fixed: Any) -> BaseTool:
    """Make a tool that writes a report, for an agent of one's own.

    It is awaited where the agent runs asynchronously, and its events are in the stream of the graph that calls it. It
    waits for nobody: a brief that asks for approval is refused. What is wrong with a brief is a result too.

    Args:
        document: a graph that ``build`` made; the one with the shipped agents if left out.
        fixed: fields of the brief that the model does not choose, such as ``sources``, ``blueprint`` or ``options``.

    Raises:
        BadInput: a field is none of a brief's.

    """
    known = {*ToolBrief.model_fields, "options", "locale"}
    if unknown := sorted(set(fixed) - known):
        raise BadInput("is no field of a brief", field=unknown[0], hint=f"fields are {', '.join(sorted(known))}")
    report = report_graph(document or graph)
    chosen = {name: (info.annotation, info) for name, info in ToolBrief.model_fields.items() if name not in fixed}
    asked: Any = create_model("ReportBrief", __doc__=_WHAT, **chosen)  # type: ignore[call-overload] # fields made here

    def brief_of(given: dict[str, Any]) -> dict[str, Any]:
        wanted = asked(**given).model_dump(exclude_none=True)
        return {**wanted, **fixed}

    async def write(**given: Any) -> Report:
        written: Report = await report.ainvoke(brief_of(given))  # type: ignore[assignment] # the graph's output
        return written

    def write_now(**given: Any) -> Report:
        written: Report = report.invoke(brief_of(given))  # type: ignore[assignment] # the graph's output
        return written

    return StructuredTool.from_function(write_now, write, name="write_report", description=_WHAT, args_schema=asked)
