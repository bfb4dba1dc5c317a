"""Writing, and carrying on what was begun."""

import asyncio
import os
import sys
from contextlib import aclosing
from pathlib import Path
from typing import Annotated

import typer

from quire.graphs.intake.agent_check import agent_names_of
from quire.graphs.intake.brief import load
from quire.graphs.kernel.registry import discover
from quire.graphs.run import commands as outside
from quire.graphs.run.approvals import DECISIONS
from quire.nodes.event_store.rows import FINAL
from quire.nodes.faults import BadInput, RecordFault, RunOver, RunTaken
from quire.server.cli.asking import answering, ask_person, consequences
from quire.server.cli.batching import batch_at, write_each
from quire.server.cli.closing import tell_outcome
from quire.server.cli.command import AsJson, BriefPath, Formats, Out, RunId, app, finish, runs_of_home, say, tell
from quire.server.cli.entry import INTERRUPTED
from quire.server.cli.output import DRAFT, formats_of, leave, require_folder
from quire.server.cli.questions import lines_of
from quire.server.cli.showing import Progress
from quire.server.execution.runs import Runs
from quire.server.execution.versions import FOLLOWS, following
from quire.server.execution.views import RunView

EXITS = {"done": 0, "failed": 1, "cancelled": 1, "partial": 3, "waiting": 4, "interrupted": INTERRUPTED}


@app.command("write")
def write(  # noqa: PLR0913 - a flag each
    brief: BriefPath,
    out: Out = None,
    formats: Formats = None,
    run_id: Annotated[str | None, typer.Option("--run-id", help="Id of the run; made up by default.")] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="FILE", help="Write these sections; `quire plan` makes such a file."),
    ] = None,
    follows: Annotated[
        str | None,
        typer.Option("--from", metavar="RUN", help="Write a new version: what did not change of RUN stands."),
    ] = None,
    each: Annotated[
        Path | None,
        typer.Option("--each", metavar="FILE", help="Write one document for each row of a table; columns are facts."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Write the document that BRIEF asks for.

    Example: quire write examples/site-zoning-report/brief.yaml --out out
    """
    if each is not None:
        return _write_each(brief, each, out, formats, run_id or plan or follows, as_json=as_json)
    chosen, asked = formats_of(formats), load(brief, agents=agent_names_of(discover()), plan=plan)
    folder = (out or Path()).absolute()
    require_folder(folder)
    remembered = {"out": str(folder), "formats": chosen}

    async def work() -> int:
        async with runs_of_home() as runs:
            wanted = await following(runs, asked, follows) if follows else asked
            kept = {**remembered, FOLLOWS: follows} if follows else remembered
            return await carry_on(runs, await runs.begin(wanted, run_id=run_id, remembered=kept), as_json=as_json)

    return finish(work())


def _write_each(brief: Path, each: Path, out: Path | None, formats: str | None, other: object, *, as_json: bool) -> int:
    if other:
        raise BadInput("goes with none of --run-id, --plan and --from: each row has a run of its own", field="--each")
    folder, batch = (out or Path()).absolute(), batch_at(brief, each, agent_names_of(discover()))
    require_folder(folder)
    return finish(write_each(batch, folder, formats_of(formats), EXITS, as_json=as_json))


@app.command("resume")
def resume(run: RunId, out: Out = None, formats: Formats = None, *, as_json: AsJson = False) -> int:
    """Resume an interrupted run. What is recorded is not done again.

    Example: quire resume RUN
    """
    chosen = formats_of(formats) if formats is not None else None
    if out is not None:
        require_folder(out)

    async def work() -> int:
        async with runs_of_home() as runs:
            return await carry_on(runs, run, as_json=as_json, out=out, formats=chosen)

    return finish(work())


@app.command("answer")
def answer(  # noqa: PLR0913 - a flag each
    run: RunId,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="plan, conflict:N, section:ID, section-proposed:ID or release.")
    ],
    decision: Annotated[str, typer.Argument(metavar="approve|revise|reject", autocompletion=lambda: list(DECISIONS))],
    further: Annotated[list[str] | None, typer.Argument(metavar="", hidden=True)] = None,
    note: Annotated[str, typer.Option("--note", help="What is to change, or why not.")] = "",
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="ID ...", help="Sections of a plan to leave out.")
    ] = None,
    holds: Annotated[
        str, typer.Option("--holds", metavar="SOURCE", help="Of sources that differ, the one whose value counts.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> int:
    """Answer a question and carry the run on.

    Example: quire answer RUN section:zoning revise --note "Name the overlay."
    """
    given = {"decision": decision, "note": note, "drop": _ids(drop or [], further or []), "holds": holds}

    async def work() -> int:
        async with runs_of_home() as runs:
            known = len((await runs.journal((await runs.row(run))["id"])).events)
            answered = await runs.tell(run, answering(question, given))
            for line in () if as_json else consequences(answered, await runs.journal(run)):
                say(line)
            return await carry_on(runs, run, as_json=as_json, after=known)

    return finish(work())


def _ids(drop: list[str], further: list[str]) -> list[str]:
    """Give the ids that ``--drop`` names, however they are told apart: ``a b``, ``a,b``, or each by a ``--drop``.

    Raises:
        BadInput: something else stands on the command line.

    """
    if further and not drop:
        raise BadInput(f"{further[0]!r} is one word too many", hint="sections are left out with --drop ID")
    return [section for part in [*drop, *further] for section in part.split(",") if section]


@app.command("cancel")
def cancel(run: RunId, *, as_json: AsJson = False) -> int:
    """Cancel a run; the process that works on it stops.

    Example: quire cancel RUN
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            row = await runs.row(run)
            if row["status"] in FINAL:
                raise BadInput(f"run {run!r} is over: it is {row['status']}")
            await runs.tell(run, outside.cancel_run)
            async for _ in runs.carry_on_or_follow(run):
                pass
            view = await runs.view(run)
            folder = await _leave(runs, view, None, None)
            if as_json:
                tell({"id": run, "status": view.report["status"]})
            else:
                tell_outcome(view.report, view.journal, folder, no_revision="", as_json=False)
            return 0

    return finish(work())


async def carry_on(
    runs: Runs,
    run: str,
    *,
    as_json: bool,
    out: Path | None = None,
    formats: list[str] | None = None,
    after: int | None = None,
) -> int:
    """Carry a run on, show it, ask at a terminal, and leave the results."""
    try:
        view = await _shown(runs, run, after, as_json=as_json)
        while view.report["status"] == "waiting" and sys.stdin.isatty() and sys.stdout.isatty() and not as_json:
            await _asked(runs, view, await _leave(runs, view, out, formats))
            view = await _shown(runs, run, len(view.journal.events), as_json=as_json)
    except (KeyboardInterrupt, asyncio.CancelledError, BrokenPipeError) as interruption:
        if isinstance(interruption, BrokenPipeError):
            _read_by_nobody()
        sys.stderr.write(f"\ninterrupted; to carry on: quire resume {run}\n")
        await _leave(runs, await runs.view(run), out, formats)
        raise SystemExit(INTERRUPTED) from None
    except (RunTaken, RunOver):
        raise
    except RecordFault as fault:
        raise RecordFault(f"{fault}; once that is put right, to carry on: quire resume {run}") from fault
    folder = await _leave(runs, view, out, formats)
    no_revision = await runs.no_revision(run) if view.report["questions"] else ""
    try:
        tell_outcome(view.report, view.journal, folder, no_revision=no_revision, as_json=as_json)
    except BrokenPipeError:
        _read_by_nobody()  # the results are there all the same
    return EXITS[view.report["status"]]


def _read_by_nobody() -> None:
    """Drop the rest of the output: its reader has closed it, and writing to it would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _shown(runs: Runs, run: str, after: int | None, *, as_json: bool) -> RunView:
    """Carry a run on and show its events; a caller that stops reading releases the run before anything is reported."""
    with Progress(quiet=as_json) as progress:
        async with aclosing(runs.carry_on_or_follow(run, after)) as events:
            async for event in events:
                if as_json:
                    tell(event)
                progress.show(event, await _spent(runs, run) if progress.is_live else "")
    return await runs.view(run)


async def _spent(runs: Runs, run: str) -> str:
    usage, calls = await runs.record.usage(run), await runs.record.calls(run)
    tokens = usage["prompt_tokens"] + usage["completion_tokens"]
    if not calls:
        return "no model asked"
    money = "" if usage["usd"] is None else f", ${usage['usd']:.2f}"
    return f"{calls} calls, {tokens:,} tokens{money}"


async def _asked(runs: Runs, view: RunView, folder: Path) -> None:
    run = view.row["id"]
    for question in view.report["questions"]:
        for line in lines_of(question, await runs.journal(run), folder / DRAFT):
            say(line)
        await ask_person(runs, run, question)


async def _leave(runs: Runs, view: RunView, out: Path | None, formats: list[str] | None) -> Path:
    remembered, report = view.row["remembered"], view.report
    folder, chosen = out or Path(remembered.get("out", ".")), formats or remembered.get("formats") or formats_of(None)
    asked = report["status"] == "waiting" and report["questions"]
    draft = await runs.draft(view.row["id"]) if asked and report["sections"] else None
    leave(folder, chosen, await runs.document_of(view), report, draft, await runs.template_of(view.journal))
    return folder
