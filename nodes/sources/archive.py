"""Checks a zip container before anything in it is parsed, and writes Strict Office files as the usual ones."""

import io
import re
import zipfile
import zlib

from quire.nodes.faults import BadInput

_MAX_ENTRIES = 2_000
_MAX_BYTES = 50_000_000
_MAX_RATIO = 100
_SMALL = 100_000
"""Entries below this many bytes may compress as well as they like."""
_ENCRYPTED = 0x1
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""Namespaces and relationships of ISO/IEC 29500 Strict; the Transitional ones have a year in them."""
_HYPHENATED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}


def open_archive(name: str, data: bytes) -> zipfile.ZipFile:
    """Open a zip whose declared sizes are sane; reading is bounded by them, so that they cannot lie.

    Raises:
        BadInput: no zip, encrypted, or a bomb: over 2,000 entries, 50 MB in all or a hundredfold compression.

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInput("broken: not a whole zip container", file=name, hint="save or export it again") from error
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BadInput("encrypted", file=name, hint="save it without a password")
    blown = any(e.file_size > _SMALL and e.file_size > _MAX_RATIO * max(e.compress_size, 1) for e in entries)
    if blown or len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_BYTES:
        raise BadInput("unpacks to far more than it holds", file=name, hint="save or export it again, without pictures")
    return archive


def unpacked_size(name: str, data: bytes) -> int:
    """Sum the declared sizes of a sane zip's entries, in bytes; refuses what :func:`open_archive` does."""
    return sum(entry.file_size for entry in open_archive(name, data).infolist())


def as_transitional(archive: zipfile.ZipFile, data: bytes, main: str) -> bytes:
    """Write an Office file that was saved as Strict OOXML with the namespaces that every library knows.

    Args:
        archive: the container.
        data: its bytes, which are given back if it is no Strict file.
        main: its main part, whose namespace tells.

    """
    if not _STRICT.search(_part(archive, main)[:4_096]):
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for entry in dict.fromkeys(archive.namelist()):
            part = _part(archive, entry)
            written.writestr(entry, _STRICT.sub(_named, part) if entry.endswith((".xml", ".rels")) else part)
    return out.getvalue()


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return b""  # whoever needs the part finds out


def _named(strict: re.Match[bytes]) -> bytes:
    last = _HYPHENATED.get(strict[2], strict[2])
    return b"http://schemas.openxmlformats.org/" + strict[1] + b"/2006/" + last
