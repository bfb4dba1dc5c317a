"""The arbiter's declaration."""

from graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from graphs.agents.arbiter.graph import graph
from graphs.contract import Agent
from graphs.events import AgentFailed, Verdict

AGENT = Agent(
    name="arbiter",
    handles=(Verdict, AgentFailed),
    emits=(RevisionRequested, SectionSubmitted, SectionApproved, SectionFailed),
    joins=True,
    graph=graph,
)
