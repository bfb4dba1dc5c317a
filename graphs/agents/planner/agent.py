"""The planner's declaration."""

from graphs.agents.planner.events import PlanRejected, SectionPlanned, SectionSkipped
from graphs.agents.planner.graph import graph
from graphs.contract import Agent
from graphs.events import DocumentRequested

AGENT = Agent(
    name="planner",
    scope="document",
    handles=(DocumentRequested,),
    emits=(SectionPlanned, SectionSkipped, PlanRejected),
    graph=graph,
)
