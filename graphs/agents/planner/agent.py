"""The planner's declaration."""

from quire.graphs.agents.planner.events import (
    ConflictFound,
    PlanOutlined,
    PlanProposed,
    PlanRejected,
    SectionConsidered,
    SectionDeclined,
    SectionPlanned,
    SectionSkipped,
    SourcesCompared,
    SourcesSurveyed,
)
from quire.graphs.agents.planner.graph import graph
from quire.graphs.events import AnswerGiven, DocumentRequested, SectionAdded, SectionProposed
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="planner",
    scope="document",
    handles=(DocumentRequested, AnswerGiven, SectionAdded, SectionProposed),
    emits=(
        SourcesSurveyed,
        SourcesCompared,
        ConflictFound,
        SectionPlanned,
        SectionSkipped,
        PlanOutlined,
        PlanProposed,
        PlanRejected,
        SectionConsidered,
        SectionDeclined,
    ),
    graph=graph,
)
