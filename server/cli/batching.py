"""Writing a document for each row of a table, one after another."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quire.graphs.intake.agent_check import AgentNames
from quire.graphs.intake.batch import TITLE, Asked, batch_of, rows_at
from quire.graphs.intake.brief import facts_stated, load
from quire.nodes.event_store.rows import FINAL
from quire.server.cli.command import runs_of_home, say, tell
from quire.server.cli.entry import INTERRUPTED
from quire.server.cli.output import leave
from quire.server.execution.register import LOCAL
from quire.server.execution.runs import Runs
from quire.server.execution.views import RunView

_GRAVEST = ("failed", "cancelled", "interrupted", "waiting", "partial", "done")
"""How rows may end, the gravest first: the command ends as the gravest of them."""


def batch_at(brief: Path, rows: Path, agents: AgentNames) -> list[Asked]:
    """Read a brief and the rows that it is written for.

    Raises:
        BadInput: with file and line, or the row whose facts do not fit.

    """
    found = rows_at(rows)
    facts = {name: value for name, value in found[0].facts.items() if name != TITLE}
    return batch_of(load(brief, agents=agents, facts=facts), facts_stated(brief), found, LOCAL)


async def write_each(
    batch: Sequence[Asked], out: Path, formats: Sequence[str], exits: Mapping[str, int], *, as_json: bool
) -> int:
    """Write every document of a batch that is not written, and give the exit of the gravest."""
    ended: list[str] = []
    async with runs_of_home() as runs:
        for one in batch:
            view = await _written(runs, one)
            folder = out / one.folder
            leave(folder, formats, await runs.document_of(view), view.report)
            ended.append(view.report["status"])
            told = {
                "row": one.row.number,
                "name": one.row.name,
                "id": one.run,
                "status": ended[-1],
                "folder": str(folder),
            }
            tell(told) if as_json else say(_line(told))
    worst = next(status for status in _GRAVEST if status in ended)
    return exits.get(worst, INTERRUPTED)


def _line(told: Mapping[str, Any]) -> str:
    return f"{told['row']:>4}  {told['status']:<10}  {told['name']}  ({told['id']}, {told['folder']})"


async def _written(runs: Runs, one: Asked) -> RunView:
    """Begin a run, or carry on the one that is there; what is over stays as it is."""
    row = await runs.record.row(one.run)
    if row is None:
        await runs.begin(one.brief, run_id=one.run, remembered={})
    if row is None or row["status"] not in FINAL:
        async for _ in runs.carry_on_or_follow(one.run):
            pass
    return await runs.view(one.run)
