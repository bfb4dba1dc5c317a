"""Inline sources: ``{name, text}`` or ``{name, base64}``, and how much a brief may carry."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from graphs.brief_models import InlineSource
from nodes.faults import BadInput
from nodes.located import Located, Place
from nodes.shaped import shaped
from nodes.sources.read import read

Source: TypeAlias = dict[str, str]
"""``{"name", "text"}`` or ``{"name", "base64"}``."""

MAX_SOURCES = 500
MAX_SOURCE = 20_000_000
"""Bytes of one source."""
MAX_TOTAL = 100_000_000
"""Bytes of all sources."""


def bytes_of(source: Mapping[str, str]) -> bytes:
    """Give a source's bytes, as they were in its file."""
    return source["text"].encode() if "text" in source else base64.b64decode(source["base64"])


def inline(entry: Located) -> Source:
    """Check an inline source.

    Raises:
        BadInput: it lacks a name, or has not exactly one of text and base64, or its base64 is none.

    """
    given = shaped(InlineSource, entry)
    if (given.text is None) == (given.base64 is None):
        raise entry.fault((), "must have either text or base64", "send the source's content, not its path")
    if given.text is not None:
        return {"name": given.name, "text": given.text}
    try:
        base64.b64decode(given.base64 or "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise entry.fault(("base64",), "is not base64", "encode the file's bytes as RFC 4648, section 4") from error
    return {"name": given.name, "base64": given.base64 or ""}


def unreadable(located: Located, found: Sequence[tuple[Place, Source]]) -> list[BadInput]:
    """Read the sources once, and say which cannot be read; arguments as ``problems``."""
    faults = []
    for place, source in found:
        try:
            read(source["name"], bytes_of(source))
        except BadInput as fault:
            where = f"{source['name']}:{fault.line}" if fault.line else source["name"]
            faults.append(located.fault(place, f"{where}: {fault.problem}", fault.hint))
    return faults


def problems(located: Located, found: Sequence[tuple[Place, Source]]) -> list[BadInput]:
    """Find what is wrong with the sources taken together: names and amounts.

    Args:
        located: the brief.
        found: each source, with the place in the brief that names it.

    """
    faults: list[BadInput] = []
    first: dict[str, Place] = {}
    total = 0
    if len(found) > MAX_SOURCES:
        faults.append(located.fault(("sources",), f"names {len(found)} sources; {MAX_SOURCES} are allowed"))
    for place, source in found:
        size = len(bytes_of(source))
        total += size
        if source["name"] in first:
            again = f"a source is already called {source['name']!r}"
            faults.append(located.fault(place, again, "give each source a name of its own"))
        if source["name"] == "brief":
            faults.append(located.fault(place, "a source cannot be called 'brief'", "rename it"))
        if size > MAX_SOURCE:
            faults.append(located.fault(place, f"is larger than {MAX_SOURCE // 1_000_000} MB", "shorten or split it"))
        first.setdefault(source["name"], place)
    if total > MAX_TOTAL:
        faults.append(located.fault(("sources",), f"are larger than {MAX_TOTAL // 1_000_000} MB together"))
    return faults
