"""The sections that a writer proposes: lines of its reply that are no part of the text. Pure.

``PROPOSE: Leases that end in 2027 | no section says which they are [E3, E7]`` names the section, says what is missing
without it, and where that was seen.
"""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from quire.nodes.author.reply import Problem
from quire.nodes.evidence.marks import MARK, NotAMark, read_mark

MOST_PROPOSED = 2
"""Sections that one draft may propose."""
_LINE = re.compile(r"^[ \t>*_-]*PROPOSE[*_]*:[*_ \t]*(?P<said>.*)$", re.MULTILINE)
_LONGEST_TITLE = 120
_LONGEST_WHY = 400


class Proposed(NamedTuple):
    """A section that a writer proposes."""

    title: str
    why: str
    names: tuple[str, ...]
    """Of the evidence that it was seen in: ``E3`` …"""


class Proposals(NamedTuple):
    """What a reply proposes."""

    text: str
    """The reply without these lines; the others keep their numbers."""
    proposed: tuple[Proposed, ...]
    problems: tuple[Problem, ...]


class _Unreadable(ValueError):
    """A proposal that cannot be read. The message says why."""


def read_proposals(text: str, known: Container[str]) -> Proposals:
    """Part a reply from what it proposes.

    Args:
        text: the reply.
        known: names of what the writer was given.

    """
    proposed: dict[str, Proposed] = {}
    problems: list[Problem] = []
    for found in _LINE.finditer(text):
        try:
            made = _proposed(found["said"], known)
        except (_Unreadable, NotAMark) as problem:
            line = text.count("\n", 0, found.start()) + 1
            problems.append(Problem(line, f"PROPOSE: {problem}"))
        else:
            proposed.setdefault(made.title.casefold(), made)
    return Proposals(_LINE.sub("", text), tuple(proposed.values())[:MOST_PROPOSED], tuple(problems))


def _proposed(said: str, known: Container[str]) -> Proposed:
    names = tuple(dict.fromkeys(_names(said)))
    title, bar, why = MARK.sub("", said).partition("|")
    title, why = " ".join(title.strip(" *_").split()), " ".join(why.split())
    if not (bar and title and why):
        raise _Unreadable("it takes a title, a bar and what is missing without it: PROPOSE: title | why [E3]")
    if len(title) > _LONGEST_TITLE or len(why) > _LONGEST_WHY:
        raise _Unreadable("it is too long")
    if not names:
        raise _Unreadable("it names nothing that it was seen in")
    if unknown := [name for name in names if name not in known]:
        raise _Unreadable(f"{', '.join(unknown)} was not given")
    return Proposed(title, why, names)


def _names(said: str) -> Iterator[str]:
    for mark in MARK.finditer(said):
        read = read_mark(mark["inside"].strip())
        if read.kind != "evidence":
            raise _Unreadable(f"{mark[0]}: it is seen in evidence, by its number")
        yield from read.names
