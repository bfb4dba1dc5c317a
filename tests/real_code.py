"""The chapters of a real municipal code, where they lie beside the checkout; they are no part of the project."""

import functools
from pathlib import Path

import pytest

from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

CHAPTERS = Path(__file__).parents[2] / "shared" / "data" / "chagrin-falls"
needs_real_code = pytest.mark.skipif(
    not CHAPTERS.is_dir(), reason="the chapters of the real code are not beside this checkout (../shared/data)"
)


@functools.cache
def chapters() -> tuple[Reading, ...]:
    """Read all chapters, in the order of their numbers."""
    return tuple(read(path.name, path.read_bytes()) for path in sorted(CHAPTERS.glob("*.md")))
