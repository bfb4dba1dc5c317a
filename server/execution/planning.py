"""Planning alone: a run that is asked for its plan, and ends when the plan is there.

What the planner asks of a model is recorded and budgeted as in any run. The plan is all that is wanted of it, so it is
cancelled then; whoever follows the plan begins a run of its own, which asks no planner.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, NotRequired, TypeVar

from typing_extensions import TypedDict

from quire.graphs.insight.forecast import Asks, Forecast, forecast, judges_of
from quire.graphs.insight.plan import Plan, plan_made
from quire.graphs.intake.blueprint import topological
from quire.graphs.intake.blueprint_models import SectionSpec
from quire.graphs.run.commands import cancel_run
from quire.graphs.run.journal import Journal
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.port import Usage
from quire.nodes.model.prices import Prices
from quire.server.execution.runs import Runs
from quire.server.execution.versions import EARLIER, Foretold, foretold

Report = TypeVar("Report")
ONLY_A_PLAN = "only its plan was asked for"


class Expected(TypedDict):
    """What writing would take, if drafts stand at once. ``usd`` is null where a model has no known price."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None


class PlanReport(Plan):
    """A plan, what it would take to write it, and what it has taken to make it."""

    id: str
    expected: Expected
    calls: int
    """Asked of models to make it."""
    usage: Usage
    versions: NotRequired[list[Foretold]]
    """Where it follows a version: what would become of each of its sections."""


def asked_for_its_plan(brief: Mapping[str, Any]) -> dict[str, Any]:
    """Give a decoded brief whose run stops at the plan."""
    options = dict(brief["options"])
    sections = [asked for asked in options.get("approve", []) if asked.startswith("section")]
    return {**brief, "options": options | {"approve": ["plan", *sections]}}


async def reported(runs: Runs, asked: dict[str, Any], report: Callable[[str], Awaitable[Report]], why: str) -> Report:
    """Carry a run on to its plan, report what is wanted of it, and end it.

    Args:
        runs: where it is kept.
        asked: a brief whose run stops at its plan.
        report: makes the report of the run.
        why: the run is ended then.

    """
    run = await runs.begin(asked, run_id=None, remembered={})
    try:
        async for _ in runs.carry_on(run):
            pass
        return await report(run)
    finally:
        if await runs.standing(await runs.row(run)) == "waiting":
            await runs.tell(run, lambda known: cancel_run(known, why))
            async for _ in runs.carry_on(run):
                pass


async def report_plan(runs: Runs, run: str, settings: Settings) -> PlanReport:
    """Report the plan that a run has proposed.

    Raises:
        BadInput: it has proposed none.

    """
    journal = await runs.journal(run)
    made = plan_made(journal)
    told = await _foretold(runs, run, made, journal)
    stands = {one["id"] for one in told or () if one["stands"]}
    report = PlanReport(
        sections=made["sections"],
        skipped=made["skipped"],
        unused=made["unused"],
        reason=made["reason"],
        id=run,
        expected=await _expected(runs, run, made, settings, stands),
        calls=await runs.record.calls(run),
        usage=await runs.record.usage(run),
    )
    return report if told is None else {**report, "versions": told}


async def _foretold(runs: Runs, run: str, made: Plan, journal: Journal) -> list[Foretold] | None:
    if not journal.asked.get(EARLIER):
        return None
    specs = [SectionSpec.model_validate(s) for s in made["sections"] if s["id"] not in made["skipped"]]
    return await foretold(runs, run, topological(specs))


async def _expected(runs: Runs, run: str, made: Plan, settings: Settings, stands: Collection[str]) -> Expected:
    if settings.offline and not await runs.record.calls(run):
        return Expected(calls=0, prompt_tokens=0, completion_tokens=0, usd=0.0)
    asked = (await runs.journal(run)).asked
    specs = [SectionSpec.model_validate(s) for s in made["sections"] if s["id"] not in {*made["skipped"], *stands}]
    judges = {spec.id: judges_of(spec, asked["blueprint"]) for spec in specs}
    asks = Asks(judges, settings.evidence_tokens, verifies=settings.verify == "model", embeds=settings.embeds)
    told = forecast(specs, await runs.readings(run), asks)
    prompt, completion = told.prompt_tokens, told.completion_tokens
    usd = _priced(Prices(settings.prices), settings, told)
    return Expected(calls=told.calls, prompt_tokens=prompt, completion_tokens=completion, usd=usd)


def _priced(prices: Prices, settings: Settings, told: Forecast) -> float | None:
    """Give what it would cost; None where a model that is asked has no known price."""
    writer, embedder = prices.of(settings.model_for("writer")), prices.of(settings.embedding_model or "")
    if writer is None or (told.embedded_tokens and embedder is None):
        return None
    embedded = embedder.of(told.embedded_tokens, 0) if embedder else 0.0
    return writer.of(told.prompt_tokens - told.embedded_tokens, told.completion_tokens) + embedded
