"""The researcher's declaration."""

from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.researcher.graph import graph
from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.agents.writer.events import FactRequested
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="researcher",
    handles=(SectionOpened, ChangesTaken, FactRequested),
    emits=(EvidenceGathered,),
    graph=graph,
)
