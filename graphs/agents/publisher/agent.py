"""The publisher's declaration."""

from graphs.agents.editor.events import DocumentApproved
from graphs.agents.publisher.events import DocumentPublished
from graphs.agents.publisher.graph import graph
from graphs.contract import Agent

AGENT = Agent(
    name="publisher",
    scope="document",
    handles=(DocumentApproved,),
    emits=(DocumentPublished,),
    graph=graph,
)
