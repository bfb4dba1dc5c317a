"""The editor's declaration."""

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed
from quire.graphs.agents.editor.graph import EMITS, graph
from quire.graphs.agents.planner.events import SectionSkipped
from quire.graphs.events import AnswerGiven, SectionCancelled
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="editor",
    scope="document",
    handles=(SectionApproved, SectionFailed, SectionSkipped, SectionCancelled, AnswerGiven),
    emits=EMITS,
    joins=True,
    graph=graph,
)
