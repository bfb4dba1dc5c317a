"""Where agents are declared: folders of the packages that entry points name, and single agents. Loads none of them."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import NamedTuple

from quire.nodes.plugins.broken import Broken, reason_of
from quire.nodes.plugins.entry_points import Entry, entries

DECLARATION = "AGENT"


class Place(NamedTuple):
    """Where one agent is declared."""

    name: str
    """Of the folder; of a single agent, of its entry."""
    module: str
    attribute: str
    package: str = ""
    """The installed package that it came with; empty for Quire's own."""

    @property
    def events(self) -> str:
        """The module of its events, if it has one."""
        return f"{self.module.rpartition('.')[0]}.events"

    @property
    def file(self) -> str:
        """Its declaration as a path, for messages."""
        path = self.module.replace(".", "/")
        return f"{path.removeprefix('quire/')}.py"

    @property
    def what(self) -> str:
        """What it is, for messages."""
        return f"agent folder of the package {self.package}" if self.package else "agent folder"


def places() -> tuple[Place | Broken, ...]:
    """Give every place at which an agent is declared, and the entries that name none."""
    return tuple(place for entry in entries("quire.agents") for place in _of(entry))


def _of(entry: Entry) -> Iterator[Place | Broken]:
    if entry.attribute:
        yield Place(entry.name, entry.module, entry.attribute, entry.package)
        return
    try:
        package = importlib.import_module(entry.module)
        folders = [found.name for found in pkgutil.iter_modules(package.__path__)]
    except Exception as fault:  # noqa: BLE001 - somebody else's code: the other agents do not depend on it
        yield Broken(str(entry), reason_of(fault, entry.module.rpartition(".")[2], entry.module), "entry of agents")
        return
    for folder in folders:
        yield Place(folder, f"{entry.module}.{folder}.agent", DECLARATION, entry.package)
