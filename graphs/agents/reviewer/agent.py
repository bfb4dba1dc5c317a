"""The reviewer's declaration."""

from graphs.agents.reviewer.events import SectionReviewed
from graphs.agents.reviewer.graph import graph
from graphs.agents.writer.events import SectionDrafted
from graphs.contract import Agent

AGENT = Agent(
    name="reviewer",
    handles=(SectionDrafted,),
    emits=(SectionReviewed,),
    graph=graph,
)
