"""The section agent's declaration."""

from quire.graphs.agents.arbiter.events import SectionApproved, SectionFailed
from quire.graphs.agents.editor.events import SectionReopened
from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.agents.section.graph import compose
from quire.graphs.kernel.contract import Agent

AGENT = Agent(
    name="section",
    scope="document",
    handles=(SectionPlanned, SectionReopened),
    emits=(SectionOpened, ChangesTaken, SectionApproved, SectionFailed),
    graph=compose,
)
