"""The extractor's declaration."""

from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.agents.extractor.graph import graph
from quire.graphs.agents.planner.events import RecordsRequested
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="extractor",
    scope="document",
    handles=(RecordsRequested,),
    emits=(RecordsExtracted,),
    graph=graph,
)
