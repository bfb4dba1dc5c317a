"""Reads one source: bytes in, passages with addresses out. The reader follows from the name's ending."""

import hashlib

from quire.nodes.faults import BadInput
from quire.nodes.sources.confined import confined
from quire.nodes.sources.content_type import check_type
from quire.nodes.sources.kinds import kind_of
from quire.nodes.sources.passage import Reading

MAX_BYTES = 20_000_000
"""Size of the largest source."""


def read(name: str, data: bytes) -> Reading:
    """Read a source whole: a function of its name and bytes alone.

    What could keep its reader busy for long (PDF, large files) is read in a process of its own, under
    limits of time and memory; the call waits for it, so keep it off an event loop.

    Raises:
        BadInput: an ending nobody reads, content of another type than the ending says, encrypted,
            broken, over a limit, not text, or without a word in it.

    """
    kind = kind_of(name)
    if not data.strip():
        raise BadInput("the file is empty", file=name, hint="leave it out, or fill it")
    if len(data) > MAX_BYTES:
        raise BadInput(f"{len(data):,} bytes, more than {MAX_BYTES:,}", file=name, hint="give only what is needed")
    check_type(name, data)
    gathering = confined(kind.read, name, data) if kind.risky(name, data) else kind.read(name, data)
    if not gathering.passages:
        raise BadInput("holds no text to read", file=name, hint="leave it out, or give the text it was made from")
    return Reading(
        source=name,
        hash=hashlib.sha256(data).hexdigest(),
        media=kind.media,
        title=gathering.title,
        passages=gathering.passages,
        warnings=gathering.warnings,
    )
