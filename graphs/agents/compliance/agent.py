"""The compliance checker's declaration."""

from quire.graphs.agents.compliance.events import SectionChecked
from quire.graphs.agents.compliance.graph import graph
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="compliance",
    handles=(SectionDrafted,),
    emits=(SectionChecked,),
    graph=graph,
)
