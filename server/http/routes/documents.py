"""Documents over HTTP: post a brief, see how it stands, fetch what was written, stop it, go on with it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from quire.graphs.intake.blueprint_models import Part
from quire.graphs.run.summary import count_of, sections_of
from quire.nodes.event_store.rows import FINAL, RunRow, kind_of, title_of
from quire.nodes.render.formats import FORMATS
from quire.server.execution.engine.engine import Engine
from quire.server.http.download import disposition
from quire.server.http.intake import posted
from quire.server.http.negotiation import accepted
from quire.server.http.openapi import BRIEF_BODY, CONTENT
from quire.server.http.problems import Conflict
from quire.server.http.routes.access import Admitting, OpenRow, Row, Tenant, Work
from quire.server.http.routes.answers import Accepted, Links, Listed, Listing, Progress, Standing, Titled, problems
from quire.server.http.routes.version import version_asked

router = APIRouter(prefix="/documents", tags=["documents"])
FormatName = Literal["md", "html", "docx", "pdf", "json"]
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", description="The same key with the same brief begins one document, not two."),
]


_BY_MEDIA = {made.media.partition(";")[0]: name for name, made in sorted(FORMATS.items(), key=lambda f: f[0] != "html")}
"""The formats by their types, the usual one first."""
_MOST_LOOKED_AT = 1_000
"""Documents that are looked at for one page of those that a filter lets through."""


class Page(Part):
    """Which documents to list."""

    model_config = ConfigDict(strict=False)  # a query is text

    after: str | None = Field(None, description="The last id of the page before.")
    limit: int = Field(100, ge=1, le=1_000)
    status: list[str] = Field(default=[], max_length=20, description="Only those that stand so; any of several.")
    kind: str = Field("", max_length=200, description="Only those of this blueprint.")
    title: str = Field("", max_length=1_000, description="Only those whose title holds these words, in any case.")


class Wanted(Part):
    """In what form to give a document."""

    format: FormatName | None = Field(None, description="Else what `Accept` asks for; HTML if it asks for nothing.")


@router.post("", status_code=202, openapi_extra=BRIEF_BODY, responses=problems(404, 409, 413, 415, 422, 429))
async def create(
    request: Request,
    response: Response,
    admitting: Admitting,
    work: Work,
    tenant: Tenant,
    idempotency_key: Key = None,
) -> Accepted:
    """Accept a brief and begin to write.

    The sources stand in it, or come as files of a multipart request. With `from`, the id of a finished document, a new
    version of that is written: what did not change stands. Of the brief nothing need be sent then, or all of it;
    `edits` puts persons' words into it.
    """
    asked, again = await posted(request), False
    brief, remembered = await version_asked(asked, work, tenant)
    if idempotency_key is None:
        run = await admitting.begin(brief, tenant, remembered=remembered)
    else:
        run, again = await admitting.begin_once(brief, tenant, idempotency_key, remembered=remembered)
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    links = links_of(run, request.scope.get("root_path", ""))
    response.headers["Location"] = links["self"]
    return Accepted(id=run, status="queued", links=links)


@router.get("", responses=problems(422))
async def index(
    work: Work,
    tenant: Tenant,
    asked: Annotated[Page, Query()],
) -> Listing:
    """List the documents, the newest first. Where a filter lets few through, a page may be short: go on at `next`."""
    filters = bool(asked.status or asked.kind or asked.title)
    rows = await work.runs.record.rows(tenant, asked.after, _MOST_LOOKED_AT if filters else asked.limit)
    found, last = list[Listed](), None
    for row in rows:
        last = row["id"]
        if _fits(row, asked) and (status := await work.runs.standing(row)) in (asked.status or {status}):
            found.append(_listed(row, status, await _progress(row, work)))
        if len(found) == asked.limit:
            return Listing(documents=found, next=last)
    whole = len(rows) < (_MOST_LOOKED_AT if filters else asked.limit)
    return Listing(documents=found, next=None if whole else last)


@router.get("/{run_id}", responses=problems(404))
async def show(row: Row, work: Work) -> Titled:
    """Say how a document stands: ``run.json``, live, its title, and whether it can be written again on request."""
    no_revision = "" if row["status"] in FINAL else await work.runs.no_revision(row["id"])
    return Titled(title=title_of(row), no_revision=no_revision, **await work.runs.report(row["id"]))


@router.get("/{run_id}/content", response_class=Response, responses={200: CONTENT, **problems(404, 406, 409, 422)})
async def content(
    row: Row, work: Work, asked: Annotated[Wanted, Query()], accept: Annotated[str | None, Header()] = None
) -> Response:
    """Give the finished document in a format: the one that is named, or else one that the client accepts."""
    made = FORMATS[asked.format or _BY_MEDIA[accepted(accept, [*_BY_MEDIA])]]
    document = await work.runs.document(row["id"])
    if document is None:
        raise Conflict("the document is not finished" if row["status"] not in FINAL else "the run has no document")
    headers = {"Content-Disposition": disposition(document["title"], made.ending), "Vary": "Accept"}
    template = await work.runs.template_of(await work.runs.journal(row["id"])) if made.takes_template else None
    return Response(await run_in_threadpool(made.render, document, template), media_type=made.media, headers=headers)


@router.post("/{run_id}/cancel", status_code=202, responses=problems(404, 409))
async def cancel(row: OpenRow, work: Work) -> Standing:
    """Cancel a document; what works on it stops."""
    await work.cancel(row["id"])
    return Standing(id=row["id"], status="cancelled")


@router.post("/{run_id}/resume", status_code=202, responses=problems(404, 409))
async def resume(row: OpenRow, work: Work) -> Standing:
    """Carry a document on that was interrupted."""
    await work.carry_on(row["id"])
    return Standing(id=row["id"], status="queued")


def _fits(row: RunRow, asked: Page) -> bool:
    return (not asked.kind or kind_of(row) == asked.kind) and asked.title.casefold() in title_of(row).casefold()


async def _progress(row: RunRow, work: Engine) -> Progress | None:
    if row["status"] in FINAL:
        return None
    written, applying = count_of(sections_of(await work.runs.journal(row["id"])))
    return Progress(written=written, all=applying)


def _listed(row: RunRow, status: str, progress: Progress | None) -> Listed:
    return Listed(
        id=row["id"],
        title=title_of(row),
        kind=kind_of(row),
        status=status,
        progress=progress,
        started=row["created"],
        finished=row["finished"],
    )


def links_of(run: str, root: str) -> Links:
    """Give where a document's parts are, for a client who sees this application below ``root``."""
    own = f"{root}/documents/{run}"
    return {"self": own, "events": f"{own}/events", "content": f"{own}/content"}
