"""Reviewing: a document as a Word file to work in."""

from pathlib import Path
from typing import Annotated

import typer

from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, RunId, app, finish, runs_of_home, say, tell
from quire.server.execution.word import followed, review_of


@app.command("review")
def review(
    run: RunId,
    against: Annotated[
        str | None, typer.Option("--against", metavar="RUN", help="The earlier version; by default what it follows.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to.")] = Path("review.docx"),
    *,
    as_json: AsJson = False,
) -> int:
    """Leave a Word file to work in: changes since the version before tracked, what is open as comments.

    What is changed in it comes back with `quire edit RUN --file FILE`.

    Example: quire review RUN --out review.docx
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            row = await runs.row(run)
            before = against or await followed(runs, row)
            data = await review_of(runs, row, await runs.row(before) if before else None)
        try:
            out.write_bytes(data)
        except OSError as error:
            raise BadInput(f"cannot write {out}: {error.strerror}", field="--out", hint="name another file") from None
        if as_json:
            tell({"file": str(out), "against": before})
        else:
            say(f"{out}: " + (f"changes since {before} are tracked" if before else "it follows no version"))
        return 0

    return finish(work())
