"""Entry points: what installed packages add to Quire, and what Quire itself ships.

An entry names a package whose modules or folders are what is added (``acme.agents``), or one object
(``acme.counting:AGENT``). Reading entries imports nothing of what they name.
"""

import functools
import importlib
from importlib.metadata import EntryPoint, entry_points
from typing import Final, Literal, NamedTuple, TypeAlias

Group: TypeAlias = Literal["quire.agents", "quire.kinds", "quire.computations", "quire.checks", "quire.readers"]

SHIPPED: Final[dict[Group, dict[str, str]]] = {
    "quire.agents": {"quire": "quire.graphs.agents"},
    "quire.kinds": {"quire": "quire.graphs.kinds"},
    "quire.computations": {
        "quire": "quire.nodes.computations",
        "general": "quire.graphs.kinds.general_report.computations",
        "diligence": "quire.graphs.kinds.due_diligence.computations",
        "rfp": "quire.graphs.kinds.rfp_response.computations",
        "zoning": "quire.graphs.kinds.site_zoning_report.computations",
    },
    "quire.checks": {
        "quire": "quire.nodes.checks",
        "zoning_document": "quire.graphs.kinds.site_zoning_report.checks.document",
        "zoning_standards": "quire.graphs.kinds.site_zoning_report.checks.standards",
        "zoning_text": "quire.graphs.kinds.site_zoning_report.checks.text",
    },
    "quire.readers": {"quire": "quire.nodes.sources.kinds:READERS"},
}
"""Quire's own entries, as ``pyproject.toml`` has them. A checkout that is not installed has no other list of them.

The first of a group is Quire's root of that group; the others are those of the kinds that ship.
"""


class Entry(NamedTuple):
    """One entry."""

    name: str
    value: str
    package: str
    """The installed package that it came with; empty for Quire's own."""

    @property
    def module(self) -> str:
        """The module or package that it names."""
        return self.value.partition(":")[0]

    @property
    def attribute(self) -> str:
        """What it names in the module; empty: the module, or the folders of the package."""
        return self.value.partition(":")[2]

    def __str__(self) -> str:
        """Say which entry it is, and whose."""
        return f"{self.name} = {self.value}{f' of the package {self.package}' if self.package else ''}"


@functools.cache
def entries(group: Group) -> tuple[Entry, ...]:
    """Give the entries of a group: Quire's own first, then the others by package and name."""
    own = [Entry(name, value, "") for name, value in SHIPPED[group].items()]
    others = [_entry(found) for found in entry_points(group=group) if found.value not in SHIPPED[group].values()]
    return (*own, *sorted(others, key=lambda entry: (entry.package, entry.name)))


def value_of(entry: Entry) -> object:
    """Import what an entry names; whatever its module raises reaches the caller."""
    found: object = importlib.import_module(entry.module)
    for name in filter(None, entry.attribute.split(".")):
        found = getattr(found, name)
    return found


def _entry(found: EntryPoint) -> Entry:
    return Entry(found.name, found.value, found.dist.name if found.dist else "")
