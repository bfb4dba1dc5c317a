"""Writing a document from Python in one call, in this process and in memory."""

import asyncio
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from quire.graphs.document.document_graph import graph
from quire.graphs.document.state import DocumentOutput
from quire.graphs.intake.brief import decode, load
from quire.graphs.run.run import Run
from quire.graphs.run.traces import tracing
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.observing import observed


async def awrite(brief: str | Path | Mapping[str, Any]) -> DocumentOutput:
    """Write the document that a brief asks for.

    Args:
        brief: a path, or what ``load`` gives.

    Returns:
        ``document`` (as JSON), ``markdown``, ``status``, ``sections`` and ``usage``.

    Raises:
        BadInput: the brief cannot be used; every problem with file, line and field.

    """
    read = load if isinstance(brief, str | Path) else decode  # a graph's state drops what it has no place for
    given = await asyncio.to_thread(read, brief)  # type: ignore[arg-type] # each of the two takes its own
    run = Run(uuid.uuid4().hex, observed(MemoryRecord(), tracing()))
    return cast("DocumentOutput", await graph.ainvoke(cast("Any", {**given, "id": run.id}), context=run))


def write(brief: str | Path | Mapping[str, Any]) -> DocumentOutput:
    """Write the document that a brief asks for, where no event loop runs; see ``awrite``."""
    return asyncio.run(awrite(brief))
