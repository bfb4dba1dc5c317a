"""A document that goes out to be worked on in Word, and comes back."""

from asyncio import to_thread
from collections import defaultdict
from typing import Any, NamedTuple

from quire.graphs.run.commands import NAME_A_MODEL
from quire.graphs.run.differing import differing
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import struck_of
from quire.graphs.versions.tracked_changes import tracked_changes
from quire.nodes.event_store.rows import FINAL, RunRow
from quire.nodes.faults import BadInput
from quire.nodes.render.document import Document
from quire.nodes.render.review import Margin, StruckWords, render_review
from quire.nodes.returned.returned import Asks, asked_by
from quire.server.execution.runs import Runs
from quire.server.execution.versions import FOLLOWS, Edits, Told, following


class Back(NamedTuple):
    """A file that came back, and the version that it asks for."""

    brief: dict[str, Any]
    """Decoded, with what the version follows."""
    asks: Asks


async def review_of(runs: Runs, row: RunRow, against: RunRow | None) -> bytes:
    """Give a document as a Word file to work in: changes tracked, what is open as comments.

    Args:
        runs: the runs.
        row: whose document.
        against: the run of the version against which changes are tracked, if any.

    Raises:
        BadInput: a run has no document.

    """
    document = await _document(runs, row)
    tracked = tracked_changes(await _document(runs, against), document) if against else None
    run = await runs.seen(row["id"])
    margin = Margin(_struck(run.blackboard), differing(run.blackboard))
    return await to_thread(render_review, document, margin, tracked, await runs.template_of(run.blackboard))


async def followed(runs: Runs, row: RunRow) -> str | None:
    """Give the run of the version before, if there is one and it is kept."""
    before = row["remembered"].get(FOLLOWS)
    return str(before) if before and await runs.record.row(str(before)) else None


async def came_back(runs: Runs, row: RunRow, name: str, data: bytes, by: str = "") -> Back:
    """Read a file that was made of a document and changed since, as the brief of a new version.

    Args:
        runs: the runs.
        row: the run whose document it was made of.
        name: of the file.
        data: its bytes.
        by: who changed it, where the file does not tell.

    Raises:
        BadInput: it cannot be read, is of another document, asks for nothing, or for what takes a model.

    """
    if row["status"] not in FINAL:
        raise BadInput(f"run {row['id']!r} is not over", hint="a file can come back once its document is finished")
    template = await runs.template_of(await runs.journal(row["id"]))
    asks = await to_thread(asked_by, await _document(runs, row), name, data, template)
    if not (asks.edits or asks.instructions):
        left = f"; of what was changed nothing can be taken up: {'; '.join(asks.left[:3])}" if asks.left else ""
        raise BadInput(f"asks for nothing{left}", file=name, hint="change statements, or write comments beside them")
    if asks.instructions and (reason := await runs.no_revision(row["id"])):
        hint = f"take the comments out, or {NAME_A_MODEL.partition(', or ')[2]}"
        raise BadInput(f"its comments ask for something: {reason}", file=name, hint=hint)
    edits = [Edits(e.section, [{**e._asdict(), "by": e.by or by}]) for e in asks.edits]
    told = [Told(one.section, one.text) for one in asks.instructions]
    return Back(await following(runs, None, row["id"], edits, told), asks)


async def _document(runs: Runs, row: RunRow) -> Document:
    if (document := await runs.document(row["id"])) is None:
        raise BadInput(f"run {row['id']!r} has no document")
    return document


def _struck(journal: Journal) -> dict[str, list[StruckWords]]:
    found = defaultdict[str, list[StruckWords]](list)
    for one in struck_of(journal):
        found[one["section"]].append(StruckWords(one["text"], one["reason"]))
    return found
