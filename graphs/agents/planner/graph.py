"""The planner: read the sources, lay out the sections, check the plan."""

from collections.abc import Sequence
from typing import NotRequired

from graphs.agents.planner.events import PlanRejected, SectionPlanned, SectionSkipped
from graphs.blueprint import Blueprint, SectionSpec, topological, when_holds
from graphs.contract import AgentState, Draft, Update, say, subgraph
from graphs.ordering import cycle
from graphs.run import run_of


class State(AgentState):
    """The planner's state."""

    drafts: NotRequired[list[Draft]]


async def read_sources(state: State) -> Update:
    """Read every source once, before anything is paid for, so that one that cannot be read is known now."""
    run = await run_of(state["lane"]["run"])
    await run.readings()
    return {}


async def lay_out(state: State) -> Update:
    """Plan the sections that apply, each behind those it waits for; skip those whose ``when`` does not hold.

    Sent in this order, lanes cannot lock each other out even where a host runs one task at a time.
    """
    asked = state["event"]["data"]
    sections = Blueprint.model_validate(asked["blueprint"]).sections
    if cycle(sections):
        return {"drafts": []}
    place = {s.id: i for i, s in enumerate(sections)}
    ahead = priorities(sections)
    applies = {s.id: when_holds(s, asked["facts"]) for s in sections}
    ordered = sorted(topological(sections), key=lambda s: applies[s.id])
    return {"drafts": [(_plan if applies[s.id] else _skip)(s, place[s.id], ahead[s.id]) for s in ordered]}


async def check_plan(state: State) -> Update:
    """Send the plan on, or reject one in which sections wait for each other."""
    ring = cycle(Blueprint.model_validate(state["event"]["data"]["blueprint"]).sections)
    if ring:
        return {"said": [say(PlanRejected(reason="sections wait for each other: " + " -> ".join(ring)))]}
    return {"said": state["drafts"]}


def priorities(sections: Sequence[SectionSpec]) -> dict[str, int]:
    """Count for each section the sections on the longest path that starts with it."""
    ahead = dict.fromkeys((s.id for s in sections), 1)
    for section in reversed(topological(sections)):
        for needed in section.needs:
            ahead[needed] = max(ahead[needed], 1 + ahead[section.id])
    return ahead


def _plan(section: SectionSpec, position: int, ahead: int) -> Draft:
    planned = SectionPlanned(spec=section.model_dump(mode="json"), position=position, priority=ahead)
    return say(planned, section=section.id, epoch=1)


def _skip(section: SectionSpec, position: int, _ahead: int) -> Draft:
    reason = f"does not apply to this brief: {section.when}"
    return say(SectionSkipped(title=section.title, position=position, reason=reason), section=section.id, epoch=1)


graph = subgraph(
    "planner", (SectionPlanned, SectionSkipped, PlanRejected), read_sources, lay_out, check_plan, state=State
)
