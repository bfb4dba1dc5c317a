"""Documents over HTTP: post a brief, follow its events, fetch what was written."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from sse_starlette.sse import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from graphs import brief, outside
from graphs.run import close_run, known_run
from nodes import strict_json
from nodes.faults import BadInput
from nodes.record.port import Event
from nodes.record.sqlite import FINAL, RunRow
from nodes.render.formats import FORMATS
from server.at_work import AtWork
from server.execution import LOCAL
from server.follow import following
from server.problems import Conflict, NotFound
from server.run_json import RunReport

router = APIRouter(prefix="/documents", tags=["documents"])
FormatName = Literal["md", "html", "docx", "pdf", "json"]
PAGE = 1_000


def at_work(request: Request) -> AtWork:
    """Give what carries runs on in this process."""
    found: AtWork = request.app.state.at_work
    return found


Work = Annotated[AtWork, Depends(at_work)]


async def row_of(run_id: str, work: Work) -> RunRow:
    """Find a run that the caller may see."""
    row = await work.runs.record.row(run_id)
    if row is None:
        raise NotFound(f"there is no document {run_id!r}")
    return row


Row = Annotated[RunRow, Depends(row_of)]


@router.post("", status_code=202)
async def create(request: Request, response: Response, work: Work) -> dict[str, Any]:
    """Accept a brief, with its sources inline, and begin to write."""
    asked = await run_in_threadpool(_decoded, await request.body())
    run = await work.runs.begin(asked, run_id=None, door={})
    work.carry_on(run)
    response.headers["Location"] = f"/documents/{run}"
    return {"id": run, "status": "running", "links": _links(run)}


@router.get("")
async def index(work: Work) -> dict[str, Any]:
    """List the documents, the newest first."""
    rows = await work.runs.record.rows(LOCAL)
    return {"documents": [{"id": r["id"], "status": r["status"], "started": r["created"]} for r in rows]}


@router.get("/{run_id}")
async def show(row: Row, work: Work) -> RunReport:
    """Say how a document stands: ``run.json``, live."""
    return await work.runs.report(row["id"])


@router.get("/{run_id}/events", response_model=None)
async def events(
    row: Row,
    work: Work,
    request: Request,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
    last_event_id: Annotated[str | None, Header()] = None,
) -> dict[str, Any] | EventSourceResponse:
    """Follow a document's events, from any number on: server-sent events, or a page of JSON."""
    if "application/json" in request.headers.get("accept", ""):
        page = await work.runs.record.events(row["id"], after, limit)
        return {"events": page, "next": page[-1]["n"] if page else after}
    return EventSourceResponse(_frames(work, row["id"], _start(last_event_id, after)), ping=15, send_timeout=30)


@router.get("/{run_id}/content")
async def content(row: Row, work: Work, wanted: Annotated[FormatName, Query(alias="format")] = "html") -> Response:
    """Give the finished document in a format."""
    document = await work.runs.document(row["id"])
    if document is None:
        raise Conflict("the document is not finished" if row["status"] not in FINAL else "the run has no document")
    made = FORMATS[wanted]
    headers = {
        "Content-Disposition": f'inline; filename="{row["id"]}.{made.ending}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(await run_in_threadpool(made.render, document), media_type=made.media, headers=headers)


@router.post("/{run_id}/events", status_code=202)
async def tell(row: Row, work: Work, said: dict[str, Any]) -> dict[str, Any]:
    """Tell a running document something: an answer, a changed fact, a changed, added or cancelled section."""
    if row["status"] in FINAL:
        raise Conflict(f"the run is over: it is {row['status']}")
    run = known_run(row["id"]) or await work.runs.known(row["id"])
    event = await _told(run, said)
    if row["status"] == "waiting":
        close_run(row["id"])
        work.carry_on(row["id"])
    return {"event": event, "taken": "at once" if event["section"] else "when the sections at work have finished"}


@router.post("/{run_id}/cancel", status_code=202)
async def cancel(row: Row, work: Work) -> dict[str, Any]:
    """Cancel a document; what works on it stops."""
    if row["status"] in FINAL:
        raise Conflict(f"the run is over: it is {row['status']}")
    run = known_run(row["id"]) or await work.runs.known(row["id"])
    await outside.cancel_run(run)
    work.carry_on(row["id"])
    return {"id": row["id"], "status": "cancelled"}


@router.post("/{run_id}/resume", status_code=202)
async def resume(row: Row, work: Work) -> dict[str, Any]:
    """Carry a document on that was interrupted."""
    if row["status"] in FINAL:
        raise Conflict(f"the run is over: it is {row['status']}")
    work.carry_on(row["id"])
    return {"id": row["id"], "status": "running"}


def _decoded(body: bytes) -> dict[str, Any]:
    """Read a brief that came over a network: nothing in it may name a file of ours."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise BadInput("the body is not UTF-8 text", hint="send the brief as JSON") from None
    asked = brief.decode(strict_json.parse(text, "body").value, over_network=True)
    brief.check(asked)
    return asked


async def _told(run: Any, said: dict[str, Any]) -> Event:
    match said:
        case {"type": "answer", "question": str(question), "decision": decision}:
            return await outside.answer(run, question, {"decision": decision, "note": str(said.get("note", ""))})
        case {"type": "fact", "name": str(name), "value": value}:
            return await outside.change_fact(run, name, value)
        case {"type": "section_added", "section": dict(spec)}:
            return await outside.add_section(run, spec)
        case {"type": "section_changed", "section": str(section), "changes": dict(changes)}:
            return await outside.change_section(run, section, changes)
        case {"type": "section_cancelled", "section": str(section)}:
            return await outside.cancel_section(run, section, str(said.get("reason", "")))
    raise BadInput(
        "that is no event",
        field="type",
        hint="answer {question, decision, note}, fact {name, value}, section_added {section}, "
        "section_changed {section, changes} or section_cancelled {section, reason}",
    )


async def _frames(work: AtWork, run: str, after: int) -> AsyncIterator[dict[str, str]]:
    async for event in following(work.runs.record, run, after):
        yield {"id": str(event["n"]), "event": event["type"], "data": json.dumps(event, ensure_ascii=False)}


def _start(last_event_id: str | None, after: int) -> int:
    if last_event_id is None:
        return after
    if not last_event_id.isdecimal():
        raise BadInput(f"{last_event_id!r} is no event number", field="Last-Event-ID")
    return int(last_event_id)


def _links(run: str) -> dict[str, str]:
    return {"self": f"/documents/{run}", "events": f"/documents/{run}/events", "content": f"/documents/{run}/content"}
