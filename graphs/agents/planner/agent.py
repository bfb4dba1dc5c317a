"""The planner's declaration."""

from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.agents.planner.graph import EMITS, graph
from quire.graphs.events import AnswerGiven, DocumentRequested, SectionAdded, SectionProposed
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="planner",
    scope="document",
    handles=(DocumentRequested, RecordsExtracted, AnswerGiven, SectionAdded, SectionProposed),
    emits=EMITS,
    graph=graph,
)
