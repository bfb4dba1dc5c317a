"""The tools that a client of the Model Context Protocol is offered."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from quire.nodes.faults import Fault
from quire.nodes.verification.verdict import Verified
from quire.server.execution.extracting import RecordsReport
from quire.server.execution.planning import PlanReport
from quire.server.http.problems import Refused
from quire.server.mcp.reports import Reports, Told, problem_of
from quire.server.mcp.shapes import OpenQuestions, Report, ReportText, SectionEvidence
from quire.server.mcp.verifying import verify_against, verify_alone
from quire.server.observe.release import released

P = ParamSpec("P")
T = TypeVar("T")
Anyhow = Context[Any, Any]
TenantOf = Callable[[Anyhow], str]
BriefOf = Callable[[Any], Mapping[str, Any]]
"""Gives the brief that a call names."""

_INSTRUCTIONS = (
    "Quire writes long reports in which every statement leads to its source. write_report begins one and returns its "
    "id; get_report says how it stands; read_report gives the text. A report goes on whether anybody waits or not."
)
Brief = Annotated[
    dict[str, Any] | str,
    Field(
        description="blueprint (a kind of document, such as general-report), title, facts, and sources with their "
        "content: {name, text} or {name, base64}; or the same as JSON text.",
        examples=[
            {
                "blueprint": "general-report",
                "title": "The roof of 41 Mill Lane",
                "facts": {"question": "When was the roof replaced?"},
                "sources": [{"name": "notes.md", "text": "The roof was replaced in 2021."}],
            }
        ],
    ),
]
Id = Annotated[str, Field(description="The report's id, as write_report returned it.")]
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_ENDS = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=False)


def server_of(reports: Callable[[], Reports], tenant_of: TenantOf, brief_of: BriefOf) -> MCPServer[Any]:
    """Make the server of the tools.

    Args:
        reports: gives what the tools work on.
        tenant_of: tells whose call it is.
        brief_of: gives the brief that a call names, as a mapping.

    """
    server: MCPServer[Any] = MCPServer("quire", instructions=_INSTRUCTIONS, version=released(), log_level="WARNING")
    _add_writing(server, reports, tenant_of, brief_of)
    _add_reading(server, reports, tenant_of)
    _add_verifying(server)
    return server


def _add_writing(
    server: MCPServer[Any], reports: Callable[[], Reports], tenant_of: TenantOf, brief_of: BriefOf
) -> None:
    """Add what begins a report, answers it and ends it."""

    @server.tool(annotations=_WRITES)
    @_refusing
    async def write_report(brief: Brief, context: Anyhow) -> Report:
        """Begin a report, and say how it stands after some seconds. The same brief again is the same report."""
        return await reports().write(await _given(brief, brief_of), tenant_of(context), _telling(context))

    @server.tool(annotations=_WRITES)
    @_refusing
    async def extract_records(brief: Brief, context: Anyhow) -> RecordsReport:
        """Read the records that a brief's blueprint declares out of its sources, each value with its quote."""
        return await reports().extract(await _given(brief, brief_of), tenant_of(context))

    @server.tool(annotations=_WRITES)
    @_refusing
    async def answer(
        report: Id,
        question: Annotated[str, Field(description="The question's id: plan, release, section:ID, conflict:N.")],
        context: Anyhow,
        decision: Literal["approve", "revise", "reject"] = "approve",
        note: Annotated[str, Field(description="What is to change, or why not.")] = "",
        holds: Annotated[str, Field(description="Of sources that differ, the one whose value counts.")] = "",
    ) -> Report:
        """Answer a question that a report waits for. It is a person's to decide: ask them first."""
        given = {"question": question, "decision": decision, "note": note, "holds": holds}
        return await reports().answer(report, given, tenant_of(context))

    @server.tool(annotations=_ENDS)
    @_refusing
    async def cancel(report: Id, context: Anyhow) -> Report:
        """Cancel a report that is being written; what was approved until then can be read."""
        return await reports().cancel(report, tenant_of(context))

    @server.tool(annotations=_WRITES)
    @_refusing
    async def plan_report(brief: Brief, context: Anyhow) -> PlanReport:
        """Plan a report without writing it: its sections, and the calls, tokens and cost to expect."""
        return await reports().plan(await _given(brief, brief_of), tenant_of(context))


def _add_reading(server: MCPServer[Any], reports: Callable[[], Reports], tenant_of: TenantOf) -> None:
    """Add what shows a report and what it rests on."""

    @server.tool(annotations=_READS)
    @_refusing
    async def get_report(report: Id, context: Anyhow) -> Report:
        """Say how a report stands: done, waiting for a person, or still being written. Waits some seconds for it."""
        return await reports().get(report, tenant_of(context), _telling(context))

    @server.tool(annotations=_READS)
    @_refusing
    async def read_report(report: Id, context: Anyhow) -> ReportText:
        """Give a report's text as Markdown, with its footnotes, open questions and register of sources."""
        return await reports().read(report, tenant_of(context))

    @server.tool(annotations=_READS)
    @_refusing
    async def read_evidence(
        report: Id, section: Annotated[str, Field(description="The section's id.")], context: Anyhow
    ) -> SectionEvidence:
        """Give a section's claims, each with its verdict and the passages of the sources that carry it."""
        return await reports().evidence(report, section, tenant_of(context))

    @server.tool(annotations=_READS)
    @_refusing
    async def open_questions(report: Id, context: Anyhow) -> OpenQuestions:
        """Give what is not settled: questions to a person, what the sources leave open, sources that differ."""
        return await reports().questions(report, tenant_of(context))

    @server.resource("report://{report}", mime_type="text/markdown", description="A report's text.")
    async def report_text(report: str, context: Anyhow) -> str:
        return (await reports().read(report, tenant_of(context)))["markdown"]


def _add_verifying(server: MCPServer[Any]) -> None:
    """Add what checks what anybody wrote."""

    @server.tool(annotations=_READS)
    @_refusing
    async def verify_text(
        text: Annotated[str, Field(description="Markdown; each of its sentences is looked up in the sources.")],
        sources: Annotated[list[dict[str, Any]], Field(description="{name, text} or {name, base64}, each.")],
    ) -> list[Verified]:
        """Check whether sources support a text, sentence by sentence. Leaves nothing behind."""
        return await verify_against(text, sources)

    @server.tool(annotations=_READS)
    @_refusing
    async def verify_claim(
        claim: str, evidence: Annotated[list[str], Field(description="The passages that are to carry it.")]
    ) -> Verified:
        """Check whether passages support a claim. Leaves nothing behind."""
        return await verify_alone(claim, evidence)


def _refusing(tool: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Have refusals reach the caller in their own words: what else is raised is hidden from him."""

    @functools.wraps(tool)
    async def called(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return await tool(*arguments, **named)
        except (Fault, Refused) as fault:
            raise ToolError(problem_of(fault)) from fault

    return called


async def _given(brief: dict[str, Any] | str, brief_of: BriefOf) -> Mapping[str, Any]:
    return brief if isinstance(brief, dict) else await asyncio.to_thread(brief_of, brief)


def _telling(context: Anyhow) -> Told:
    async def told(closed: float, planned: int, line: str) -> None:
        await context.report_progress(closed, planned or None, line)

    return told
