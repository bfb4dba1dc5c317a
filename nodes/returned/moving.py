"""Which words that came in are statements that went out at another place: somebody has moved them. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_MARKS = re.compile(r"\s*(?:\[[\d\s,–-]+\]\s*)+")  # noqa: RUF001 - the dash of ranges of notes
"""Notes behind a statement, which move with it and are the document's own."""


class Change(NamedTuple):
    """A person's words for a claim, or beside it."""

    name: str
    text: str
    """Empty: the claim goes."""
    behind: bool
    by: str
    before: bool = False
    moves: str = ""
    """Name of the claim whose words these are, and which goes from where it stood."""


def with_moves(changes: Sequence[Change], words: Mapping[str, str]) -> list[Change]:
    """Say of what was taken out at one place of a section and put in at another that it was moved.

    Args:
        changes: what became of each claim, and what was put in.
        words: of each claim, as they went out.

    """
    gone = {change.name for change in changes if not change.text and change.name in words}
    found: list[Change] = []
    for change in changes:
        parts = _parts(change, gone, words) if change.behind or change.before else []
        gone -= set(parts)
        found.extend(_moved(change, parts, words) if parts else [change])
    moved = {change.moves for change in found if change.moves}
    return [change for change in found if change.text or change.name not in moved]


def _parts(change: Change, gone: set[str], words: Mapping[str, str]) -> list[str]:
    """Name the claims of the section that words consist of, one behind another; none if there is anything else."""
    there = [name for name in words if name in gone and _section(name) == _section(change.name)]
    left, parts = change.text, list[str]()
    while left:
        name = next((n for n in there if n not in parts and words[n] and left.startswith(words[n])), None)
        if name is None:
            return []
        parts.append(name)
        left = left[len(words[name]) :]
        marks = _MARKS.match(left)
        left = (left[marks.end() :] if marks else left).lstrip()
    return parts


def _moved(change: Change, parts: Sequence[str], words: Mapping[str, str]) -> Iterator[Change]:
    first, *more = parts
    yield change._replace(text=words[first], moves=first)
    for name, last in zip(more, parts, strict=False):
        yield change._replace(name=last, text=words[name], behind=True, before=False, moves=name)


def _section(name: str) -> str:
    return name.rpartition("_")[0]
