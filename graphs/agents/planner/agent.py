"""The planner's declaration."""

from graphs.agents.planner.events import PlanProposed, PlanRejected, SectionPlanned, SectionSkipped
from graphs.agents.planner.graph import graph
from graphs.contract import Agent
from graphs.events import AnswerGiven, DocumentRequested, SectionAdded

AGENT = Agent(
    name="planner",
    scope="document",
    handles=(DocumentRequested, AnswerGiven, SectionAdded),
    emits=(SectionPlanned, SectionSkipped, PlanProposed, PlanRejected),
    graph=graph,
)
