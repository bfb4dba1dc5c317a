"""The compliance checker's declaration."""

from graphs.agents.compliance.events import SectionChecked
from graphs.agents.compliance.graph import graph
from graphs.agents.writer.events import SectionDrafted
from graphs.contract import Agent

AGENT = Agent(
    name="compliance",
    handles=(SectionDrafted,),
    emits=(SectionChecked,),
    graph=graph,
)
