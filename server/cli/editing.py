"""Editing: a person's words in the place of what stands, in a run that goes on or in a new version."""

from pathlib import Path
from typing import Annotated, Any

import typer

from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.intake.brief_files import bytes_at
from quire.graphs.run import commands as outside
from quire.graphs.run.edits import claims_to_edit
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import FINAL, RunRow
from quire.nodes.faults import BadInput
from quire.nodes.returned.returned import Asks
from quire.nodes.sources.read import MAX_BYTES
from quire.server.cli.command import AsJson, Formats, Out, RunId, app, finish, runs_of_home, say, tell
from quire.server.cli.output import formats_of, require_folder
from quire.server.cli.writing import carry_on
from quire.server.execution.runs import Runs
from quire.server.execution.versions import FOLLOWS, Edits, following
from quire.server.execution.word import came_back


@app.command("edit")
def edit(  # noqa: PLR0913 - a flag each
    run: RunId,
    section: Annotated[str | None, typer.Argument(metavar="[SECTION]", help="The section's id.")] = None,
    claim: Annotated[str | None, typer.Argument(metavar="[CLAIM]", help="The claim's name within it: c3.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Your words; empty: the claim goes.")] = None,
    *,
    behind: Annotated[bool, typer.Option("--behind", help="Put them behind the claim, which stays.")] = False,
    based_on: Annotated[str, typer.Option("--based-on", metavar="DIGEST", help="Refuse if it was changed.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who you are.")] = "",
    file: Annotated[
        Path | None, typer.Option("--file", metavar="DOCX", help="Take in what was changed in the Word file.")
    ] = None,
    run_id: Annotated[str | None, typer.Option("--run-id", help="Id of the new version's run.")] = None,
    out: Out = None,
    formats: Formats = None,
    as_json: AsJson = False,
) -> int:
    """Put words of your own into a document. They stay; a run that is over gets a new version.

    Without a claim, the claims that can be edited are listed, each with its digest. With a Word file that was made of
    the document, what was changed in it is taken in: words as edits, comments as instructions.

    Example: quire edit RUN zoning c3 --text "The lot lies in district B-2."
    """
    chosen = formats_of(formats) if formats is not None else None
    if out is not None:
        require_folder(out)
    if file is not None and section is not None:
        raise BadInput("goes with no section: the file says what is changed where", field="--file")
    returned = bytes_at(file, MAX_BYTES, _not_read) if file is not None else None

    async def work() -> int:
        async with runs_of_home() as runs:
            row = await runs.row(run)
            if file is not None and returned is not None:
                back = await came_back(runs, row, str(file), returned, by)
                _tell_of(back.asks, as_json=as_json)
                return await new_version(runs, row, back.brief, run_id, as_json=as_json, out=out, formats=chosen)
            if section is None or claim is None or text is None:
                await _list(runs, row, section, as_json=as_json)
                return 0
            given = {"claim": claim, "text": text, "behind": behind, "based_on": based_on, "by": by}
            if row["status"] not in FINAL:
                await runs.tell(run, _telling(section, given))
                return await carry_on(runs, run, as_json=as_json, out=out, formats=chosen)
            asked = await following(runs, None, row["id"], [Edits(section, [given])])
            return await new_version(runs, row, asked, run_id, as_json=as_json, out=out, formats=chosen)

    return finish(work())


async def new_version(
    runs: Runs,
    row: RunRow,
    asked: dict[str, Any],
    run_id: str | None,
    *,
    as_json: bool,
    out: Path | None,
    formats: list[str] | None,
) -> int:
    """Write a version that follows a run that is over, with persons' edits."""
    where = str((out or Path()).absolute())
    remembered = {"out": where, "formats": formats or formats_of(None), FOLLOWS: row["id"]}
    begun = await runs.begin(asked, run_id=run_id, remembered=remembered)
    return await carry_on(runs, begun, as_json=as_json)


def _not_read(problem: str, hint: str) -> BadInput:
    return BadInput(problem, field="--file", hint=hint)


def _tell_of(asks: Asks, *, as_json: bool) -> None:
    """Say what a file asks for, and what of it nobody can take up."""
    if as_json:
        tell({"edits": len(asks.edits), "instructions": len(asks.instructions), "not_taken_up": asks.left})
        return
    say(f"{len(asks.edits)} edits, {len(asks.instructions)} instructions")
    for one in asks.left:
        say(f"not taken up: {one}")


def _telling(section: str, given: dict[str, Any]) -> Any:
    async def told(run: Run) -> Envelope:
        return await outside.edit_section(run, section, given)

    return told


async def _list(runs: Runs, row: RunRow, wanted: str | None, *, as_json: bool) -> None:
    run = Run(row["id"], runs.record)
    await run.filled()
    sections = [str(e["section"]) for e in run.blackboard.of_type(SectionPlanned)]
    if wanted is not None and wanted not in sections:
        raise BadInput(f"there is no section {wanted!r}", field="SECTION", hint=f"one of {', '.join(sections)}")
    for section in [wanted] if wanted else sections:
        for listed in claims_to_edit(run.blackboard, section):
            if as_json:
                tell(listed)
            else:
                say(f"{section} {listed['claim']} {listed['based_on']} {listed['text']}")
