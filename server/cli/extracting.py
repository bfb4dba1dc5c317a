"""Extracting: the records that stand in the sources of a brief, for a person to correct."""

from pathlib import Path
from typing import Annotated

import typer

from quire.graphs.intake.agent_check import agent_names_of
from quire.graphs.intake.brief import load
from quire.graphs.kernel.registry import discover
from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, BriefPath, app, finish, runs_of_home, say, tell
from quire.server.execution.extracting import ONLY_RECORDS, RecordsReport, asked_for_its_records, report_records
from quire.server.execution.planning import reported

RecordsOut = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Leave the records there, as YAML, and say how many.")
]


@app.command("extract")
def extract_records(brief: BriefPath, out: RecordsOut = None, *, as_json: AsJson = False) -> int:
    """Read the records that the blueprint of BRIEF declares out of its sources, for a person to correct.

    Example: quire extract brief.yaml --out records.yaml
    """
    asked = asked_for_its_records(load(brief, agents=agent_names_of(discover())))
    if out is not None and not out.absolute().parent.is_dir():
        raise BadInput(f"there is no folder {out.absolute().parent}", field="--out", hint="make it first")

    async def work() -> int:
        async with runs_of_home() as runs:
            made = await reported(runs, asked, lambda run: report_records(runs, run), ONLY_RECORDS)
        if out is not None:
            out.write_text(made["file"], encoding="utf-8")
        if as_json:
            tell(made)
        elif out is None:
            for line in made["file"].splitlines():
                say(line)
        else:
            _say(made, out)
        return 0

    return finish(work())


def _say(made: RecordsReport, out: Path) -> None:
    for name, records in made["records"].items():
        refused = sum(one["type"] == name for one in made["refused"])
        say(f"{name}: {len(records)}" + (f", not accepted: {refused}" if refused else ""))
    usage = made["usage"]
    say(f"reading them took {made['calls']} calls, {usage['prompt_tokens'] + usage['completion_tokens']:,} tokens")
    say(f"look through {out}, and name it in the brief: records: {out.name}")
