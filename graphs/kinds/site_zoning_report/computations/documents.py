"""The sources as documents: what each is called, and the sources that are of one kind."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from quire.graphs.kinds.site_zoning_report.computations.roles import ROLES, Role, role_of
from quire.nodes.sources.passage import Reading


def called(reading: Reading) -> str:
    """Name a source for a reader: by its title, or by its file's name if it has no title of its own."""
    file = PurePosixPath(reading["source"])
    return reading["title"] if reading["title"] not in {"", file.stem} else file.name


def by_role(readings: Sequence[Reading]) -> dict[Role, list[Reading]]:
    """Sort the sources by what they are, in the order in which a report names them."""
    roles = [role_of(reading) for reading in readings]
    sorted_in = {role: [r for r, known in zip(readings, roles, strict=True) if known == role] for role in ROLES}
    return {role: found for role, found in sorted_in.items() if found}
