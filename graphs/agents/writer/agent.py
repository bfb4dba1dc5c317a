"""The writer's declaration."""

from graphs.agents.arbiter.events import RevisionRequested
from graphs.agents.researcher.events import EvidenceGathered
from graphs.agents.writer.graph import EMITS, graph
from graphs.contract import Agent
from graphs.events import RequestUnanswered

AGENT = Agent(
    name="writer",
    handles=(EvidenceGathered, RevisionRequested, RequestUnanswered),
    emits=EMITS,
    graph=graph,
)
