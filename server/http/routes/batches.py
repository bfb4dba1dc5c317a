"""Batches over HTTP: one brief, and a document for each row of facts."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from typing_extensions import TypedDict

from quire.graphs.intake.batch import TITLE, Asked, batch_of, rows_of
from quire.nodes.faults import BadInput
from quire.server.http.intake import checked, json_of
from quire.server.http.openapi import BATCH_BODY
from quire.server.http.problems import TooMany
from quire.server.http.routes.access import Admitting, Tenant, Work
from quire.server.http.routes.answers import Accepted, problems
from quire.server.http.routes.documents import links_of

router = APIRouter(tags=["documents"])


class AcceptedBatch(TypedDict):
    """A batch was accepted, as far as there is room for it."""

    documents: list[Accepted]
    rest: list[int]
    """Numbers of rows that were not begun, since as many documents as may be are at work: send the same again later."""


@router.post("/batches", status_code=202, openapi_extra=BATCH_BODY, responses=problems(413, 415, 422))
async def create(request: Request, admitting: Admitting, tenant: Tenant, work: Work) -> AcceptedBatch:
    """Accept a brief and begin a document for each row of facts.

    The same brief with the same row is the same document, however often it is sent. Once there is no room for a row,
    none behind it is begun: the answer does not wait until documents that it has begun itself make room for others.
    """
    batch = await run_in_threadpool(_batch, await json_of(request), tenant)
    accepted: list[Accepted] = []
    rest: list[int] = []
    for one in batch:
        row = await work.runs.record.row(one.run)
        run = row["id"] if row else None
        if row is None and not rest:
            with suppress(TooMany):
                run = await admitting.begin(one.brief, tenant, one.run)
        if run is None:
            rest.append(one.row.number)
            continue
        accepted.append(
            Accepted(
                id=run,
                status=row["status"] if row else "queued",
                links=links_of(run, request.scope.get("root_path", "")),
            )
        )
    return AcceptedBatch(documents=accepted, rest=rest)


def _batch(given: Any, tenant: str) -> list[Asked]:
    """Read a batch.

    Raises:
        BadInput: with the field, or the row, that cannot be used.

    """
    if not isinstance(given, dict) or set(given) != {"brief", "rows"}:
        raise BadInput("a batch has `brief` and `rows`", hint='send {"brief": {…}, "rows": [{…}, …]}')
    if not isinstance(given["brief"], dict):
        raise BadInput("must be a mapping", field="brief", hint="send a brief as for POST /documents")
    rows = rows_of(_cells(given["rows"]))
    own = given["brief"].get("facts", {})
    own = own if isinstance(own, dict) else {}
    facts = {**own, **{name: value for name, value in rows[0].facts.items() if name != TITLE}}
    try:
        first = checked({**given["brief"], "facts": facts})
    except BadInput as fault:
        raise BadInput(f"row 1: {fault.problem}", field=fault.field, hint=fault.hint) from fault
    return batch_of(first, own, rows, tenant)


def _cells(given: Any) -> Sequence[Mapping[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise BadInput("must be a list of mappings", field="rows", hint='send [{"fact": "value"}, …]')
    return given
