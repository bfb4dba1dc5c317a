"""The section agent's declaration."""

from graphs.agents.arbiter.events import SectionApproved, SectionFailed
from graphs.agents.editor.events import SectionReopened
from graphs.agents.planner.events import SectionPlanned
from graphs.agents.section.events import ChangesTaken, SectionOpened
from graphs.agents.section.graph import compose
from graphs.contract import Agent

AGENT = Agent(
    name="section",
    scope="document",
    handles=(SectionPlanned, SectionReopened),
    emits=(SectionOpened, ChangesTaken, SectionApproved, SectionFailed),
    graph=compose,
)
