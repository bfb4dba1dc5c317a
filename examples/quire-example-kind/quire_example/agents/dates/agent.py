"""The agent's declaration. It takes part only in sections that name it."""

from quire import Agent, SectionDrafted
from quire_example.agents.dates.events import DatesRead
from quire_example.agents.dates.graph import graph

AGENT = Agent("dates", handles=(SectionDrafted,), emits=(DatesRead,), graph=graph, on_call=True)
