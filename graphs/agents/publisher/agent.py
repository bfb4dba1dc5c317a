"""The publisher's declaration."""

from quire.graphs.agents.editor.events import DocumentApproved
from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.agents.publisher.graph import graph
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="publisher",
    scope="document",
    handles=(DocumentApproved,),
    emits=(DocumentPublished,),
    graph=graph,
)
