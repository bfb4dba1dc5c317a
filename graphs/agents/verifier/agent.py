"""The verifier's declaration."""

from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.agents.verifier.graph import graph
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="verifier",
    handles=(SectionDrafted,),
    emits=(ClaimsVerified,),
    first=True,
    graph=graph,
)
