"""Pages saved with their parts in one file (MHTML, RFC 2557): the page is taken out, the pictures stay behind."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from quire.nodes.faults import BadInput

_HEAD = 4_096
_IS_ONE = re.compile(rb"(?im)^content-type:\s*multipart/related\b")
_BEGINS = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")


def is_mhtml(data: bytes) -> bool:
    """Tell such a file, whatever its ending: it begins with headers, as mail does."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    return bool(_BEGINS.match(head) and _IS_ONE.search(head))


def page_of(name: str, data: bytes) -> tuple[bytes, list[str]]:
    """Give the page's bytes, in UTF-8 where its encoding is known, and warnings.

    Raises:
        BadInput: none of its parts is a page.

    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = [part for part in _parts(message) if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise BadInput("holds parts, but no page", file=name, hint="save the page as HTML")
    further = len(pages) - 1
    warnings = [f"{further} further page{'s' if further > 1 else ''} inside the page were not read"] if further else []
    return _utf8(pages[0]), warnings


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts one level down, and those of a level that only holds alternatives."""
    for part in _inside(message):
        yield from _inside(part) or [part]


def _inside(message: Message) -> list[Message]:
    parts = message.get_payload()
    return [part for part in parts if isinstance(part, Message)] if isinstance(parts, list) else []


def _utf8(part: Message) -> bytes:
    raw = part.get_payload(decode=True)
    raw = raw if isinstance(raw, bytes) else b""
    try:
        return raw.decode(part.get_content_charset() or "utf-8").encode()
    except (LookupError, UnicodeDecodeError):
        return raw
