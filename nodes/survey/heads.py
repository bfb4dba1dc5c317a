"""The head of a source: its name, its title, its front matter and its first lines. What it is, is said there. Pure."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from quire.nodes.sources.passage import Passage, Reading

MOST_LINES = 6
"""Lines after which nothing speaks of the source itself any more."""
_PRINTED_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)(?=\s+#{1,6}\s|\s+\*\*|$)")
"""A heading as Markdown writes it, where the file is no Markdown: printed, or typed into a word processor."""
_SIGNS = re.compile(r"[*_`#|]+")


class Head(NamedTuple):
    """What stands at the head of a source."""

    folders: tuple[str, ...]
    stem: str
    """The file's name without its ending, as words: ``q1 2026 ops report``."""
    titles: tuple[str, ...]
    """Its title, and a heading that was printed at its head: a file that is no Markdown has that for its title."""
    fields: dict[str, str]
    """Front matter."""
    lines: tuple[str, ...]
    """Its first lines of text."""


def head_of(reading: Reading) -> Head:
    """Take the head of a source."""
    path = PurePosixPath(reading["source"])
    passages = reading["passages"]
    fields = {name: value for p in passages if p["kind"] == "field" for name, value in p.get("fields", {}).items()}
    printed = [title for p in passages[:MOST_LINES] if p["kind"] == "text" and (title := heading_in(p))]
    titles = dict.fromkeys([*printed[:1], reading["title"]])
    return Head(
        folders=tuple(as_words(folder) for folder in path.parts[:-1]),
        stem=as_words(path.stem),
        titles=tuple(title for title in titles if title),
        fields=fields,
        lines=tuple(plain(passage["text"]) for passage in first_passages(passages)),
    )


def heading_in(passage: Passage) -> str:
    """Give the heading that a passage is, or begins with as Markdown writes it; empty if it is none."""
    if passage["kind"] == "heading":
        return passage["text"]
    found = _PRINTED_HEADING.match(passage["text"]) if passage["kind"] == "text" else None
    return plain(found["title"]) if found else ""


def plain(text: str) -> str:
    """Take Markdown's signs out of a text that was printed."""
    return " ".join(_SIGNS.sub(" ", text).split())


def as_words(name: str) -> str:
    """Give a file's or folder's name as words; a year that sticks to a word is one of its own."""
    parted = re.sub(r"(?<=[^\W\d_]{3})(?=(?:19|20)\d\d(?!\d))", " ", name)
    return " ".join(re.sub(r"[_\s]+|(?<!\d)[-.]|[-.](?![\d\s])", " ", parted).split())


def first_passages(passages: list[Passage]) -> list[Passage]:
    """Give the first passages of text; what stands under a later heading is about something else."""
    kept: list[Passage] = []
    headings = 0
    for passage in passages:
        headings += passage["kind"] == "heading"
        if headings > 1 or len(kept) >= MOST_LINES:
            break
        if passage["kind"] == "text" and not passage.get("fields"):
            kept.append(passage)
    return kept
