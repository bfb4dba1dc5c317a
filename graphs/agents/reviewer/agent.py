"""The reviewer's declaration."""

from quire.graphs.agents.reviewer.events import SectionReviewed
from quire.graphs.agents.reviewer.graph import graph
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="reviewer",
    handles=(SectionDrafted,),
    emits=(SectionReviewed,),
    graph=graph,
)
