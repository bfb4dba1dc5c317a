"""``quire timeline``: the sections of a run over time, on a terminal, in a pipe, or as a picture."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from quire.graphs.insight.timeline import Span, Timeline, TimelineRow, timeline
from quire.nodes.event_store.memory import utc_now
from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, RunId, app, finish, runs_of_home, tell
from quire.server.presentation.terminal import safe
from quire.server.presentation.timeline_scale import without_pauses
from quire.server.presentation.timeline_svg import svg_of
from quire.server.presentation.timeline_words import length_of, path_of, pauses_of, saving_of, waits_of

NAME, LEAST = 24, 30
"""Columns for a section's name, and the least for its time."""
MARKS = {"wait": ("·", "dim"), "work": ("━", "cyan"), "person": ("?", "yellow")}
CRITICAL, PAUSED = ("█", "bold red"), ("░", "dim")


@app.command("timeline")
def show_timeline(
    run: RunId,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Draw it into this file.")] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Show who worked when, the critical path, and the waits, and what would have made it shorter.

    Example: quire timeline RUN --svg timeline.svg
    """
    told = finish(_told(run))
    if svg is not None:
        _write(svg, svg_of(told, run))
    if as_json:
        tell(told)
    elif svg is None:
        _draw(told, run)
    return 0


def _write(path: Path, drawn: str) -> None:
    try:
        path.write_text(drawn, encoding="utf-8")
    except OSError as error:
        problem = f"cannot write {path}: {error.strerror}"
        raise BadInput(problem, field="--svg", hint="name a file in a folder that there is") from None


async def _told(run: str) -> Timeline:
    async with runs_of_home() as runs:
        row, journal = await runs.row(run), await runs.journal(run)
        still = row["status"] == "waiting" or await runs.locks.is_free(run)
        at = [event["at"] for event in journal.events.values()]
        return timeline(journal, at[-1] if at and still else utc_now())


def _draw(told: Timeline, run: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    width = max(LEAST, min(console.width, 120) - NAME - 2)
    console.print(Text(f"{run} {length_of(told)}", style="bold"))
    for line in pauses_of(told):
        console.print(Text(safe(f"  {line}")))
    scaled = without_pauses(told)
    for row in scaled["lanes"]:
        console.print(Text.assemble(f"{safe(_name(row)):<{NAME}}  ", *_bar(scaled, row, width)))
    console.print(
        Text("█ on the critical path  ━ at work  · waits  ? for a person  ░ nobody worked (however long)", style="dim")
    )
    for title, lines in _parts(told):
        console.print(Text(f"\n{title}", style="bold"))
        for line in lines:
            console.print(Text(safe(f"  {line}")))


def _name(row: TimelineRow) -> str:
    again = f" ({row['epoch']})" if row["epoch"] > 1 else ""
    name = row["section"] or "document"
    return (name if len(name) + len(again) <= NAME else f"{name[: NAME - len(again) - 1]}…") + again


def _bar(told: Timeline, row: TimelineRow, width: int) -> Iterator[tuple[str, str]]:
    """Draw a section run; of what falls into one column, the later and the more telling wins."""
    cells = [(" ", "")] * width
    for pause in told["pauses"]:
        _fill(cells, told, pause["start"], pause["end"], PAUSED)
    for span in sorted(row["spans"], key=lambda s: (s["kind"] != "wait", s["critical"])):
        _fill(cells, told, span["start"], span["end"], _mark(span))
    yield from cells


def _mark(span: Span) -> tuple[str, str]:
    return CRITICAL if span["critical"] and span["kind"] == "work" else MARKS[span["kind"]]


def _fill(cells: list[tuple[str, str]], told: Timeline, start: float, end: float, mark: tuple[str, str]) -> None:
    scale = len(cells) / (told["seconds"] or 1.0)
    first = min(int(start * scale), len(cells) - 1)
    for column in range(first, max(first + 1, min(round(end * scale), len(cells)))):
        cells[column] = mark


def _parts(told: Timeline) -> Iterator[tuple[str, list[str]]]:
    yield "Critical path", list(path_of(told))
    if waits := [text for _, text in waits_of(told)]:
        yield "What sections waited for", waits
    if told["shorter"]:
        yield "What would have made it shorter", [saving_of(s) for s in told["shorter"]]
