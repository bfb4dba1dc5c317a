"""Reads one source: bytes in, passages with addresses out. The reader follows from the name's ending."""

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from nodes.faults import BadInput
from nodes.sources.csv_table import read_csv
from nodes.sources.decoding import decode
from nodes.sources.gathering import Gathering
from nodes.sources.html import read_html
from nodes.sources.markdown import read_markdown
from nodes.sources.passage import Reading

MAX_BYTES = 20_000_000
"""Size of the largest source."""

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class _Kind(NamedTuple):
    media: str
    read_text: Callable[[str, str], Gathering]


_MARKDOWN = _Kind("text/markdown", read_markdown)
_HTML = _Kind("text/html", read_html)
_KINDS: dict[str, _Kind] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".csv": _Kind("text/csv", read_csv),
}


def read(name: str, data: bytes) -> Reading:
    """Read a source whole: a pure function of its name and bytes.

    Raises:
        BadInput: an ending nobody reads, content of another type than the ending says, encrypted,
            broken, over a limit, not text, or without a word in it.

    """
    ending = PurePosixPath(name).suffix.lower()
    kind = _KINDS.get(ending)
    if kind is None:
        known = " ".join(_KINDS)
        raise BadInput(f"no reader for the ending {ending or '(none)'!r}", file=name, hint=f"give one of {known}")
    if not data.strip():
        raise BadInput("the file is empty", file=name)
    if len(data) > MAX_BYTES:
        raise BadInput(
            f"{len(data)} bytes, more than {MAX_BYTES}", file=name, hint="split it, or leave out what is not needed"
        )
    text, warnings = decode(name, data)
    gathering = kind.read_text(name, text)
    if not gathering.passages:
        raise BadInput("holds no text to read", file=name, hint="leave it out, or give the text it was made from")
    return Reading(
        source=name,
        hash=hashlib.sha256(data).hexdigest(),
        media=kind.media,
        title=gathering.title,
        passages=gathering.passages,
        warnings=[*warnings, *gathering.warnings],
    )
