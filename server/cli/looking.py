"""Looking at what happened in a run, and at the agents."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from quire.graphs.insight.causes import CausalGraph
from quire.graphs.kernel.registry import discover
from quire.graphs.run.journal import Journal
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import INTERRUPTED
from quire.server.cli.command import AsJson, RunId, app, finish, runs_of_home, say, tell
from quire.server.execution.follow import following
from quire.server.presentation.event_line import because_of, line_of


@app.command("events")
def events(
    run: RunId,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more until the run is over.")] = False,
    as_json: AsJson = False,
) -> int:
    """Show the events of a run, each with its causes, also while another process is working on it.

    Example: quire events RUN --follow --json
    """

    async def work() -> int:
        async with runs_of_home() as runs:
            await runs.row(run)
            seen = await runs.journal(run)
            _show(seen, seen.events.values(), as_json=as_json)
            if await runs.standing(await runs.row(run)) == INTERRUPTED:
                sys.stderr.write(f"quire: nobody carries this run on; to carry on: quire resume {run}\n")
            if follow:
                async for event in following(runs.record, run, len(seen.events)):
                    seen.take(event)
                    _show(seen, [event], as_json=as_json)
        return 0

    return finish(work())


def _show(seen: Journal, latest: Iterable[Envelope], *, as_json: bool) -> None:
    """Show the latest of the events seen so far, each with the numbers of those that led to it."""
    graph = CausalGraph(seen)
    for event in latest:
        causes = [cause["n"] for cause in graph.parents(event)]
        tell(event) if as_json else say(f"{line_of(event)}{because_of(causes)}")


@app.command("agents")
def agents(*, as_json: AsJson = False) -> int:
    """List the agents with the events they handle and emit.

    Example: quire agents --json
    """
    for agent in discover():
        wakes, says = sorted(agent.handled_types), sorted(agent.emitted_types)
        if as_json:
            tell({"name": agent.name, "scope": agent.scope, "handles": wakes, "emits": says})
            continue
        say(f"{agent.name} ({agent.scope}): {', '.join(wakes)}")
        say(f"  says {', '.join(says)}")
    return 0
