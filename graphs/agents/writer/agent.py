"""The writer's declaration."""

from graphs.agents.arbiter.events import RevisionRequested
from graphs.agents.researcher.events import EvidenceGathered
from graphs.agents.writer.events import FactRequested, SectionDrafted
from graphs.agents.writer.graph import graph
from graphs.contract import Agent

AGENT = Agent(
    name="writer",
    handles=(EvidenceGathered, RevisionRequested),
    emits=(SectionDrafted, FactRequested),
    graph=graph,
)
