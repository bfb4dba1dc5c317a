"""The types of sources: which reader a name's ending calls for. A reader is imported when a source needs it.

Quire's own readers are ``READERS``. A package adds to them by an entry point of the group ``quire.readers`` that names
a mapping of the same form: ``{".log": SourceKind("text/x-log", "acme.logs:read_log")}``.
"""

import functools
import importlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from quire.nodes.faults import BadInput
from quire.nodes.plugins.broken import Broken, reason_of, tell
from quire.nodes.plugins.entry_points import Entry, entries, value_of
from quire.nodes.sources.archive import unpacked_size
from quire.nodes.sources.confined import Limits, Reader

_LARGE_TEXT = 128_000
_LARGE_PACKED = 3_000_000
"""Bytes from which on a hostile text, or a container unpacked, could keep its reader busy for more than a moment."""


def _large(_name: str, data: bytes) -> bool:
    return len(data) > _LARGE_TEXT


def _large_unpacked(name: str, data: bytes) -> bool:
    return unpacked_size(name, data) > _LARGE_PACKED


def _always(_name: str, _data: bytes) -> bool:
    return True


class SourceKind(NamedTuple):
    """A type of source."""

    media: str
    reader: str
    """``module:function``, a ``Reader``: it is given a source's name and bytes and gives a ``Gathering``."""
    risky: Callable[[str, bytes], bool] = _always
    """Whether the source could take long, so that it is read in a process of its own."""
    limits: Limits = Limits()
    """What that process may take."""

    @property
    def read(self) -> Reader:
        """The reader."""
        module, _, function = self.reader.partition(":")
        found: Reader = getattr(importlib.import_module(module), function)
        return found


_OFFICE = "application/vnd.openxmlformats-officedocument"
_PDF_LIMITS = Limits(seconds=120, megabytes=256)
"""Two thousand pages take a minute; hostile ones are ended by what they hold, long before."""
_MARKDOWN = SourceKind("text/markdown", "quire.nodes.sources.texts:markdown", _large)
_HTML = SourceKind("text/html", "quire.nodes.sources.texts:html", _large)
READERS: Final[Mapping[str, SourceKind]] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": SourceKind("text/plain", "quire.nodes.sources.texts:plain", _large),
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".mhtml": _HTML,
    ".mht": _HTML,
    ".csv": SourceKind("text/csv", "quire.nodes.sources.texts:table", _large),
    ".tsv": SourceKind("text/tab-separated-values", "quire.nodes.sources.texts:tabbed", _large),
    ".docx": SourceKind(f"{_OFFICE}.wordprocessingml.document", "quire.nodes.sources.docx:read_docx", _large_unpacked),
    ".xlsx": SourceKind(f"{_OFFICE}.spreadsheetml.sheet", "quire.nodes.sources.xlsx:read_xlsx", _always),
    ".pptx": SourceKind(f"{_OFFICE}.presentationml.presentation", "quire.nodes.sources.pptx:read_pptx", _always),
    ".eml": SourceKind("message/rfc822", "quire.nodes.sources.eml:read_eml", _always),
    ".pdf": SourceKind("application/pdf", "quire.nodes.sources.pdf.reading:read_pdf", _always, _PDF_LIMITS),
}


def kind_of(name: str) -> SourceKind:
    """Give the type that a name's ending says.

    Raises:
        BadInput: no reader for that ending.

    """
    ending = PurePosixPath(name).suffix
    kind = kinds().get(ending.lower())
    if kind is None:
        known = " ".join(kinds())
        raise BadInput(f"no reader for this type (ending: {ending or 'none'})", file=name, hint=f"give one of {known}")
    return kind


@functools.cache
def kinds() -> Mapping[str, SourceKind]:
    """Give all types by ending: Quire's own, and what installed packages add. Nobody changes what an ending means."""
    found = dict(READERS)
    for entry in entries("quire.readers")[1:]:
        for ending, kind in _of(entry).items():
            if ending in found:
                tell(Broken(ending, f"there is a reader for it already ({entry})", "reader"))
            else:
                found[ending] = kind
    return found


def _of(entry: Entry) -> Mapping[str, SourceKind]:
    """Give what a package adds; nothing, and a line in the log, if it cannot be used."""
    try:
        added = value_of(entry)
    except Exception as fault:  # noqa: BLE001 - somebody else's code: the other readers do not depend on it
        tell(Broken(str(entry), reason_of(fault, entry.module.rpartition(".")[2], entry.module), "entry of readers"))
        return {}
    if isinstance(added, Mapping) and all(
        isinstance(ending, str) and ending.startswith(".") and isinstance(kind, SourceKind)
        for ending, kind in added.items()
    ):
        return {ending.lower(): kind for ending, kind in added.items()}
    tell(Broken(str(entry), "it is no mapping from endings (.log) to SourceKind", "entry of readers"))
    return {}
