"""Surveying the sources with a model where it is to plan: one call for all that the tenant has not had surveyed."""

from collections.abc import Sequence

from typing_extensions import TypedDict

from quire.graphs.kernel.agent_state import AgentState
from quire.graphs.run.model_calls import ask, prompt
from quire.graphs.run.run import Run
from quire.nodes.author.surveying import MOST_AT_ONCE, Shown, numbered, request_survey, rows_of, surveyed_with
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.render.dated import date_of
from quire.nodes.sources.passage import Reading
from quire.nodes.survey.survey import Surveyed

_SYSTEM = prompt("planner", "survey")


class Survey(TypedDict):
    """What the sources are."""

    sources: list[Surveyed]
    """In the brief's order."""
    model: str | None
    """The model that was heard, now or in an earlier run."""
    reason: str
    """Why none was heard, where one was asked."""


async def surveyed(
    run: Run, state: AgentState, models: tuple[str, str | None], readings: Sequence[Reading], found: list[Surveyed]
) -> Survey:
    """Have a model fill in what code did not find; what it said of a source before is not asked again.

    Args:
        run: the run.
        state: the planner's.
        models: the planner's model and its fallback.
        readings: the sources.
        found: what code says of them, in the same order.

    """
    shown = [Shown(reading, about) for reading, about in zip(readings, found, strict=True) if reading["passages"]]
    keys = {one.key(_SYSTEM, models[0]): one for one in shown}
    told = await run.record.kept.of(run.tenant, run.id, keys)
    left = numbered([one for key, one in keys.items() if key not in told][:MOST_AT_ONCE])
    reason = ""
    if left:
        try:
            reply = await ask(run, state, "planner", "survey", request_survey(left, models, _SYSTEM))
        except (ModelFault, BudgetSpent) as fault:
            reason = str(fault)
        else:
            rows = rows_of(reply.parsed, left)
            new = {left[number].key(_SYSTEM, models[0]): row for number, row in rows.items()}
            await run.record.kept.keep(run.tenant, run.id, new)
            told |= new
    today = date_of(run.request["facts"])
    heard = {keys[key].reading["source"]: surveyed_with(row, keys[key], today) for key, row in told.items()}
    sources = [heard.get(one["source"], one) for one in found]
    return Survey(sources=sources, model=models[0] if told else None, reason=reason)
