"""A version that a request asks for: the brief with which its run begins."""

from typing import Any

from quire.nodes.event_store.rows import FINAL
from quire.server.execution.versions import FOLLOWS, Edits, following
from quire.server.http.intake import Posted
from quire.server.http.problems import Conflict
from quire.server.http.routes.access import Tenant, Work, row_of


async def version_asked(asked: Posted, work: Work, tenant: Tenant) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the brief to begin with, and what its row remembers of the version that it follows.

    Raises:
        NotFound: the caller has no such document.
        Conflict: it is not finished.

    """
    if not asked.follows:
        return asked.brief or {}, {}
    row = await row_of(asked.follows, work, tenant)
    if row["status"] not in FINAL:
        raise Conflict("a version follows a document that is finished")
    edits = [Edits(edit.section, [edit.model_dump(exclude={"section"})]) for edit in asked.edits]
    return await following(work.runs, asked.brief, row["id"], edits), {FOLLOWS: row["id"]}
