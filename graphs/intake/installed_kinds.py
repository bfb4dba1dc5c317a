"""The kinds of document that are installed: folders with a ``blueprint.yaml`` in the packages that entries name."""

import functools
import importlib
import importlib.resources
import pkgutil
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quire.nodes.plugins.broken import Broken, reason_of, tell
from quire.nodes.plugins.entry_points import Entry, entries

BLUEPRINT = "blueprint.yaml"


class Kind(NamedTuple):
    """An installed kind of document."""

    text: str
    """Of its blueprint."""
    file: str
    """Where that stands, for messages."""
    package: str
    """The installed package that it came with; empty for Quire's own."""

    @property
    def what(self) -> str:
        """What it is, for messages."""
        return f"kind of document of the package {self.package}"


@functools.cache
def installed() -> Mapping[str, Kind]:
    """Give the installed kinds by name: that of the folder, with hyphens. Nobody takes a name that is there already."""
    found: dict[str, Kind] = {}
    for entry in entries("quire.kinds"):
        for name, kind in _of(entry):
            if name in found:
                tell(Broken(name, "there is a kind of this name already", kind.what))
            else:
                found[name] = kind
    return found


def _of(entry: Entry) -> Iterator[tuple[str, Kind]]:
    try:
        package = importlib.import_module(entry.module)
        for folder in [module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg]:
            blueprint = importlib.resources.files(package) / folder / BLUEPRINT
            file = f"{entry.module.replace('.', '/')}/{folder}/{BLUEPRINT}"
            yield folder.replace("_", "-"), Kind(blueprint.read_text("utf-8"), file, entry.package)
    except Exception as fault:  # noqa: BLE001 - somebody else's package: the other kinds do not depend on it
        tell(Broken(str(entry), reason_of(fault, entry.module.rpartition(".")[2], entry.module), "entry of kinds"))
