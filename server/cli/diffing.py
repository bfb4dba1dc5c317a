"""Comparing: what two versions of a document say differently, claim by claim."""

from typing import Annotated

import typer

from quire.graphs.versions.differing_claims import ChangedClaim, changed_claims
from quire.nodes.faults import BadInput
from quire.nodes.render.document import Document
from quire.server.cli.command import AsJson, RunId, app, finish, runs_of_home, say, tell
from quire.server.execution.runs import Runs
from quire.server.execution.versions import FOLLOWS


@app.command("diff")
def diff(
    run: RunId,
    later: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="The later one; with one alone: against what it follows.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Compare two versions of a document, claim by claim: what is said, no longer said, changed, supported.

    Example: quire diff RUN RUN
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            before, now = (run, later) if later else (await _followed(runs, run), run)
            found = changed_claims(await _document(runs, before), await _document(runs, now))
        for one in found:
            if as_json:
                tell(one)
            else:
                say(_line(one))
        if not found and not as_json:
            say("both say the same")
        return 0

    return finish(work())


async def _followed(runs: Runs, run: str) -> str:
    follows = (await runs.row(run))["remembered"].get(FOLLOWS)
    if not follows:
        raise BadInput(f"run {run!r} follows no other", hint="name two runs")
    return str(follows)


async def _document(runs: Runs, run: str) -> Document:
    await runs.row(run)
    if (document := await runs.document(run)) is None:
        raise BadInput(f"run {run!r} has no document")
    return document


def _line(one: ChangedClaim) -> str:
    both = f"“{one['before']}” -> “{one['now']}”" if one["change"] == "changed" else f"“{one['now'] or one['before']}”"
    return f"{one['section']}: {one['change']}: {both}"
