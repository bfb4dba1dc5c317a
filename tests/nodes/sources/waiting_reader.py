"""A reader that waits much and takes little, in a module that takes little to import: that counts as well."""

import time

from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.texts import plain


def waiting(name: str, data: bytes) -> Gathering:
    """Read as on a machine that gives a process its turn now and then."""
    time.sleep(3)
    return plain(name, data + b"Words.")
