"""The editor's declaration."""

from graphs.agents.arbiter.events import SectionApproved, SectionFailed
from graphs.agents.editor.events import DocumentApproved, DocumentFailed, ReleaseProposed, SectionReopened
from graphs.agents.editor.graph import graph
from graphs.agents.planner.events import SectionSkipped
from graphs.contract import Agent
from graphs.events import AnswerGiven, SectionCancelled

AGENT = Agent(
    name="editor",
    scope="document",
    handles=(SectionApproved, SectionFailed, SectionSkipped, SectionCancelled, AnswerGiven),
    emits=(SectionReopened, ReleaseProposed, DocumentApproved, DocumentFailed),
    joins=True,
    graph=graph,
)
