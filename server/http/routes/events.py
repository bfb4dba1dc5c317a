"""A document's events over HTTP: followed as they happen, read page by page, and told from outside."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import ConfigDict, Field
from sse_starlette.sse import EventSourceResponse

from quire.graphs.intake.blueprint_models import Part
from quire.graphs.run.approvals import follows_from
from quire.graphs.run.summary import plan_of
from quire.nodes.decode.located import MAX_INTEGER
from quire.nodes.faults import BadInput
from quire.server.execution.engine.engine import Engine
from quire.server.execution.follow import following
from quire.server.execution.live_drafts import Heard, is_piece, with_drafts
from quire.server.http.intake import JSON, json_of
from quire.server.http.negotiation import accepted
from quire.server.http.openapi import EVENT_STREAM, TELLING_BODY
from quire.server.http.routes.access import Row, Work, open_row
from quire.server.http.routes.answers import EventPage, Taken, problems
from quire.server.http.routes.telling import tell, telling_of

STREAM = "text/event-stream"
router = APIRouter(prefix="/documents", tags=["events"])
PAGE = 1_000
HEARTBEAT = 15
"""Seconds between two signs of life where nothing happens."""
SEND_TIMEOUT = 30
"""Seconds after which a follower is cut off who takes nothing: it may come back and go on where it stood."""

_DIGITS = 15
"""Of the largest event number."""


class From(Part):
    """Which events to give."""

    model_config = ConfigDict(strict=False)  # a query is text

    after: int = Field(0, ge=0, le=MAX_INTEGER, description="Give events numbered above this.")
    limit: int = Field(PAGE, ge=1, le=PAGE, description="Events in a page of JSON.")


@router.get("/{run_id}/events", response_model=None, responses={200: EVENT_STREAM, **problems(404, 406, 422)})
async def follow(
    row: Row,
    work: Work,
    request: Request,
    asked: Annotated[From, Query()],
    last_event_id: Annotated[str | None, Header(description="Follow from here on; wins over after.")] = None,
) -> EventPage | EventSourceResponse:
    """Follow a document's events, from any number on, to its end; or, as JSON, read a page of them."""
    if accepted(request.headers.get("accept"), (STREAM, JSON)) == JSON:
        page = await work.runs.record.events(row["id"], asked.after, asked.limit)
        return EventPage(events=page, next=page[-1]["n"] if page else asked.after)
    start = _start(last_event_id, asked.after)
    return EventSourceResponse(_frames(work, row["id"], start), ping=HEARTBEAT, send_timeout=SEND_TIMEOUT)


@router.post(
    "/{run_id}/events", status_code=202, openapi_extra=TELLING_BODY, responses=problems(404, 409, 413, 415, 422)
)
async def told(row: Row, work: Work, request: Request) -> Taken:
    """Tell a document something: an answer, a changed fact, a changed, added or cancelled section."""
    telling = telling_of(await json_of(request))
    await open_row(row)
    event = await work.tell(row["id"], lambda run: tell(run, telling))
    plan = plan_of(await work.runs.journal(row["id"])) if event["data"].get("drop") else []
    return Taken(
        event=event,
        taken="at once" if event["section"] else "when the sections at work have finished",
        follows=follows_from(event["data"].get("drop", ()), plan),
    )


async def _frames(work: Engine, run: str, after: int) -> AsyncIterator[dict[str, str]]:
    async with aclosing(
        with_drafts(partial(work.runs.listening, run), following(work.runs.record, run, after))
    ) as heard:
        async for each in heard:
            yield _frame(each)


def _frame(heard: Heard) -> dict[str, str]:
    """Write an event with its number, by which a follower comes back; a piece of a draft has none."""
    data = json.dumps(heard, ensure_ascii=False)
    if is_piece(heard):
        return {"event": "token", "data": data}
    return {"id": str(heard["n"]), "event": heard["type"], "data": data}


def _start(last_event_id: str | None, after: int) -> int:
    if last_event_id is None:
        return after
    if not (last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) <= _DIGITS):
        raise BadInput("is no event number", field="Last-Event-ID", hint="send the id of the last event you have")
    return int(last_event_id)
