"""What of a message its sender did not write: the mail that it replies to, or hands on."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bs4 import Tag

from quire.nodes.sources.folding import fold

_MARK = re.compile(r"^(?:>[ ]?)+")
_SEPARATOR = re.compile(r"^[-_ ]{4,}\s*\w[^-_]{3,60}[-_ ]{4,}$")
_HEADER = re.compile(r"^\*?[^\W\d_][\w ]{0,18}\*?\s?[:\uff1a]\s*\S")
_MOMENT = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d\d")
_ANNOUNCES = re.compile(r"[:\uff1a]\s*$")
_LONGEST_ANNOUNCEMENT = 3
_HEADERS = 3
"""Lines like ``From: …`` that follow each other at the head of a mail that is handed on; with fewer it is a letter."""
_QUOTING = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "zmail_extra")
_BOUNDARIES = frozenset({"divRplyFwdMsg", "appendonsend", "reply-intro"})


class Said(NamedTuple):
    """A line of a body and whose it is."""

    number: int
    text: str
    quoted: str
    """What announces the words that it quotes; empty if it is the sender's own."""


def said(lines: Sequence[str]) -> Iterator[Said]:
    """Tell the sender's lines from those that are quoted, and take the quotes' marks off."""
    announced, rest = "", ""
    taken = _announcements(lines)
    for at, line in enumerate(lines):
        if not rest and (_SEPARATOR.match(line.strip()) or _is_head(lines, at)):
            rest = fold(line.strip(" -_*")) or "an earlier message"
        if at in taken:
            announced = taken[at]
        elif rest:
            yield Said(at + 1, _MARK.sub("", line), rest)
        elif line.startswith(">"):
            yield Said(at + 1, _MARK.sub("", line), announced or "an earlier message")
        else:
            yield Said(at + 1, line, "")
            announced = announced if not line.strip() else ""


def _announcements(lines: Sequence[str]) -> dict[int, str]:
    """Find the lines before a quote that say whose it is (``On 3 May 2026 the office wrote:``)."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        if not line.startswith(">") or (at and lines[at - 1].startswith(">")):
            continue
        end = at - 1
        while end > 0 and not lines[end].strip():
            end -= 1
        start = end
        while start > 0 and end - start < _LONGEST_ANNOUNCEMENT - 1 and lines[start - 1].strip():
            start -= 1
        words = fold(" ".join(lines[start : end + 1]))
        if end >= 0 and _ANNOUNCES.search(words) and (_MOMENT.search(words) or "@" in words):
            found |= dict.fromkeys(range(start, end + 1), words)
    return found


def _is_head(lines: Sequence[str], at: int) -> bool:
    """Tell the head of a mail that stands in this one: ``From:``, ``Sent:``, ``To:`` in whatever language."""
    head = [line.strip() for line in lines[at : at + _HEADERS + 2] if _HEADER.match(line.strip())]
    follow = all(_HEADER.match(line.strip()) for line in lines[at : at + _HEADERS])
    return len(head) >= _HEADERS and follow and any("@" in h for h in head) and any(map(_MOMENT.search, head))


def take_quoted(root: Tag) -> list[Tag]:
    """Take out of a message's page what its sender did not write."""
    taken: list[Tag] = []
    for tag in root.find_all(True):
        if tag.decomposed or any(above in taken for above in tag.parents):
            continue
        if str(tag.get("id") or "") in _BOUNDARIES:
            taken += [tag, *(after for after in tag.next_siblings if isinstance(after, Tag))]
        elif tag.name == "blockquote" or any(name in _QUOTING for name in tag.get_attribute_list("class") if name):
            taken.append(tag)
    for tag in taken:
        tag.extract()
    return taken
