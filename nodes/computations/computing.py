"""Finds and runs the computation that a section names."""

from typing import cast

from quire.nodes.computations.materials import Computation, Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.faults import BadInput
from quire.nodes.plugins.functions import function_of


def computation(name: str) -> Computation:
    """Find a computation by its name, ``family.name``.

    Raises:
        BadInput: there is none of that name.

    """
    found = function_of("quire.computations", name, "compute") if name.count(".") == 1 else None
    if found is None:
        raise BadInput(
            f"there is no computation {name!r}", hint="name one of an installed kind, or install its package"
        )
    return cast("Computation", found)


def compute(name: str, materials: Materials) -> SectionContent:
    """Run a computation over a section's materials."""
    return computation(name)(materials)
