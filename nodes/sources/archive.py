"""Checks a zip container before anything in it is parsed."""

import io
import zipfile

from quire.nodes.faults import BadInput

_MAX_ENTRIES = 2_000
_MAX_BYTES = 50_000_000
_MAX_RATIO = 100
_SMALL = 100_000
"""Entries below this many bytes may compress as well as they like."""
_ENCRYPTED = 0x1


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
