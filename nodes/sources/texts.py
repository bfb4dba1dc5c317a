"""Sources that are text: decoded, looked at for what they plainly are instead, and read."""

import re
from collections.abc import Callable

from quire.nodes.faults import BadInput
from quire.nodes.sources.csv_table import read_csv, read_tsv
from quire.nodes.sources.decoding import decode
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.markdown import read_markdown
from quire.nodes.sources.plain_text import read_plain_text

_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HEAD = 4_096
_TRUE_ENDING = "give the file its true ending"


def markdown(name: str, data: bytes) -> Gathering:
    """Read Markdown from bytes."""
    return _from_text(read_markdown, name, data, _refuse_page)


def plain(name: str, data: bytes) -> Gathering:
    """Read plain text from bytes."""
    return _from_text(read_plain_text, name, data)


def html(name: str, data: bytes) -> Gathering:
    """Read HTML from bytes; of a page saved with its parts in one file, the page."""
    from quire.nodes.sources.html import read_html  # noqa: PLC0415 - its parser is slow to import, and other texts need none
    from quire.nodes.sources.mhtml import is_mhtml, page_of  # noqa: PLC0415 - as above

    if not is_mhtml(data):
        return _from_text(read_html, name, data, _require_page)
    page, warnings = page_of(name, data)
    gathering = _from_text(read_html, name, page, _require_page)
    gathering.warnings[:0] = warnings
    return gathering


def table(name: str, data: bytes) -> Gathering:
    """Read CSV from bytes."""
    return _from_text(read_csv, name, data, _refuse_page)


def tabbed(name: str, data: bytes) -> Gathering:
    """Read TSV from bytes."""
    return _from_text(read_tsv, name, data, _refuse_page)


def _from_text(
    reader: Callable[[str, str], Gathering],
    name: str,
    data: bytes,
    check: Callable[[str, str], None] | None = None,
) -> Gathering:
    text, warnings = decode(name, data)
    if check is not None:
        check(name, text)
    gathering = reader(name, text)
    gathering.warnings[:0] = warnings
    return gathering


def _refuse_page(name: str, text: str) -> None:
    if _PAGE.match(text[:_HEAD]):
        raise BadInput("holds an HTML page", file=name, hint=f"{_TRUE_ENDING} .html")


def _require_page(name: str, text: str) -> None:
    if not _ELEMENT.search(text):
        raise BadInput("holds no HTML element", file=name, hint=f"{_TRUE_ENDING}: .md or .txt")
