"""The writer's declaration."""

from quire.graphs.agents.arbiter.events import RevisionRequested
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.writer.graph import EMITS, graph
from quire.graphs.events import RequestUnanswered
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="writer",
    handles=(EvidenceGathered, RevisionRequested, RequestUnanswered),
    emits=EMITS,
    graph=graph,
)
