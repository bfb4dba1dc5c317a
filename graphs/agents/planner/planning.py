"""Planning with a model: asked once, its plan checked by code, and repaired at most twice."""

from collections.abc import Sequence

from quire.graphs.agents.planner.events import PlanOutlined
from quire.graphs.agents.planner.framing import framed, outline_of
from quire.graphs.agents.planner.outline import Assignment, Attempted, Outline, Wish, questions_of, request_outline
from quire.graphs.agents.planner.outline_checks import problems_of
from quire.graphs.agents.planner.sources import described
from quire.graphs.intake.blueprint import Blueprint, SectionSpec
from quire.graphs.kernel.agent_state import AgentState
from quire.graphs.run.model_calls import ask, prompt
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import survey_of
from quire.nodes.author.drafting import written_in
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.survey.survey import Surveyed, by_source

MOST_REPAIRS = 2
_SYSTEM = prompt("planner", "outline")
_USELESS = "no plan that the model gave could be used"


async def planned(
    run: Run, state: AgentState, models: tuple[str, str | None], surveyed: Sequence[Surveyed] | None
) -> PlanOutlined:
    """Have the sections planned of a blueprint whose plan is open; its own list stands where that fails.

    Args:
        run: the run.
        state: the planner's.
        models: the planner's model and its fallback.
        surveyed: what the sources are, if nobody has been told yet.

    """
    blueprint = Blueprint.model_validate(run.request["blueprint"])
    assignment = await _assignment(run, blueprint, surveyed)
    outline, reason = await _outlined(run, state, models, assignment)
    return _told(outline, blueprint, assignment, blueprint.sections, reason)


async def changed(
    run: Run, state: AgentState, models: tuple[str, str | None], sections: list[SectionSpec], note: str
) -> PlanOutlined:
    """Have a plan changed as a person asks; it stays as it is where that fails.

    Args:
        run: the run.
        state: the planner's.
        models: the planner's model and its fallback.
        sections: all sections, as they were proposed.
        note: what the person said.

    """
    blueprint = Blueprint.model_validate(run.request["blueprint"])
    assignment = await _assignment(run, blueprint)
    wish = Wish(outline_of(sections, blueprint, assignment), note)
    outline, reason = await _outlined(run, state, models, assignment, wish)
    return _told(outline, blueprint, assignment, sections, reason and f"the plan is as it was: {reason}")


async def _assignment(run: Run, blueprint: Blueprint, surveyed: Sequence[Surveyed] | None = None) -> Assignment:
    asked = run.request
    known = by_source(surveyed) if surveyed is not None else await survey_of(run)
    return Assignment(
        title=asked["title"],
        guidance=blueprint.guidance,
        facts=asked["facts"],
        questions=questions_of(asked) if blueprint.plan == "open" else (),
        sources=described(await run.readings(), known),
        standing=blueprint.standing,
        language=written_in(run.words),
    )


async def _outlined(
    run: Run, state: AgentState, models: tuple[str, str | None], assignment: Assignment, wish: Wish | None = None
) -> tuple[Outline | None, str]:
    """Give a plan that passes every check, or why there is none."""
    attempted: Attempted | None = None
    problems: list[str] = []
    try:
        for _ in range(1 + MOST_REPAIRS):
            request = request_outline(assignment, models, _SYSTEM, wish=wish, attempted=attempted)
            outline: Outline = (await ask(run, state, "planner", "outline", request)).parsed
            problems = problems_of(outline, assignment)
            if not problems:
                return outline, ""
            attempted = Attempted(outline, problems)
    except (ModelFault, BudgetSpent) as fault:
        return None, str(fault)
    return None, f"{_USELESS}: {problems[0]}"


def _told(
    outline: Outline | None, blueprint: Blueprint, assignment: Assignment, otherwise: list[SectionSpec], reason: str
) -> PlanOutlined:
    if outline is None:
        return PlanOutlined(sections=[s.model_dump(mode="json") for s in otherwise], reason=reason)
    unused = [
        {"source": assignment.numbered_sources[one["source"]].name, "reason": one["reason"]}
        for one in outline["unused"]
    ]
    sections = framed(blueprint, outline, assignment)
    return PlanOutlined(sections=[s.model_dump(mode="json") for s in sections], unused=unused)
