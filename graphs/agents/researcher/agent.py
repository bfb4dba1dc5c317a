"""The researcher's declaration."""

from graphs.agents.researcher.events import EvidenceGathered
from graphs.agents.researcher.graph import graph
from graphs.agents.section.events import ChangesTaken, SectionOpened
from graphs.agents.writer.events import FactRequested
from graphs.contract import Agent

AGENT = Agent(
    name="researcher",
    handles=(SectionOpened, ChangesTaken, FactRequested),
    emits=(EvidenceGathered,),
    graph=graph,
)
