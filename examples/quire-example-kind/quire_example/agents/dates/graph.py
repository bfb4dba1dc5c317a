"""The agent's one step: look for a year, then judge."""

import re

from quire import AgentState, Finding, Update, emit, subgraph
from quire_example.agents.dates.events import DatesRead


async def read_dates(state: AgentState) -> Update:
    """Warn of a draft that states no year."""
    section = state["scope"]["section"]["id"]
    text = str(state["event"]["data"]["content"])
    warning = Finding(rule="dates", severity="warning", message="It states no year.", where=section)
    findings = [] if re.search(r"\b(19|20)\d\d\b", text) else [dict(warning)]
    return {"outgoing": [emit(DatesRead(blocks=False, findings=findings))]}


graph = subgraph("dates", (DatesRead,), read_dates)
