"""Inline sources: ``{name, text}`` or ``{name, base64}``, and how much a brief may carry."""

import base64
import binascii
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from quire.graphs.intake.brief_models import InlineSource
from quire.nodes.decode.located import Located, Place, shown
from quire.nodes.decode.shaped import shaped
from quire.nodes.faults import BadInput, attempt
from quire.nodes.sources.read import read

Source: TypeAlias = dict[str, str]
"""``{"name", "text"}`` or ``{"name", "base64"}``."""

LeftOut: TypeAlias = dict[str, str]
"""``{"name", "reason"}`` of a file that a glob matches, or a message holds, and that cannot be read."""


class Named(NamedTuple):
    """What an entry of a brief's sources names."""

    sources: list[Source]
    left_out: list[LeftOut]
    by_glob: bool = False
    """Whether a glob names them, so that one that cannot be read is left out; else it is refused."""


class Placed(NamedTuple):
    """A source, and the place in the brief that names it."""

    place: Place
    source: Source
    by_glob: bool = False


class Collected(NamedTuple):
    """A brief's sources in its order, and what was left out of them."""

    found: list[Placed]
    left_out: list[LeftOut]


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


def collect(located: Located, named_by: Callable[[Located], Named], faults: list[BadInput]) -> Collected:
    """Collect a brief's sources in its order, up to the limits, adding to ``faults`` what is wrong with them.

    Args:
        located: the brief.
        named_by: reads the files that a path or glob names. One that two globs match is taken once.
        faults: what is wrong so far.

    """
    entries = located.value.get("sources")
    collected = Collected([], [])
    taken: set[str] = set()
    total = 0
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        place = ("sources", number)
        read_entry = named_by if isinstance(entry, str) else _alone
        named = attempt(faults, functools.partial(read_entry, located.part(*place))) or Named([], [])
        sources = named.sources
        if isinstance(entry, str):
            sources = [source for source in sources if source["name"] not in taken]
            taken.update(source["name"] for source in sources)
        collected.found.extend(Placed(place, source, named.by_glob) for source in sources)
        collected.left_out.extend(named.left_out)
        total += sum(size_of(source) for source in sources)
        if total > MAX_TOTAL or len(collected.found) > MAX_SOURCES:
            limits = f"{MAX_SOURCES} sources and {MAX_TOTAL // 1_000_000} MB in all"
            faults.append(located.fault(place, f"is one too many: a brief may have {limits}", "leave some out"))
            break
    faults += _problems(located, collected.found)
    return collected


def _alone(entry: Located) -> Named:
    return Named([inline(entry)], [])


def _problems(located: Located, found: Sequence[Placed]) -> Iterator[BadInput]:
    """Find what is wrong with the sources' names and sizes."""
    seen = {"brief"}  # what evidence calls the brief itself
    for place, source, _ in found:
        if source["name"] in seen:
            again = f"the name {shown(source['name'])} is taken"
            yield located.fault(place, again, "give each source a name of its own")
        if size_of(source) > MAX_SOURCE:
            yield located.fault(place, f"is larger than {MAX_SOURCE // 1_000_000} MB", "shorten or split it")
        seen.add(source["name"])


def readable(located: Located, collected: Collected, faults: list[BadInput]) -> Collected:
    """Read the sources; leave out those of a glob that cannot be read, and add the others' faults to ``faults``.

    A glob none of whose files can be read is refused as a file is: nothing would be left of it.
    """
    wrong = {n: fault for n, placed in enumerate(collected.found) if (fault := _unreadable(placed.source))}
    useful = {placed.place for n, placed in enumerate(collected.found) if placed.by_glob and n not in wrong}
    kept, left_out = list[Placed](), [*collected.left_out]
    for number, placed in enumerate(collected.found):
        fault, name = wrong.get(number), placed.source["name"]
        if fault is None:
            kept.append(placed)
        elif placed.by_glob and placed.place in useful:
            left_out.append(LeftOut(name=name, reason=fault.problem))
        else:
            where = f"{name}:{fault.line}" if fault.line else name
            faults.append(located.fault(placed.place, f"{where}: {fault.problem}", fault.hint))
    return Collected(kept, left_out)


def _unreadable(source: Source) -> BadInput | None:
    """Say why a source cannot be read."""
    try:
        read(source["name"], bytes_of(source))
    except BadInput as fault:
        return fault
    return None
