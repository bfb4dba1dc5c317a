"""Event-driven agents on LangGraph that write long documents in which every figure leads to its source.

The public names, loaded when they are first used: importing ``quire`` costs next to nothing, and LangGraph is
imported by whoever asks for a graph. What is not listed here may change with any release.

::

    import quire

    made = quire.write("brief.yaml")           # or: await quire.awrite(...)
    result = await quire.graph.ainvoke(quire.load("brief.yaml"))
    graph = quire.build(agents=[fact_checker])
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if not (Path(__file__).parent / "graphs").is_dir():
    # a checkout without symbolic links: the folders stand at its top
    __path__.append(str(Path(__file__).parents[2]))

if TYPE_CHECKING:
    from quire.graphs.agents.verifier.given import verify
    from quire.graphs.agents.writer.events import SectionDrafted
    from quire.graphs.dispatch.functions import agent
    from quire.graphs.dispatch.subgraph import subgraph
    from quire.graphs.document.document_graph import build, graph
    from quire.graphs.document.tool import tool
    from quire.graphs.document.writing import awrite, write
    from quire.graphs.events import Event, Verdict
    from quire.graphs.intake.brief import load
    from quire.graphs.kernel.agent_state import AgentState, Update
    from quire.graphs.kernel.contract import Agent
    from quire.graphs.kernel.emitting import emit
    from quire.nodes.computations.blocks import paragraph, section, table, yielding
    from quire.nodes.computations.citing import cite
    from quire.nodes.computations.materials import Finding, Materials
    from quire.nodes.evidence.content import SectionContent, claim
    from quire.nodes.faults import BadInput
    from quire.nodes.records.entries import Records
    from quire.nodes.sources.gathering import Gathering
    from quire.nodes.sources.kinds import SourceKind
    from quire.server.app import create_app

__all__ = [
    "Agent",
    "AgentState",
    "BadInput",
    "Event",
    "Finding",
    "Gathering",
    "Materials",
    "Records",
    "SectionContent",
    "SectionDrafted",
    "SourceKind",
    "Update",
    "Verdict",
    "agent",
    "awrite",
    "build",
    "cite",
    "claim",
    "create_app",
    "emit",
    "graph",
    "load",
    "paragraph",
    "section",
    "subgraph",
    "table",
    "tool",
    "verify",
    "write",
    "yielding",
]

_HOMES = {
    "Agent": "graphs.kernel.contract",
    "AgentState": "graphs.kernel.agent_state",
    "BadInput": "nodes.faults",
    "Event": "graphs.events",
    "Finding": "nodes.computations.materials",
    "Gathering": "nodes.sources.gathering",
    "Materials": "nodes.computations.materials",
    "Records": "nodes.records.entries",
    "SectionContent": "nodes.evidence.content",
    "SectionDrafted": "graphs.agents.writer.events",
    "SourceKind": "nodes.sources.kinds",
    "Update": "graphs.kernel.agent_state",
    "Verdict": "graphs.events",
    "agent": "graphs.dispatch.functions",
    "awrite": "graphs.document.writing",
    "build": "graphs.document.document_graph",
    "cite": "nodes.computations.citing",
    "claim": "nodes.evidence.content",
    "create_app": "server.app",
    "emit": "graphs.kernel.emitting",
    "graph": "graphs.document.document_graph",
    "load": "graphs.intake.brief",
    "paragraph": "nodes.computations.blocks",
    "section": "nodes.computations.blocks",
    "subgraph": "graphs.dispatch.subgraph",
    "table": "nodes.computations.blocks",
    "tool": "graphs.document.tool",
    "verify": "graphs.agents.verifier.given",
    "write": "graphs.document.writing",
    "yielding": "nodes.computations.blocks",
}
"""Where each public name is defined."""


def __getattr__(name: str) -> Any:
    """Import a public name from where it is defined (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'quire' has no attribute {name!r}")
    return getattr(import_module(f"quire.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
