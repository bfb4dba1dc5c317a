"""What routes ask for: who is calling, what carries runs on, and the run that the caller may see."""

from typing import Annotated

from fastapi import Depends, Path, Request

from quire.graphs.events import DocumentRequested
from quire.graphs.run.run import Run
from quire.nodes.event_store.rows import FINAL, RunRow
from quire.server.execution.engine.engine import Engine
from quire.server.execution.runs import is_id
from quire.server.http.admission import Admission
from quire.server.http.problems import Conflict, NotFound, NotUp


def engine(request: Request) -> Engine:
    """Give what carries runs on.

    Raises:
        NotUp: nobody has run the application's lifespan.

    """
    found: Engine | None = getattr(request.app.state, "engine", None)
    if found is None:
        raise NotUp(
            "this application is mounted, and its lifespan does not run: run it in that of the application around"
        )
    return found


def admission(request: Request) -> Admission:
    """Give what begins runs."""
    engine(request)
    found: Admission = request.app.state.admission
    return found


def tenant_of(request: Request) -> str:
    """Give the caller's tenant, as authentication found it."""
    found: str = request.state.tenant
    return found


Work = Annotated[Engine, Depends(engine)]
Admitting = Annotated[Admission, Depends(admission)]
Tenant = Annotated[str, Depends(tenant_of)]
RunId = Annotated[str, Path(description="The document's id.", examples=["3f6c1f0e9b8d4c0f8d1f0a2b3c4d5e6f"])]


async def row_of(run_id: RunId, work: Work, tenant: Tenant) -> RunRow:
    """Find a run of the caller's.

    Raises:
        NotFound: there is none of this id, or it is another tenant's: the answer is the same.

    """
    row = await work.runs.record.row(run_id) if is_id(run_id) else None
    if row is None or row["tenant"] != tenant:
        raise NotFound("there is no such document")
    return row


Row = Annotated[RunRow, Depends(row_of)]


async def open_row(row: Row) -> RunRow:
    """Find a run of the caller's that is not over.

    Raises:
        Conflict: it is over.

    """
    if row["status"] in FINAL:
        raise Conflict(f"the document is closed: it is {row['status']}")
    return row


OpenRow = Annotated[RunRow, Depends(open_row)]


async def read_run(row: Row, work: Work) -> Run:
    """Give a document whose sources can be read.

    Raises:
        Conflict: nobody has begun to work on it, or it is still being asked for what tools reply.

    """
    run = await work.runs.seen(row["id"])
    if not run.blackboard.of_type(DocumentRequested):
        raise Conflict("its sources have not been read yet: ask again in a moment")
    return run


ReadRun = Annotated[Run, Depends(read_run)]
