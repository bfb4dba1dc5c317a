"""Planning: what would be written of a brief, in which order, and what it would take."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from quire.graphs.intake.agent_check import agent_names_of
from quire.graphs.intake.brief import load
from quire.graphs.kernel.registry import discover
from quire.nodes.config.settings import Settings
from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, BriefPath, app, finish, runs_of_home, say, tell
from quire.server.execution.planning import ONLY_A_PLAN, PlanReport, asked_for_its_plan, report_plan, reported
from quire.server.execution.runs import Runs
from quire.server.execution.versions import Foretold, following

PlanOut = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Leave the plan there, as YAML or (.json) JSON.")
]

Against = Annotated[
    str | None,
    typer.Option(
        "--against", metavar="RUN", help="Foretell which sections of RUN would stand, and why not the others."
    ),
]


@app.command("plan")
def plan_document(brief: BriefPath, out: PlanOut = None, against: Against = None, *, as_json: AsJson = False) -> int:
    """Plan the document that BRIEF asks for, without writing it. `quire write BRIEF --plan FILE` follows the plan.

    Example: quire plan brief.yaml --out plan.yaml
    """
    asked = load(brief, agents=agent_names_of(discover()))
    if out is not None and not out.absolute().parent.is_dir():
        raise BadInput(f"there is no folder {out.absolute().parent}", field="--out", hint="make it first")

    async def work() -> int:
        async with runs_of_home() as runs:
            made = await _made(runs, await following(runs, asked, against) if against else asked)
        if out is not None:
            out.write_text(_as_file(made, out), encoding="utf-8")
        if as_json:
            tell(made)
        else:
            for line in (*_lines(made), *_standing(made.get("versions", ())), *_next(brief, out, against)):
                say(line)
        return 0

    return finish(work())


async def _made(runs: Runs, asked: dict[str, Any]) -> PlanReport:
    """Have the plan made, and end the run that made it."""
    settings = Settings.read()
    return await reported(runs, asked_for_its_plan(asked), lambda run: report_plan(runs, run, settings), ONLY_A_PLAN)


def _as_file(made: PlanReport, file: Path) -> str:
    """Write the sections for a person to edit."""
    plan = {"sections": made["sections"]}
    if file.suffix.lower() == ".json":
        return json.dumps(plan, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(plan, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: what is read back knows no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - whatever it is
        return True


def _lines(made: PlanReport) -> Iterator[str]:
    for number, section in enumerate(made["sections"], 1):
        words = f", about {section['words']} words" if section.get("words") else ""
        after = f", after {', '.join(section['after'])}" if section.get("after") else ""
        skipped = " (would be skipped)" if section["id"] in made["skipped"] else ""
        yield f"{number:>3}  {section['id']}: {section['title']}{words}{after}{skipped}"
        yield from (f"       {question}" for question in section.get("questions", ()))
    yield from (f"not drawn on: {one['source']}: {one['reason']}" for one in made["unused"])
    if made["reason"]:
        yield f"the blueprint's own sections stand: {made['reason']}"
    expected, usage = made["expected"], made["usage"]
    tokens = expected["prompt_tokens"] + expected["completion_tokens"]
    cost = "" if expected["usd"] is None else f", ${expected['usd']:.2f}"
    yield f"writing it would take about {expected['calls']} calls, {tokens:,} tokens{cost}"
    spent = usage["prompt_tokens"] + usage["completion_tokens"]
    yield f"planning it took {made['calls']} calls, {spent:,} tokens"


def _standing(told: Sequence[Foretold]) -> Iterator[str]:
    """Say which sections stand as in the version before, and why the others are written again."""
    stands = [one["id"] for one in told if one["stands"]]
    if told:
        yield f"{len(stands)} of {len(told)} sections stand word for word"
    yield from (f"written again: {one['id']}: {'; '.join(one['because'])}" for one in told if not one["stands"])


def _next(brief: Path, out: Path | None, against: str | None) -> Iterator[str]:
    following_it = f" --from {against}" if against else ""
    if out is not None:
        yield f"to write it, as it is or edited: quire write {brief} --plan {out}{following_it}"
    elif against:
        yield f"to write it: quire write {brief}{following_it}"
