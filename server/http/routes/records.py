"""Records over HTTP: what a brief's blueprint declares, read out of its sources."""

from fastapi import APIRouter, Request

from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput
from quire.server.execution.extracting import RecordsReport, asked_for_its_records, report_records
from quire.server.execution.follow import PAUSED, following
from quire.server.http.intake import brief_of
from quire.server.http.openapi import BRIEF_BODY
from quire.server.http.problems import Conflict
from quire.server.http.routes.access import Admitting, Tenant, Work
from quire.server.http.routes.answers import problems

router = APIRouter(tags=["documents"])


@router.post("/extract", openapi_extra=BRIEF_BODY, responses=problems(409, 413, 415, 422, 429))
async def extract(request: Request, admitting: Admitting, tenant: Tenant, work: Work) -> RecordsReport:
    """Read the records that a brief's blueprint declares out of its sources, for a person to correct.

    Its `records`, as they are or corrected, are taken back by a brief that carries them as `records`.
    """
    asked = asked_for_its_records(await brief_of(request))
    run = await admitting.begin(asked, tenant)
    try:
        async for _ in following(work.runs.record, run, 0, until=PAUSED):
            pass
        return await report_records(work.runs, run)
    except BadInput as fault:
        raise Conflict(f"{fault.problem}: its run is {run}") from fault
    finally:
        if (await work.runs.row(run))["status"] not in FINAL:
            await work.cancel(run)
