"""Finds and runs the computation that a section names."""

import importlib
import importlib.util
import re

from quire.nodes.computations.materials import Computation, Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.faults import BadInput

_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


def computation(name: str) -> Computation:
    """Find a computation by its name, ``family.name``.

    Raises:
        BadInput: there is none of that name.

    """
    module = f"quire.nodes.computations.{name}"
    if not _NAME.fullmatch(name) or not _exists(module):
        raise BadInput(f"there is no computation {name!r}", hint="name a module below nodes/computations")
    found: Computation = importlib.import_module(module).compute
    return found


def compute(name: str, materials: Materials) -> SectionContent:
    """Run a computation over a section's materials."""
    return computation(name)(materials)


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
