"""What the tools do, without the protocol: a report is begun, looked at, read, answered and cancelled by its id."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, TypeAlias

from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.events import is_a
from quire.graphs.insight.explanation import explain
from quire.graphs.run.approvals import OpenQuestion
from quire.graphs.run.summary import CLOSED_AS
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import FINAL, RunRow, title_of
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import BadInput
from quire.nodes.render.markdown import render
from quire.server.execution.carrying import Carrier
from quire.server.execution.extracting import RecordsReport, asked_for_its_records, report_records
from quire.server.execution.follow import PAUSED, following
from quire.server.execution.planning import PlanReport, asked_for_its_plan, report_plan
from quire.server.execution.runs import Runs, is_id
from quire.server.http.admission import Admission
from quire.server.http.intake import checked
from quire.server.http.problems import Conflict, NotFound
from quire.server.http.routes.telling import tell, telling_of
from quire.server.mcp.shapes import OpenQuestions, Report, ReportText, SectionEvidence
from quire.server.presentation.event_line import line_of

WAIT: Final = 20.0
"""Seconds that a call waits for its report before it says how far it is: clients give up after some thirty."""
Told: TypeAlias = Callable[[float, int, str], Awaitable[None]]
"""Told of progress: how many sections are closed, and a part of one more; of how many; the last event as a line."""


class Reports:
    """The reports of one record, for callers of tools.

    Args:
        carrier: what they are left to. A caller who goes away stops none of them.
        most: of one tenant that may be at work at once.

    """

    def __init__(self, carrier: Carrier, most: int) -> None:
        self._carrier = carrier
        self._runs: Runs = carrier.runs
        self._admission = Admission(carrier, most)

    async def write(self, given: Any, tenant: str, told: Told) -> Report:
        """Begin a report, wait a little for it, and say how it stands. The same brief again is the same report.

        Raises:
            BadInput: with every field that cannot be used.
            TooMany: the tenant has as many at work as it may.

        """
        asked = await asyncio.to_thread(checked, given)
        run = await self._begun(asked, tenant)
        await self._carrier.carry_on(run)
        return await self._awaited(run, told)

    async def _begun(self, asked: Mapping[str, Any], tenant: str) -> str:
        """Begin it, unless it was begun; one that failed or was cancelled is begun anew."""
        digest = hashlib.sha256(canonical(asked).encode()).hexdigest()
        attempts = 0
        while True:
            run, again = await self._admission.begin_once(asked, tenant, f"mcp {digest} {attempts}")
            if not again or (await self._runs.row(run))["status"] not in ("failed", "cancelled"):
                return run
            attempts += 1

    async def get(self, run: str, tenant: str, told: Told) -> Report:
        """Say how a report stands, after waiting a little for it to be done. One that was interrupted goes on.

        Raises:
            NotFound: there is none.

        """
        await self._row(run, tenant)
        await self._carrier.carry_on(run)
        return await self._awaited(run, told)

    async def read(self, run: str, tenant: str) -> ReportText:
        """Give a report's text; while it waits for a person, what was written until then.

        Raises:
            NotFound: there is none.
            Conflict: nothing is written yet.

        """
        row = await self._row(run, tenant)
        document = await self._runs.document(run)
        if document is None and row["status"] == "waiting":
            document = await self._runs.draft(run)
        if document is None:
            raise Conflict(f"the report is {await self._runs.standing(row)}: nothing of it can be read yet")
        text = await asyncio.to_thread(render, document)
        return ReportText(id=run, status=row["status"], markdown=text.decode())

    async def evidence(self, run: str, section: str, tenant: str) -> SectionEvidence:
        """Give what a section claims, and what carries it.

        Raises:
            NotFound: there is no such report.
            BadInput: it has no such section.

        """
        await self._row(run, tenant)
        journal = await self._runs.journal(run)
        told = explain(run, journal, await self._runs.record.ledger(run), section)
        return SectionEvidence(id=run, section=section, claims=told["claims"])

    async def questions(self, run: str, tenant: str) -> OpenQuestions:
        """Give what is not settled in a report.

        Raises:
            NotFound: there is none.

        """
        await self._row(run, tenant)
        view = await self._runs.view(run)
        document = await self._runs.document_of(view)
        return OpenQuestions(
            for_a_person=view.report["questions"],
            left_open_by_the_sources=document["open_questions"] if document else [],
            conflicts=[dict(one) for one in view.report["conflicts"]],
        )

    async def answer(self, run: str, given: Mapping[str, Any], tenant: str) -> Report:
        """Answer what a report waits for, and have it go on.

        Raises:
            NotFound: there is none.
            BadInput: there is no such question, or that is no answer.
            AlreadyAnswered: somebody else has answered it.
            RunOver: the report is closed.

        """
        await self._row(run, tenant)
        told = telling_of({"type": "answer", **given})
        await self._carrier.tell(run, partial(tell, told=told))
        return await self._standing(run)

    async def cancel(self, run: str, tenant: str) -> Report:
        """Cancel a report.

        Raises:
            NotFound: there is none.
            Conflict: it is over.

        """
        row = await self._row(run, tenant)
        if row["status"] in FINAL:
            raise Conflict(f"the report is closed: it is {row['status']}")
        await self._carrier.cancel(run)
        return await self._standing(run)

    async def plan(self, given: Any, tenant: str) -> PlanReport:
        """Plan a report without writing it.

        Raises:
            BadInput: with every field that cannot be used, or why there is no plan.
            TooMany: the tenant has as many at work as it may.

        """
        asked = await asyncio.to_thread(checked, given)
        async with self._only_begun(asked_for_its_plan(asked), tenant) as run:
            return await report_plan(self._runs, run, Settings.read())

    async def extract(self, given: Any, tenant: str) -> RecordsReport:
        """Read the records that a brief's blueprint declares, without writing the report.

        Raises:
            BadInput: with every field that cannot be used, or why there are no records.
            TooMany: the tenant has as many at work as it may.

        """
        asked = asked_for_its_records(await asyncio.to_thread(checked, given))
        async with self._only_begun(asked, tenant) as run:
            return await report_records(self._runs, run)

    @asynccontextmanager
    async def _only_begun(self, asked: Mapping[str, Any], tenant: str) -> AsyncIterator[str]:
        """Begin a run that is wanted for what it has when it pauses, and end it then."""
        run = await self._admission.begin(asked, tenant)
        try:
            async for _ in following(self._runs.record, run, 0, until=PAUSED):
                pass
            yield run
        finally:
            if (await self._runs.row(run))["status"] not in FINAL:
                await self._carrier.cancel(run)

    async def _row(self, run: str, tenant: str) -> RunRow:
        """Find a run of the caller's; whether it is another's is not told."""
        row = await self._runs.record.row(run) if is_id(run) else None
        if row is None or row["tenant"] != tenant:
            raise NotFound(f"there is no report {run!r}")
        return row

    async def _awaited(self, run: str, told: Told) -> Report:
        """Wait for it to be done or to ask, but not for long."""
        with_time = asyncio.timeout(WAIT)
        try:
            async with with_time:
                await self._followed(run, told)
        except TimeoutError:
            if not with_time.expired():
                raise
        return await self._standing(run)

    async def _followed(self, run: str, told: Told) -> None:
        planned: set[str | None] = set()
        closed: set[str | None] = set()
        before = 0.0
        async for event in following(self._runs.record, run, 0, until=PAUSED):
            _count(event, planned, closed)
            done = len(closed) + 1 - 1 / event["n"]
            if done > before:  # the protocol wants it to grow; a section that is opened again makes it less
                await told(done, len(planned), line_of(event).strip())
                before = done

    async def _standing(self, run: str) -> Report:
        view = await self._runs.view(run)
        report = view.report
        missing = [f"{s['id']}: {s['reason']}" for s in report["sections"] if s.get("reason")]
        objections = [f"{one['section']}: {one['rule']}: {one['text']}" for one in report["objections"]]
        return Report(
            id=run,
            title=title_of(view.row),
            status=report["status"],
            sections=dict(Counter(section["status"] for section in report["sections"])),
            questions=report["questions"],
            problems=[*missing, *objections, *report["warnings"], *([report["reason"]] if report["reason"] else [])],
            next=_next(report["status"], report["questions"]),
        )


def _count(event: Envelope, planned: set[str | None], closed: set[str | None]) -> None:
    if is_a(event, SectionPlanned):
        planned.add(event["section"])
        closed.discard(event["section"])
    elif event["type"] in CLOSED_AS:
        closed.add(event["section"])
        planned.add(event["section"])


def _next(status: str, questions: Sequence[OpenQuestion]) -> str:
    if questions:
        return "ask the person, then call answer with the question's id; read_report shows what is written so far"
    if status in ("done", "partial"):
        return "call read_report for its text, read_evidence for what a section's claims rest on"
    if status in FINAL:
        return "it is over; problems says why"
    return "call get_report again; the report is written whether anybody waits or not"


def problem_of(fault: Exception) -> str:
    """Put a refusal into words for whoever called a tool: every problem with its place and what to do."""
    return "\n".join(map(str, fault.problems)) if isinstance(fault, BadInput) else str(fault)
