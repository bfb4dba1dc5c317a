"""Paths in a brief: where files may be read they are those beside it, elsewhere each is refused."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn

from quire.graphs.intake.brief_files import bytes_at, document_at, shared_folder, sources_at
from quire.graphs.intake.brief_sources import MAX_SOURCE, Named
from quire.nodes.decode.located import Located, shown

MAX_BLUEPRINT_FILE = 1_000_000
"""Bytes of a blueprint's file, comments and all."""
_MAX_RECORDS_FILE = 10_000_000
"""Bytes of a file of records."""


class BriefPaths(NamedTuple):
    """What to make of a path in a brief: read it, or refuse it."""

    sources: Callable[[Located], Named]
    blueprint: Callable[[Located], Located]
    records: Callable[[Located], Located]
    template: Callable[[Located], bytes]
    reads: bool
    """Whether the sources are read at once, to see that they can be."""


def files_in(folder: Path, located: Located) -> BriefPaths:
    """Read the files that a brief in a folder names; they stand below the folder that its sources share.

    Args:
        folder: of the brief.
        located: the brief.

    """
    entries = located.value.get("sources") if isinstance(located.value, dict) else None
    patterns = [entry.get("path") if isinstance(entry, dict) else entry for entry in entries or () if entry]
    shared = shared_folder(patterns, folder)

    def sources(entry: Located) -> Named:
        return sources_at(entry.value, folder, functools.partial(entry.fault, ()), shared)

    def blueprint(entry: Located) -> Located:
        return document_at(folder / entry.value, MAX_BLUEPRINT_FILE, functools.partial(entry.fault, ()))

    def records(entry: Located) -> Located:
        return document_at(folder / entry.value, _MAX_RECORDS_FILE, functools.partial(entry.fault, ()))

    def template(entry: Located) -> bytes:
        return bytes_at(folder / entry.value, MAX_SOURCE, functools.partial(entry.fault, ()))

    return BriefPaths(sources, blueprint, records, template, reads=True)


def no_files(*, over_network: bool) -> BriefPaths:
    """Refuse every path: the brief did not come from a file."""

    def refused(entry: Located) -> NoReturn:
        where = "over a network" if over_network else "here; quire.graphs.intake.brief.load reads a brief from a file"
        hint = "send the content itself" if over_network else "give the content itself"
        raise entry.fault((), f"{shown(entry.value)} is a path, and paths are not read {where}", hint)

    return BriefPaths(refused, refused, refused, refused, reads=False)
