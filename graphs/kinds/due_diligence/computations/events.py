"""Incidents: what the sources in force say of it. Pure."""

from quire.graphs.kinds.due_diligence.computations.excerpts import excerpts
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent


def compute(materials: Materials) -> SectionContent:
    """Show it source by source, the newest first."""
    return excerpts(materials, "events")
