"""The arbiter's declaration."""

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.arbiter.graph import graph
from quire.graphs.events import AgentFailed, Verdict
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="arbiter",
    handles=(Verdict, AgentFailed),
    emits=(RevisionRequested, SectionSubmitted, SectionApproved, SectionFailed),
    joins=True,
    graph=graph,
)
