"""What becomes of a finished document: two versions compared, a Word file to work in, and one that comes back."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from quire.graphs.intake.blueprint_models import Part
from quire.graphs.run.edits import EditableClaim, claims_to_edit
from quire.graphs.versions.differing_claims import ChangedClaim, changed_claims
from quire.nodes.event_store.rows import FINAL, RunRow
from quire.nodes.render.document import Document
from quire.nodes.render.formats import FORMATS
from quire.server.execution.versions import FOLLOWS
from quire.server.execution.word import came_back, followed, review_of
from quire.server.http.download import disposition
from quire.server.http.intake import media_of
from quire.server.http.problems import Conflict, UnknownMedia
from quire.server.http.routes.access import Admitting, Row, Tenant, Work, row_of
from quire.server.http.routes.answers import TakenBack, problems
from quire.server.http.routes.documents import links_of

router = APIRouter(prefix="/documents", tags=["documents"])
WORD = FORMATS["docx"]
_FILE = {"content": {WORD.media: {"schema": {"type": "string", "format": "binary"}}}}
_WORD: dict[int | str, dict[str, Any]] = {200: _FILE}


class Against(Part):
    """Which version a document is held against."""

    model_config = ConfigDict(strict=False)  # a query is text

    against: str | None = Field(None, max_length=64, description="The earlier document; else the one that it follows.")


class Returning(Part):
    """Who sends a file."""

    model_config = ConfigDict(strict=False)  # as above

    by: str = Field("", max_length=200, description="Who changed it, where the file does not tell.")


class Of(Part):
    """Which section."""

    model_config = ConfigDict(strict=False)  # as above

    section: str = Field(max_length=64, description="The section's id.")


class Editable(TypedDict):
    """What a person may say otherwise."""

    claims: list[EditableClaim]


class Compared(TypedDict):
    """What two versions say differently."""

    against: str
    changes: list[ChangedClaim]


@router.get("/{run_id}/claims", responses=problems(404, 422))
async def claims(row: Row, work: Work, asked: Annotated[Of, Query()]) -> Editable:
    """List what a section says, claim by claim, each with the digest that an edit of it may be based on."""
    seen = await work.runs.seen(row["id"])
    return Editable(claims=claims_to_edit(seen.blackboard, asked.section))


@router.get("/{run_id}/changes", responses=problems(404, 409, 422))
async def changes(row: Row, work: Work, tenant: Tenant, asked: Annotated[Against, Query()]) -> Compared:
    """Say claim by claim what a document says otherwise than the version before it, or than another one."""
    before = await _before(row, work, tenant, asked.against)
    if before is None:
        raise Conflict("the document follows no other")
    found = changed_claims(await _document(before, work), await _document(row, work))
    return Compared(against=before["id"], changes=found)


@router.get("/{run_id}/review", response_class=Response, responses={**_WORD, **problems(404, 409, 422)})
async def review(row: Row, work: Work, tenant: Tenant, asked: Annotated[Against, Query()]) -> Response:
    """Give a finished document as a Word file to work in.

    Changes since the version before it are tracked; open objections, conflicts and what was left out are comments.
    """
    document = await _document(row, work)
    before = await _before(row, work, tenant, asked.against)
    if before is not None:
        await _document(before, work)
    headers = {"Content-Disposition": disposition(f"{document['title']} (review)", WORD.ending)}
    return Response(await review_of(work.runs, row, before), media_type=WORD.media, headers=headers)


@router.post(
    "/{run_id}/returned",
    status_code=202,
    openapi_extra={"requestBody": {"required": True, **_FILE}},
    responses=problems(404, 409, 413, 415, 422, 429),
)
async def returned(
    request: Request, row: Row, work: Work, admitting: Admitting, tenant: Tenant, asked: Annotated[Returning, Query()]
) -> TakenBack:
    """Take in a Word file that was made of a finished document and changed since: a new version of it is written.

    Changed statements stand in it as a person's words; what is asked for in comments is written.
    """
    if media_of(request.headers.get("content-type", "")) != WORD.media:
        raise UnknownMedia(f"send {WORD.media}")
    if row["status"] not in FINAL:
        raise Conflict("a file can come back once its document is finished")
    await _document(row, work)
    back = await came_back(work.runs, row, "the file", await request.body(), asked.by)
    run = await admitting.begin(back.brief, tenant, remembered={FOLLOWS: row["id"]})
    return TakenBack(
        id=run,
        status="queued",
        links=links_of(run, request.scope.get("root_path", "")),
        edits=len(back.asks.edits),
        instructions=len(back.asks.instructions),
        not_taken_up=back.asks.left,
    )


async def _before(row: RunRow, work: Work, tenant: Tenant, against: str | None) -> RunRow | None:
    """Find the earlier version, which is the caller's as well."""
    before = against or await followed(work.runs, row)
    return await row_of(before, work, tenant) if before else None


async def _document(row: RunRow, work: Work) -> Document:
    if (document := await work.runs.document(row["id"])) is None:
        raise Conflict("the document is not finished" if row["status"] not in FINAL else "the run has no document")
    return document
