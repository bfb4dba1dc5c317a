"""Evaluating briefs: their documents are written and held against what was expected of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from pydantic import TypeAdapter, ValidationError

from quire.graphs.insight.evaluation.comparing import Compared, compared, is_worse
from quire.graphs.insight.evaluation.expectations import Case, cases_in
from quire.graphs.insight.evaluation.scoring import Evaluation, Said, as_expected, evaluated
from quire.graphs.intake.agent_check import agent_names_of
from quire.graphs.intake.brief import load
from quire.graphs.intake.brief_files import bytes_at
from quire.graphs.kernel.registry import discover
from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, app, finish, runs_of_home, say, tell
from quire.server.execution.runs import Runs

NOT_AS_EXPECTED = 1
_MAX_FILE = 200_000_000
_MOST_SHOWN = 12
"""Claims that are new, or no more, of which each is printed; ``--json`` has them all."""
_EARLIER: TypeAdapter[Evaluation] = TypeAdapter(Evaluation)


@app.command("evaluate")
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with files named *evaluation.yaml.")],
    *,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="What an earlier run printed with --json.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Write the documents of the briefs in FOLDER, and hold them against the facts that they should state.

    Example: quire evaluate examples --against before.jsonl
    """
    cases = cases_in(folder)
    earlier = _earlier(against) if against else {}
    cast = agent_names_of(discover())
    briefs = [load(case.brief, agents=cast) for case in cases]

    async def work() -> int:
        worst = 0
        async with runs_of_home() as runs:
            for case, brief in zip(cases, briefs, strict=True):
                found = await _evaluated(runs, case, brief)
                difference = compared(found, earlier[case.name]) if case.name in earlier else None
                _print(found, difference, as_json=as_json, is_compared=against is not None)
                good = not is_worse(difference) and _ended(found) if difference else as_expected(found)
                worst = worst if good else NOT_AS_EXPECTED
        return worst

    return finish(work())


async def _evaluated(runs: Runs, case: Case, brief: Mapping[str, Any]) -> Evaluation:
    """Write a brief's document; nobody is asked anything."""
    unasked = {**brief, "options": {name: value for name, value in brief["options"].items() if name != "approve"}}
    run = await runs.begin(unasked, run_id=None, remembered={})
    async for _ in runs.carry_on_or_follow(run):
        pass
    view = await runs.view(run)
    return evaluated(case.name, case.expectations, await runs.document_of(view), view.report)


def _ended(found: Evaluation) -> bool:
    return found["status"] in ("done", "partial")


def _earlier(file: Path) -> dict[str, Evaluation]:
    """Read what an earlier evaluation printed.

    Raises:
        BadInput: it is none; with file and line.

    """
    text = bytes_at(file, _MAX_FILE, lambda problem, hint: BadInput(problem, field="--against", hint=hint))
    found: dict[str, Evaluation] = {}
    for number, line in enumerate(text.decode("utf-8", errors="replace").splitlines(), 1):
        try:
            told = json.loads(line)
            told.pop("difference", None)
            one = _EARLIER.validate_python(told)
        except (ValueError, AttributeError, ValidationError) as error:
            hint = "make one with: quire evaluate FOLDER --json > FILE"
            raise BadInput("is no line of an evaluation", file=str(file), line=number, hint=hint) from error
        found[one["name"]] = one
    return found


def _print(found: Evaluation, difference: Compared | None, *, as_json: bool, is_compared: bool) -> None:
    if as_json:
        tell({**found, "difference": difference} if is_compared else found)
        return
    for line in _lines(found):
        say(line)
    if is_compared:
        for line in _difference(difference):
            say(line)


def _lines(found: Evaluation) -> Iterator[str]:
    written = ", ".join(found["models"]) or found["mode"]
    yield f"{found['name']}: {found['status']}, {written}, run {found['run']}"
    if found["reason"]:
        yield f"  {found['reason']}"
    total = len(found["facts_found"]) + len(found["facts_missing"])
    enough = f" ({found['facts_needed']} are enough)" if found["facts_needed"] != total else ""
    yield f"  facts      {len(found['facts_found'])} of {total}{enough}{_named('missing', found['facts_missing'])}"
    yield f"  traps      fell into {len({f['id'] for f in found['traps_fallen_into']})} of {found['traps']}"
    for fallen in found["traps_fallen_into"]:
        yield f"    {fallen['id']}, in {fallen['section']}: {fallen['text']}"
    conflicts = len(found["conflicts_named"]) + len(found["conflicts_missing"])
    yield f"  conflicts  {len(found['conflicts_named'])} of {conflicts}{_named('missing', found['conflicts_missing'])}"
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in found["verdicts"].items()) or "no claim was judged"
    yield f"  verdicts   {verdicts}; {found['objections']} objections"
    tokens = found["prompt_tokens"] + found["completion_tokens"]
    yield f"  model      {found['calls']} calls, {tokens:,} tokens"


def _difference(difference: Compared | None) -> Iterator[str]:
    if difference is None:
        yield "  against    it is not in the earlier run"
        return
    told = cast("Mapping[str, Any]", difference)
    changed = [
        f"{what.replace('_', ' ')}: {', '.join(told[what])}"
        for what in ("facts_won", "facts_lost", "traps_left", "traps_new", "conflicts_won", "conflicts_lost")
        if told[what]
    ]
    yield f"  against    {'; '.join(changed) or 'facts, traps and conflicts as before'}"
    yield f"             {difference['calls']:+} calls, {difference['tokens']:+,} tokens"
    yield from _said("new", "+", difference["said_new"])
    yield from _said("no more", "-", difference["said_no_more"])


def _said(what: str, sign: str, said: Sequence[Said]) -> Iterator[str]:
    if said:
        yield f"             {len(said)} claims are {what}"
    for one in said[:_MOST_SHOWN]:
        yield f"    {sign} {one['section']}: {one['text']}"
    if rest := said[_MOST_SHOWN:]:
        yield f"    {sign} and {len(rest)} more"


def _named(what: str, ids: Sequence[str]) -> str:
    return f"; {what}: {', '.join(ids)}" if ids else ""
