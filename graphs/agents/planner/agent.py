"""The planner's declaration."""

from quire.graphs.agents.planner.events import (
    ConflictFound,
    PlanOutlined,
    PlanProposed,
    PlanRejected,
    SectionPlanned,
    SectionSkipped,
    SourcesCompared,
    SourcesSurveyed,
)
from quire.graphs.agents.planner.graph import graph
from quire.graphs.events import AnswerGiven, DocumentRequested, SectionAdded
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="planner",
    scope="document",
    handles=(DocumentRequested, AnswerGiven, SectionAdded),
    emits=(
        SourcesSurveyed,
        SourcesCompared,
        ConflictFound,
        SectionPlanned,
        SectionSkipped,
        PlanOutlined,
        PlanProposed,
        PlanRejected,
    ),
    graph=graph,
)
