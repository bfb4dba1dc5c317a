"""The files that a brief's messages hold join its sources, each behind the message's name: ``mail.eml/plan.pdf``."""

import base64
from collections.abc import Iterator

from quire.graphs.intake.brief_sources import MAX_SOURCES, MAX_TOTAL, Collected, LeftOut, Placed, bytes_of, size_of
from quire.nodes.faults import BadInput
from quire.nodes.sources.attachments import Attachment, attached, holds_files
from quire.nodes.sources.read import read

_LONGEST_NAME = 255
"""Characters of a source's name."""


def with_attachments(collected: Collected) -> Collected:
    """Add the files that messages hold behind them. One that cannot be read, or is one too many, is left out."""
    found: list[Placed] = []
    left_out = [*collected.left_out]
    named = {placed.source["name"] for placed in collected.found}
    room = MAX_SOURCES - len(collected.found)
    bytes_left = MAX_TOTAL - sum(size_of(placed.source) for placed in collected.found)
    for placed in collected.found:
        found.append(placed)
        for file in _held(placed):
            if file.name in named:
                continue
            room, bytes_left = room - 1, bytes_left - len(file.data)
            reason = _reason(file) if room >= 0 and bytes_left >= 0 else "it is one too many"
            if reason:
                left_out.append(LeftOut(name=file.name, reason=reason))
                room, bytes_left = room + 1, bytes_left + len(file.data)
            else:
                encoded = base64.b64encode(file.data).decode("ascii")
                found.append(Placed(placed.place, {"name": file.name, "base64": encoded}, placed.by_glob))
            named.add(file.name)
    return Collected(found, left_out)


def _held(placed: Placed) -> Iterator[Attachment]:
    if holds_files(placed.source["name"]):
        yield from attached(placed.source["name"], bytes_of(placed.source))


def _reason(file: Attachment) -> str:
    """Say why an attachment cannot be read; empty if it can."""
    if len(file.name) > _LONGEST_NAME:
        return "its name is too long"
    try:
        read(file.name, file.data)
    except BadInput as fault:
        return fault.problem
    return ""
