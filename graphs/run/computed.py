"""What code works out of a section, without a writer: its computation, its records, or its template."""

import asyncio

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import gather
from quire.nodes.author.templates import fill
from quire.nodes.computations import computing
from quire.nodes.evidence.content import SectionContent
from quire.nodes.records.showing import show_records


async def computed_of(run: Run, scope: Scope) -> SectionContent | None:
    """Work out what code can of a section; ``None`` where nothing of it is code's."""
    spec, materials = scope["section"], await gather(run, scope)
    if spec["compute"]:
        return await asyncio.to_thread(computing.compute, spec["compute"], materials)
    if spec.get("show"):
        return await asyncio.to_thread(show_records, spec["show"], materials)
    return fill(spec["instructions"], materials) if spec["kind"] == "template" else None
