"""Inline sources: ``{name, text}`` or ``{name, base64}``, and how much a brief may carry."""

import base64
import binascii
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from quire.graphs.intake.brief_models import InlineSource
from quire.nodes.decode.located import Located, Place, shown
from quire.nodes.decode.shaped import shaped
from quire.nodes.faults import BadInput, attempt
from quire.nodes.sources.read import read

Source: TypeAlias = dict[str, str]
"""``{"name", "text"}`` or ``{"name", "base64"}``."""

Placed: TypeAlias = tuple[Place, Source]
"""A source, and the place in the brief that names it."""

MAX_SOURCES = 500
MAX_SOURCE = 20_000_000
"""Bytes of one source."""
MAX_TOTAL = 100_000_000
"""Bytes of all sources."""


def bytes_of(source: Mapping[str, str]) -> bytes:
    """Give a source's bytes, as they were in its file."""
    return source["text"].encode() if "text" in source else base64.b64decode(source["base64"])


def size_of(source: Mapping[str, str]) -> int:
    """Count a source's bytes."""
    if "text" in source:
        return len(source["text"].encode())
    return len(source["base64"]) * 3 // 4 - source["base64"].count("=", -2)


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
    encoded = "".join((given.base64 or "").split())  # the command-line tool breaks it into lines
    try:
        base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise entry.fault(("base64",), "is not base64", "encode the file's bytes as RFC 4648, section 4") from error
    return {"name": given.name, "base64": encoded}


def collect(located: Located, named_by: Callable[[Located], list[Source]], faults: list[BadInput]) -> list[Placed]:
    """Collect a brief's sources in its order, up to the limits, adding to ``faults`` what is wrong with them.

    Args:
        located: the brief.
        named_by: reads the files that a path or glob names. One that two globs match is taken once.
        faults: what is wrong so far.

    """
    entries = located.value.get("sources")
    found: list[Placed] = []
    taken: set[str] = set()
    total = 0
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        place = ("sources", number)
        read_entry = named_by if isinstance(entry, str) else _alone
        named = attempt(faults, functools.partial(read_entry, located.part(*place))) or []
        if isinstance(entry, str):
            named = [source for source in named if source["name"] not in taken]
            taken.update(source["name"] for source in named)
        found += [(place, source) for source in named]
        total += sum(size_of(source) for source in named)
        if total > MAX_TOTAL or len(found) > MAX_SOURCES:
            limits = f"{MAX_SOURCES} sources and {MAX_TOTAL // 1_000_000} MB in all"
            faults.append(located.fault(place, f"is one too many: a brief may have {limits}", "leave some out"))
            break
    faults += _problems(located, found)
    return found


def _alone(entry: Located) -> list[Source]:
    return [inline(entry)]


def _problems(located: Located, found: Sequence[Placed]) -> Iterator[BadInput]:
    """Find what is wrong with the sources' names and sizes."""
    seen = {"brief"}  # what evidence calls the brief itself
    for place, source in found:
        if source["name"] in seen:
            again = f"the name {shown(source['name'])} is taken"
            yield located.fault(place, again, "give each source a name of its own")
        if size_of(source) > MAX_SOURCE:
            yield located.fault(place, f"is larger than {MAX_SOURCE // 1_000_000} MB", "shorten or split it")
        seen.add(source["name"])


def unreadable(located: Located, found: Sequence[Placed]) -> list[BadInput]:
    """Read the sources, and say which cannot be read, naming the places in the brief."""
    faults = []
    for place, source in found:
        try:
            read(source["name"], bytes_of(source))
        except BadInput as fault:
            where = f"{source['name']}:{fault.line}" if fault.line else source["name"]
            faults.append(located.fault(place, f"{where}: {fault.problem}", fault.hint))
    return faults
