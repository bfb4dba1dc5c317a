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
    from quire.graphs.document.document_graph import build, graph
    from quire.graphs.document.writing import awrite, write
    from quire.graphs.events import Event
    from quire.graphs.intake.brief import load
    from quire.graphs.kernel.contract import Agent
    from quire.graphs.kernel.functions import agent
    from quire.nodes.verification.verdict import verify
    from quire.server.app import create_app

__all__ = ["Agent", "Event", "agent", "awrite", "build", "create_app", "graph", "load", "verify", "write"]

_HOMES = {
    "Agent": "graphs.kernel.contract",
    "Event": "graphs.events",
    "agent": "graphs.kernel.functions",
    "awrite": "graphs.document.writing",
    "build": "graphs.document.document_graph",
    "create_app": "server.app",
    "graph": "graphs.document.document_graph",
    "load": "graphs.intake.brief",
    "verify": "nodes.verification.verdict",
    "write": "graphs.document.writing",
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
