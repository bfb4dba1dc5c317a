"""The files that a source holds, as sources of their own: ``mail.eml/plan.pdf``."""

from pathlib import PurePosixPath
from typing import NamedTuple

from quire.nodes.faults import BadInput
from quire.nodes.sources.confined import confined
from quire.nodes.sources.eml import attachments_of

_DEEPEST = 3
"""Messages within messages that are opened."""
_MOST = 200


class Attachment(NamedTuple):
    """A file inside a source."""

    name: str
    """Behind the name of what holds it: ``mail.eml/plan.pdf``."""
    data: bytes


def holds_files(name: str) -> bool:
    """Tell whether a source may hold files, by its name's ending."""
    return PurePosixPath(name).suffix.lower() == ".eml"


def attached(name: str, data: bytes) -> list[Attachment]:
    """Give the files that a source holds, and those in messages among them; none if it cannot be read."""
    found: list[Attachment] = []
    waiting = [(Attachment(name, data), 1)]
    while waiting and len(found) < _MOST:
        outer, depth = waiting.pop(0)
        if not holds_files(outer.name) or depth > _DEEPEST:
            continue
        try:
            inner = confined(attachments_of, outer.name, outer.data).attachments
        except BadInput:  # whoever reads the message itself says so
            continue
        files = [Attachment(f"{outer.name}/{own}", content) for own, content in inner]
        found += files
        waiting += [(file, depth + 1) for file in files]
    return found[:_MOST]
