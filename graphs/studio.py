"""The graphs as LangGraph Studio is shown them: the same builders, with their whole state as output.

The Studio server streams a graph's output channels: compiled with a narrow output, updates of most nodes would read
as nothing (langgraph-api 0.16). Every agent can also be tried alone (``graphs.trial``).
"""

from graphs.document import build
from graphs.registry import discover
from graphs.trial import alone

_AGENTS = {agent.name: agent for agent in discover()}
_LANE = [a for a in _AGENTS.values() if a.scope == "section"]

document = build(whole_state=True)
section = alone(_AGENTS["section"].composed(_LANE))
planner, editor, publisher = (alone(_AGENTS[name]) for name in ("planner", "editor", "publisher"))
researcher, writer, reviewer = (alone(_AGENTS[name]) for name in ("researcher", "writer", "reviewer"))
compliance, arbiter = (alone(_AGENTS[name]) for name in ("compliance", "arbiter"))
