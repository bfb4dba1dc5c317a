"""Records over HTTP: what a brief's blueprint declares, read out of its sources, and those of a document."""

import asyncio

from fastapi import APIRouter, Request
from typing_extensions import TypedDict

from quire.graphs.run.extraction import record_types_of
from quire.graphs.run.section_inputs import known_records_of
from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput
from quire.nodes.language.catalogue import ENGLISH, words_in
from quire.nodes.records.telling import RecordsTold, told
from quire.server.execution.extracting import RecordsReport, asked_for_its_records, report_records
from quire.server.execution.follow import PAUSED, following
from quire.server.http.intake import brief_of
from quire.server.http.openapi import BRIEF_BODY
from quire.server.http.problems import Conflict
from quire.server.http.routes.access import Admitting, ReadRun, Tenant, Work
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


class RecordsOfDocument(TypedDict):
    """The records that a document is written from, by type; none where its kind declares none."""

    types: list[RecordsTold]


@router.get("/documents/{run_id}/records", responses=problems(404, 409))
async def show_records(run: ReadRun) -> RecordsOfDocument:
    """Give the records of a document, each value with its place in the source, and what was not accepted."""
    types, known = record_types_of(run.request["blueprint"]), known_records_of(run)
    readings = await run.readings() if types else ()
    return RecordsOfDocument(types=await asyncio.to_thread(told, types, readings, known, words_in(ENGLISH)))
