"""The commands of ``quire``."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from graphs import outside
from graphs.blueprint import load_builtin, names
from graphs.brief import load
from graphs.registry import discover
from graphs.run import close_run
from nodes.faults import BadInput
from nodes.record.sqlite import FINAL
from nodes.settings import Settings
from server.cli.entry import INTERRUPTED
from server.cli.output import formats_of, leave
from server.cli.showing import Progress, line_of, safe
from server.execution import LOCAL, Runs, opened
from server.run_json import RunReport

EXITS = {"done": 0, "failed": 1, "cancelled": 1, "partial": 3, "waiting": 4}

app = typer.Typer(
    help="Write long documents with agents that react to events.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
RunId = Annotated[str, typer.Argument(metavar="RUN", help="The run's id (`quire runs` lists them).")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the results.")]
Formats = Annotated[str | None, typer.Option("--format", help="Of md,html,docx,pdf,json; all by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


@app.command()
def write(
    brief: Annotated[Path, typer.Argument(metavar="BRIEF", help="A YAML or JSON file.")],
    out: Out = None,
    formats: Formats = None,
    run_id: Annotated[str | None, typer.Option("--run-id", help="Id of the run; made up by default.")] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Write the document that BRIEF asks for.

    Example: quire write examples/site-zoning-report/brief.yaml --out out
    """
    chosen, asked = formats_of(formats), load(brief)
    door = {"out": str((out or Path()).absolute()), "formats": chosen}

    async def work() -> int:
        async with _runs() as runs:
            return await _carry_on(runs, await runs.begin(asked, run_id=run_id, door=door), as_json=as_json)

    return _run(work())


@app.command()
def resume(run: RunId, out: Out = None, formats: Formats = None, *, as_json: AsJson = False) -> int:
    """Carry on a run that was interrupted. What is recorded is not done again."""
    chosen = formats_of(formats) if formats is not None else None

    async def work() -> int:
        async with _runs() as runs:
            return await _carry_on(runs, run, as_json=as_json, out=out, formats=chosen)

    return _run(work())


@app.command()
def answer(
    run: RunId,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="plan, section:ID or release.")],
    decision: Annotated[str, typer.Argument(metavar="approve|revise|reject")],
    note: Annotated[str, typer.Option("--note", help="What is to change, or why not.")] = "",
    *,
    as_json: AsJson = False,
) -> int:
    """Answer a question and carry the run on."""

    async def work() -> int:
        async with _runs() as runs:
            known = await runs.known(run)
            try:
                await outside.answer(known, question, {"decision": decision, "note": note})
            finally:
                close_run(run)
            return await _carry_on(runs, run, as_json=as_json)

    return _run(work())


@app.command()
def cancel(run: RunId) -> int:
    """Cancel a run that nobody is working on."""

    async def work() -> int:
        async with _runs() as runs:
            row = await runs.row(run)
            if row["status"] in FINAL:
                raise BadInput(f"run {run!r} is over: it is {row['status']}")
            known = await runs.known(run)
            await outside.cancel_run(known)
            close_run(run)
            async for _ in runs.carry_on(run):
                pass
            await _leave(runs, run, None, None)
            _say(f"{run}: {(await runs.row(run))['status']}")
            return 0

    return _run(work())


@app.command("runs")
def list_runs(*, as_json: AsJson = False) -> int:
    """List the runs, the newest first."""

    async def work() -> int:
        async with _runs() as runs:
            for row in await runs.record.rows(LOCAL):
                shown = {k: row[k] for k in ("id", "status", "created", "finished")}
                _say(json.dumps(shown) if as_json else f"{row['id']}  {row['status']:<9}  {row['created']}")
        return 0

    return _run(work())


@app.command()
def events(
    run: RunId,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more until the run is over.")] = False,
    as_json: AsJson = False,
) -> int:
    """Show what has happened in a run."""

    async def work() -> int:
        async with _runs() as runs:
            await runs.row(run)
            last, over = 0, False
            while not over:
                for event in await runs.record.events(run, last):
                    last = event["n"]
                    _say(json.dumps(event, ensure_ascii=False) if as_json else line_of(event))
                over = not follow or (await runs.row(run))["status"] in FINAL
                await asyncio.sleep(0 if over else 0.2)
        return 0

    return _run(work())


@app.command()
def check(brief: Annotated[Path, typer.Argument(metavar="BRIEF", help="A YAML or JSON file.")]) -> int:
    """Check a brief, its blueprint and its sources without running anything."""
    asked = load(brief)
    _say(f"{brief}: good, {len(asked['sources'])} sources")
    return 0


@app.command()
def blueprints(name: Annotated[str | None, typer.Argument(metavar="NAME")] = None) -> int:
    """List the blueprints that ship, or show one."""
    for known in names() if name is None else [name]:
        blueprint = load_builtin(known)
        _say(f"{known}: {blueprint.title}. {' '.join(blueprint.description.split())}")
        for section in blueprint.sections if name else ():
            waits = f"  after {', '.join(section.after)}" if section.after else ""
            _say(f"  {section.id}: {section.title}{waits}")
    return 0


@app.command()
def agents() -> int:
    """List the agents: what wakes them and what they say."""
    for agent in discover():
        _say(f"{agent.name} ({agent.scope}): {', '.join(sorted(agent.handled_types))}")
        _say(f"  says {', '.join(sorted(agent.emitted_types))}")
    return 0


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1", port: Annotated[int, typer.Option("--port")] = 8000
) -> int:
    """Serve HTTP, LangServe and the web page."""
    import uvicorn  # noqa: PLC0415 - only this command serves

    from server.app import build_app  # noqa: PLC0415 - the same

    settings = Settings.read()
    if not settings.api_keys and host not in {"127.0.0.1", "::1", "localhost"}:
        raise BadInput(f"without keys only this machine is served, not {host}", hint="set QUIRE_API_KEYS")
    uvicorn.run(build_app(settings), host=host, port=port, log_level="info")
    return 0


@asynccontextmanager
async def _runs() -> AsyncIterator[Runs]:
    async with opened(Settings.read()) as runs:
        yield runs


def _run(work: Any) -> int:
    code: int = asyncio.run(work)
    return code


async def _carry_on(
    runs: Runs, run: str, *, as_json: bool, out: Path | None = None, formats: list[str] | None = None
) -> int:
    """Carry a run on, show it, ask at a terminal, and leave the results."""
    try:
        report = await _shown(runs, run, as_json=as_json)
        while report["status"] == "waiting" and sys.stdin.isatty() and sys.stdout.isatty() and not as_json:
            await _asked(runs, run, report)
            report = await _shown(runs, run, as_json=as_json)
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.stderr.write(f"\ninterrupted; to carry on: quire resume {run}\n")
        raise SystemExit(INTERRUPTED) from None
    await _leave(runs, run, out, formats)
    _closing(report, as_json=as_json)
    return EXITS[report["status"]]


async def _shown(runs: Runs, run: str, *, as_json: bool) -> RunReport:
    with Progress(quiet=as_json) as progress:
        async for event in runs.carry_on(run):
            if as_json:
                _say(json.dumps(event, ensure_ascii=False))
            progress.show(event, await _spent(runs, run) if progress.is_live else "")
    return await runs.report(run)


async def _spent(runs: Runs, run: str) -> str:
    usage, calls = await runs.record.usage(run), await runs.record.calls(run)
    tokens = usage["prompt_tokens"] + usage["completion_tokens"]
    return f"{calls} calls, {tokens:,} tokens" if calls else "no model asked"


async def _asked(runs: Runs, run: str, report: RunReport) -> None:
    for question in report["questions"]:
        _say(f"{question['id']}: {safe(question['text'])}")
        decision = typer.prompt("approve, revise or reject", default="approve")
        note = "" if decision == "approve" else typer.prompt("note", default="")
        known = await runs.known(run)
        try:
            await outside.answer(known, question["id"], {"decision": decision, "note": note})
        finally:
            close_run(run)


async def _leave(runs: Runs, run: str, out: Path | None, formats: list[str] | None) -> None:
    door = (await runs.row(run))["door"]
    folder, chosen = out or Path(door.get("out", ".")), formats or door.get("formats") or formats_of(None)
    leave(folder, chosen, await runs.document(run), await runs.report(run))


def _closing(report: RunReport, *, as_json: bool) -> None:
    if as_json:
        _say(json.dumps(cast("dict[str, Any]", report), ensure_ascii=False))
        return
    approved = sum(s["status"] == "approved" for s in report["sections"])
    _say(f"{report['id']}: {report['status']}, {approved} of {len(report['sections'])} sections approved")
    for section in report["sections"]:
        if section["status"] not in {"approved", "skipped"}:
            _say(safe(f"  {section['id']}: {section['status']}: {section.get('reason', '')}"))
    for warning in report["warnings"]:
        _say(safe(f"  warning: {warning}"))
    for question in report["questions"]:
        _say(safe(f"  question {question['id']}: {question['text']}"))
        _say(f"    quire answer {report['id']} {question['id']} approve|revise|reject")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
