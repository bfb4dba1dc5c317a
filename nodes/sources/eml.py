"""Reads mail: its head, its body, and apart from them what it quotes. Its attachments are sources of their own."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import PurePosixPath

from quire.nodes.faults import BadInput
from quire.nodes.sources.decoding import decode
from quire.nodes.sources.eml_quoted import said, take_quoted
from quire.nodes.sources.folding import fold, strip_invisible
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.html import add_page
from quire.nodes.sources.html_shown import parsed
from quire.nodes.sources.printed import PrintedLine, add_printed

_HEADS = ("From", "To", "Cc", "Date", "Subject")
_MAX_PARTS = 500
_MAX_ATTACHMENTS = 100
_LEAST = 0.25
"""Share of a page's words that the plain text beside it has at least, if it says the same."""
_NAME = re.compile(r"[\x00-\x1f/\\:\x7f-\x9f\u2028\u2029]+")
_LONGEST_NAME = 100
_LONGEST_HEAD = 10_000
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/markdown": ".md"}


def read_eml(source: str, data: bytes) -> Gathering:
    """Read a message. Addresses are ``header subject``, ``body, line 12``; what it quotes is ``body, line 14, quoted``.

    Raises:
        BadInput: no message: it has no head.

    """
    message = _message(source, data)
    gathering = Gathering(source, title=fold(_head(message, "Subject")) or PurePosixPath(source).stem)
    for name in _HEADS:
        if value := _head(message, name):
            gathering.add_field(f"header {name.lower()}", name, value)
    parts = _Parts()
    parts.take(message, gathering)
    for number, part in enumerate(parts.bodies, 1):
        _add_body(gathering, part, "body" if number == 1 else f"body, part {number}")
    if not parts.bodies:
        gathering.warn("the message has no text of its own")
    return gathering


def attachments_of(source: str, data: bytes) -> Gathering:
    """Give a message's attachments, as :attr:`Gathering.attachments`."""
    message = _message(source, data)
    gathering, parts = Gathering(source), _Parts()
    parts.take(message, gathering)
    names: dict[str, None] = {}
    for part in parts.attached[:_MAX_ATTACHMENTS]:
        name = _name_of(part, names)
        names[name] = None
        gathering.attachments.append((name, _bytes_of(part)))
    if len(parts.attached) > _MAX_ATTACHMENTS:
        gathering.warn(f"more than {_MAX_ATTACHMENTS} attachments; the others were left out")
    return gathering


def _message(source: str, data: bytes) -> Message:
    """Parse a message. The package's newer policies parse every header in full, which hostile ones make slow."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        data = decode(source, data)[0].encode()  # with the mark before it, the head would be taken for the body
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not any(_head(message, name) for name in _HEADS):
        raise BadInput("not a mail message: it has no head", file=source, hint="give the file its true ending")
    return message


def _head(message: Message, name: str) -> str:
    """Give a header in words, up to a length that no one's has."""
    return _in_words(str(message.get(name) or "")[:_LONGEST_HEAD])


def _in_words(written: str) -> str:
    """Decode what a header writes as encoded words; what cannot be decoded stays as it is written."""
    try:
        words = str(make_header(decode_header(re.sub(r"\r?\n", "", written))))
    except (ValueError, LookupError, HeaderParseError):
        words = written
    return fold(strip_invisible(words.encode("utf-8", "replace").decode())[0])


@dataclass
class _Parts:
    """A message's parts, each with its use."""

    bodies: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)

    def take(self, message: Message, gathering: Gathering) -> None:
        pictures = 0
        for part in _leaves(message, gathering):
            kind = part.get_content_type()
            if kind == "message/rfc822" or part.get_content_disposition() == "attachment" or part.get_filename():
                self.attached.append(part)
            elif kind in {"text/plain", "text/html"}:
                self.bodies.append(part)
            elif kind.startswith("image/"):
                pictures += 1
            else:
                gathering.warn(f"a part of the type {kind} was not read")
        if pictures:
            gathering.warn(f"{pictures} picture{'s' if pictures > 1 else ''} in the text were not read")


def _leaves(message: Message, gathering: Gathering) -> Iterator[Message]:
    """Yield the parts that hold something, of alternatives the one to read; without recursion, and not without end."""
    stack, seen = [message], 0
    while stack:
        part = stack.pop()
        seen += 1
        if seen > _MAX_PARTS:
            gathering.warn(f"more than {_MAX_PARTS} parts; the others were left out")
            return
        kind = part.get_content_type()
        inner = _inside(part)
        if kind == "multipart/encrypted":
            gathering.warn("the message is encrypted, and its text was not read")
        elif kind == "multipart/alternative":
            stack += _chosen(inner)
        elif kind == "message/rfc822" or not part.is_multipart():
            yield part
        else:
            stack += reversed(inner)


def _inside(part: Message) -> list[Message]:
    parts = part.get_payload()
    return [inner for inner in parts if isinstance(inner, Message)] if isinstance(parts, list) else []


def _chosen(alternatives: list[Message]) -> list[Message]:
    """Choose the plain text, unless it says much less than the page beside it: "This message is in HTML"."""
    plain = [part for part in alternatives if part.get_content_type() == "text/plain"]
    other = [part for part in alternatives if part not in plain and part.get_content_type() != "text/calendar"]
    pages = [part for part in other if part.get_content_type() == "text/html"]
    if plain and pages:
        words = len(parsed(_text_of(pages[-1])).get_text(" ").split())
        return plain[-1:] if len(_text_of(plain[-1]).split()) >= _LEAST * words else pages[-1:]
    return plain[-1:] or other[-1:]


def _text_of(part: Message) -> str:
    """Give a part's text; in the encoding it names, or by evidence if that is none or wrong."""
    raw = part.get_payload(decode=True)
    raw = raw if isinstance(raw, bytes) else b""
    try:
        text = raw.decode(str(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        try:
            text = decode("body", raw)[0]
        except BadInput:
            text = raw.decode("latin-1")
    return strip_invisible(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))[0]


def _add_body(gathering: Gathering, part: Message, place: str) -> None:
    text = _text_of(part)
    if part.get_content_type() == "text/html":
        _add_page(gathering, text, place)
        return
    own: list[PrintedLine] = []
    quoted: list[tuple[int, str, str]] = []
    for number, line, whose in said(text.split("\n")):
        own.append(PrintedLine(f"{place}, line {number}", "" if whose else line.strip()))
        if whose and line.strip() and quoted and quoted[-1][1] and quoted[-1][2] == whose:
            quoted[-1] = (quoted[-1][0], f"{quoted[-1][1]} {line}", whose)
        elif whose:
            quoted.append((number, line.strip(), whose))
    add_printed(gathering, own)
    gathering.outline.end()
    for number, words, whose in quoted:
        gathering.add_note(f"{place}, line {number}, quoted", words, f"Quoted: {whose}")


def _add_page(gathering: Gathering, text: str, place: str) -> None:
    soup = parsed(text)
    root = soup.body or soup
    quoted = take_quoted(root)
    page = Gathering(gathering.source)
    add_page(page, root)
    gathering.include(page, place)
    for tag in quoted:
        page = Gathering(gathering.source)
        add_page(page, tag)
        for passage in page.passages:
            gathering.add_note(f"{place}, {passage['address']}, quoted", passage["text"], "Quoted: an earlier message")


def _name_of(part: Message, taken: dict[str, None]) -> str:
    """Name an attachment as its sender does, without folders, and unlike the others."""
    kind = part.get_content_type()
    name = fold(_NAME.sub(" ", _in_words((part.get_filename() or "")[:_LONGEST_HEAD])))
    if kind == "message/rfc822" and not name.lower().endswith(".eml"):
        inner = next(iter(_inside(part)), None)
        subject = _head(inner, "Subject") if inner is not None else ""
        name = f"{fold(_NAME.sub(' ', name or subject))[: _LONGEST_NAME - 4] or 'message'}.eml"
    path = PurePosixPath(strip_invisible(name)[0] or f"attachment{_ENDINGS.get(kind, '')}")
    stem, ending = path.stem[: _LONGEST_NAME - len(path.suffix[:10])], path.suffix[:10]
    unique, repeat = f"{stem}{ending}", 1
    while unique in taken:
        repeat += 1
        unique = f"{stem} ({repeat}){ending}"
    return unique


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = next(iter(_inside(part)), None)
        return inner.as_bytes() if inner is not None else b""
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""
