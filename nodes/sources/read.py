"""Reads one source: bytes in, passages with addresses out. The reader follows from the name's ending."""

import hashlib

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.detecting import convention_in, doubts
from quire.nodes.faults import BadInput
from quire.nodes.sources.confined import confined
from quire.nodes.sources.content_type import check_type
from quire.nodes.sources.kinds import kind_of
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.printed_markdown import is_printed_markdown, reread

MAX_BYTES = 20_000_000
"""Size of the largest source."""
_MARKS_ITSELF = ("text/markdown", "text/plain")
"""Types in which a line that begins with ``#`` is a heading anyhow, or may be a remark."""


def read(name: str, data: bytes, told: Convention | None = None) -> Reading:
    """Read a source whole: a function of what is given alone.

    What could keep its reader busy for long (PDF, large files) is read in a process of its own, under
    limits of time and memory; the call waits for it, so keep it off an event loop.

    Args:
        name: of the source; its ending says how it is read.
        data: its bytes.
        told: how the brief says that numbers and dates are written, for what the source itself does not tell.

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
    gathering = confined(kind.reader, name, data, kind.limits) if kind.risky(name, data) else kind.read(name, data)
    if not gathering.passages:
        raise BadInput("holds no text to read", file=name, hint="leave it out, or give the text it was made from")
    if kind.media not in _MARKS_ITSELF and is_printed_markdown(gathering):
        gathering = reread(name, gathering, broken=kind.media != "application/pdf")
    said = [passage["text"] for passage in gathering.passages if passage["kind"] != "code"]
    convention = convention_in(said, told)
    return Reading(
        source=name,
        hash=hashlib.sha256(data).hexdigest(),
        media=kind.media,
        title=gathering.title,
        passages=gathering.passages,
        warnings=gathering.warnings,
        doubts=list(doubts(said, convention)),
        convention=convention,
    )
