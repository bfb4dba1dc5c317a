"""Plans over HTTP: what would be written of a brief, and what it would take."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field

from quire.graphs.intake.blueprint_models import Part
from quire.graphs.run.commands import answer
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput
from quire.server.execution.follow import PAUSED, following
from quire.server.execution.planning import PlanReport, asked_for_its_plan, report_plan
from quire.server.http.intake import posted
from quire.server.http.openapi import BRIEF_BODY
from quire.server.http.problems import Conflict
from quire.server.http.routes.access import Admitting, Tenant, Work
from quire.server.http.routes.answers import problems
from quire.server.http.routes.version import version_asked

router = APIRouter(tags=["documents"])


class Revision(Part):
    """What is to be different about the plan."""

    model_config = ConfigDict(strict=False)  # a query is text

    note: str = Field("", max_length=4_000, description="In words; the planner changes the plan as it says.")


@router.post("/plan", openapi_extra=BRIEF_BODY, responses=problems(404, 409, 413, 415, 422, 429))
async def plan(
    request: Request, admitting: Admitting, tenant: Tenant, work: Work, asked_for: Annotated[Revision, Query()]
) -> PlanReport:
    """Plan the document that a brief asks for, without writing it; with `from`, also what would stand of a version.

    With a ``note``, the plan is changed as it says.

    Its `sections`, as they are or edited, are followed by a brief that carries them as `plan`.
    """
    brief, _ = await version_asked(await posted(request), work, tenant)
    run = await admitting.begin(asked_for_its_plan(brief), tenant)
    try:
        await _paused(work, run, 0)
        if asked_for.note:
            revised = {"decision": "revise", "note": asked_for.note, "drop": [], "holds": ""}
            told = await work.tell(run, lambda planned: answer(planned, "plan", revised))
            await _paused(work, run, told["n"])
        return await report_plan(work.runs, run, Settings.read())
    except BadInput as fault:
        raise Conflict(f"{fault.problem}: its run is {run}") from fault
    finally:
        if (await work.runs.row(run))["status"] not in FINAL:
            await work.cancel(run)


async def _paused(work: Work, run: str, after: int) -> None:
    """Wait until a run waits or is over, from an event on."""
    async for _ in following(work.runs.record, run, after, until=PAUSED):
        pass
