"""The graphs as LangGraph Studio is shown them: the same builders, with their whole state as output.

The Studio server streams a graph's output channels: compiled with a narrow output, updates of most nodes would read
as nothing. Every agent can also be tried alone (``quire.graphs.trial``), and ``report`` is for programs that take a
graph as a tool. The server looks graphs up in the module's own
namespace, where ``__getattr__`` is not asked (langgraph-api 0.16).
"""

from collections.abc import Mapping

from quire.graphs.document.document_graph import build, graph
from quire.graphs.document.report import report_graph
from quire.graphs.kernel.agent_state import AgentGraph
from quire.graphs.kernel.registry import discover
from quire.graphs.trial.trial import alone

_AGENTS = discover()
_OF_SECTIONS = [agent for agent in _AGENTS if agent.scope == "section"]

agents: Mapping[str, AgentGraph] = {agent.name: alone(agent.composed(_OF_SECTIONS)) for agent in _AGENTS}
"""Every agent's own graph, by its name."""

globals().update(agents)
document = build(whole_state=True)
report = report_graph(graph)
