"""``quire explain``: why a document says what it says."""

from typing import Annotated

import typer

from quire.graphs.insight.explanation import Explanation, explain
from quire.server.cli.command import AsJson, RunId, app, finish, runs_of_home, say, tell
from quire.server.presentation.explanation_words import lines_of


@app.command("explain")
def explain_run(
    run: RunId,
    section: Annotated[str | None, typer.Argument(metavar="[SECTION]", help="One section, claim by claim.")] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Explain a document or section: causes, evidence, model calls, cost.

    Example: quire explain RUN zoning
    """
    told = finish(_explained(run, section))
    if as_json:
        tell(told)
        return 0
    for line in lines_of(told):
        say(line)
    return 0


async def _explained(run: str, section: str | None) -> Explanation:
    async with runs_of_home() as runs:
        await runs.row(run)
        return explain(run, await runs.journal(run), await runs.record.ledger(run), section)
