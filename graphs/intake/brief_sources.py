"""A brief's sources: inline, ``{name, text}`` or ``{name, base64}``, in files or replies; and how much it may carry."""

import base64
import binascii
import difflib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from quire.graphs.intake.brief_models import InlineSource, SourcesAt
from quire.graphs.intake.brief_tools import MOST_REPLIES, is_reply, reply_source
from quire.nodes.decode.located import Located, Place, shown
from quire.nodes.decode.shaped import shaped
from quire.nodes.faults import BadInput, attempt
from quire.nodes.personal.finding import titles_of
from quire.nodes.personal.policy import matches
from quire.nodes.sources.read import read

Source: TypeAlias = dict[str, Any]
"""``{"name", "text"}``, ``{"name", "base64"}`` or ``{"name", "mcp"}``, and ``"personal"`` where fields are declared."""

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


def bytes_of(source: Mapping[str, Any]) -> bytes:
    """Give a source's bytes, as they were in its file."""
    return str(source["text"]).encode() if "text" in source else base64.b64decode(source["base64"])


def handle_of(source: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """Give what stands for a source in the journal; its bytes are a blob of the record."""
    declared = {"personal": source["personal"]} if source.get("personal") else {}
    return {"name": source["name"], "hash": digest, **declared}


def size_of(source: Mapping[str, Any]) -> int:
    """Count a source's bytes; none of a reply, which is not there yet."""
    if is_reply(source):
        return 0
    if "text" in source:
        return len(str(source["text"]).encode())
    encoded = str(source["base64"])
    return len(encoded) * 3 // 4 - encoded.count("=", -2)


def inline(entry: Located) -> Source:
    """Check an inline source.

    Raises:
        BadInput: it lacks a name, or has not exactly one of text and base64, or its base64 is none.

    """
    given = shaped(InlineSource, entry)
    if (given.text is None) == (given.base64 is None):
        raise entry.fault((), "must have either text or base64", "send the source's content, not its path")
    declared = {"personal": list(given.personal)} if given.personal else {}
    if given.text is not None:
        return {"name": given.name, "text": given.text, **declared}
    encoded = "".join((given.base64 or "").split())  # the command-line tool breaks it into lines
    try:
        base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise entry.fault(("base64",), "is not base64", "encode the file's bytes as RFC 4648, section 4") from error
    return {"name": given.name, "base64": encoded, **declared}


def collect(located: Located, named_by: Callable[[Located], Named], faults: list[BadInput]) -> Collected:
    """Collect a brief's sources in its order, up to the limits, adding to ``faults`` what is wrong with them.

    Args:
        located: the brief.
        named_by: reads the files that a path or glob names. One that two globs match is taken once.
        faults: what is wrong so far.

    """
    entries = located.value.get("sources")
    collected = Collected([], [])
    taken: dict[str, Source] = {}
    total = 0
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        place = ("sources", number)
        by_path = isinstance(entry, str) or (isinstance(entry, dict) and "path" in entry)
        read_entry = functools.partial(_at_path, named_by=named_by) if by_path else _alone
        named = attempt(faults, functools.partial(read_entry, located.part(*place))) or Named([], [])
        faults += [_other(located, place, source) for source in named.sources if by_path and _clashes(source, taken)]
        sources = [s for s in named.sources if not _again(s, taken)] if by_path else named.sources
        collected.found.extend(Placed(place, source, named.by_glob) for source in sources)
        collected.left_out.extend(named.left_out)
        total += sum(size_of(source) for source in sources)
        if total > MAX_TOTAL or len(collected.found) > MAX_SOURCES:
            limits = f"{MAX_SOURCES} sources and {MAX_TOTAL // 1_000_000} MB in all"
            faults.append(located.fault(place, f"is one too many: a brief may have {limits}", "leave some out"))
            break
    faults += _problems(located, collected.found)
    return collected


def _at_path(entry: Located, named_by: Callable[[Located], Named]) -> Named:
    """Read the files that an entry names: a path, or a mapping with one and what holds for its files."""
    if isinstance(entry.value, str):
        return named_by(entry)
    given = shaped(SourcesAt, entry)
    declared = {"personal": list(given.personal)} if given.personal else {}
    named = named_by(entry.part("path"))
    return named._replace(sources=[{**source, **declared} for source in named.sources])


def _clashes(source: Source, taken: Mapping[str, Source]) -> bool:
    """Whether another file has the name: one beside the brief and one elsewhere."""
    before = taken.get(source["name"], source)
    return any(before.get(content) != source.get(content) for content in ("text", "base64"))


def _other(located: Located, place: Place, source: Source) -> BadInput:
    problem = f"names another file {shown(source['name'])} than an entry before it"
    return located.fault(place, problem, "rename one of them, or put it into a folder")


def _again(source: Source, taken: dict[str, Source]) -> bool:
    """Whether a file was named before; what is declared of it anywhere holds for it."""
    before = taken.setdefault(source["name"], source)
    if before is not source and "personal" in source:
        before["personal"] = [*dict.fromkeys([*before.get("personal", []), *source["personal"]])]
    return before is not source


def _alone(entry: Located) -> Named:
    return Named([reply_source(entry) if is_reply(entry.value) else inline(entry)], [])


def _problems(located: Located, found: Sequence[Placed]) -> Iterator[BadInput]:
    """Find what is wrong with the sources' names and sizes."""
    seen = {"brief"}  # what evidence calls the brief itself
    replies = [place for place, source, _ in found if is_reply(source)]
    for place in replies[MOST_REPLIES:]:
        yield located.fault(place, f"is one too many: {MOST_REPLIES} sources may be replies", "leave some out")
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
    wrong, titles = dict[int, BadInput](), dict[Place, set[str]]()
    for number, placed in enumerate(collected.found):
        if is_reply(placed.source):
            continue
        try:
            reading = read(placed.source["name"], bytes_of(placed.source))
            titles.setdefault(placed.place, set()).update(titles_of(reading) if "personal" in placed.source else ())
        except BadInput as fault:
            wrong[number] = fault
    useful = {placed.place for n, placed in enumerate(collected.found) if placed.by_glob and n not in wrong}
    kept, left_out = list[Placed](), [*collected.left_out]
    for number, placed in enumerate(collected.found):
        problem, name = wrong.get(number), placed.source["name"]
        if problem is None:
            kept.append(placed)
        elif placed.by_glob and placed.place in useful:
            left_out.append(LeftOut(name=name, reason=problem.problem))
        else:
            where = f"{name}:{problem.line}" if problem.line else name
            faults.append(located.fault(placed.place, f"{where}: {problem.problem}", problem.hint))
    if not wrong:
        faults += _without_field(located, titles)
    return Collected(kept, left_out)


def _without_field(located: Located, titles: Mapping[Place, set[str]]) -> Iterator[BadInput]:
    """Find the fields that are declared to be personal and stand in no source of their entry: a slip shows them."""
    for place, known in titles.items():
        entry = located.part(*place).value
        for number, title in enumerate(entry.get("personal", ()) if isinstance(entry, dict) else ()):
            if not any(matches(name, [title]) for name in known):
                near = difflib.get_close_matches(title, sorted(known), 1)
                hint = f"did you mean {shown(near[0])}?" if near else "name a column's title, or a label"
                yield located.fault((*place, "personal", number), f"no field is called {shown(title)}", hint)
