"""Pieces of drafts on their way from the process that works on a run to those that follow it.

The way may lose any of them. Each piece says where in its draft it stands, so that whoever gets it knows whether he has
all that comes before: a draft with a hole is void, and one that was joined in its middle is not begun.
"""

import json
from collections.abc import Sequence
from typing import Final, TypeAlias

from quire.graphs.run.token_stream import Words

MOST_WAITING: Final = 256
"""Pieces that wait to be sent; more are lost."""
MOST_CHARACTERS: Final = 600
"""In one piece: with its place no more than the 8,000 bytes that Postgres takes, whatever the characters are."""

Call: TypeAlias = tuple[str, int, int, str, str]
"""Section, epoch, round, agent and step."""


class Outbox:
    """Keeps what was said until it is sent."""

    def __init__(self) -> None:
        self._waiting: list[Words] = []
        self._lost: set[Call] = set()

    def take(self, words: Words) -> None:
        """Keep a piece, if there is room; what is kept of its call is dropped once that is void."""
        call = words[:5]
        if not words.text:
            self._waiting = [kept for kept in self._waiting if kept[:5] != call]
            self._lost.discard(call)
        last = self._waiting[-1] if self._waiting else None
        if last is not None and _goes_on(last, words):
            self._waiting[-1] = last._replace(text=last.text + words.text)
        elif len(self._waiting) < MOST_WAITING:
            self._waiting += _in_parts(words)
        else:
            self._lost.add(call)

    def emptied(self) -> list[Words]:
        """Give what is to be sent, and of which calls something was lost."""
        sent = [*self._waiting, *(Words(*call, text="") for call in sorted(self._lost))]
        self._waiting, self._lost = [], set()
        return sent


class Inbox:
    """Knows of each draft how much of it has come."""

    def __init__(self) -> None:
        self._come: dict[Call, int] = {}

    def take(self, words: Words) -> list[Words]:
        """Give what a follower is to be told when a piece comes."""
        call = words[:5]
        known = self._come.get(call)
        if words.text and words.at == (known or 0):
            self._come[call] = words.at + len(words.text)
            return [words]
        self._come.pop(call, None)
        if words.text and words.at == 0:  # said again, from its beginning; that the first was void did not come
            return [Words(*call, text=""), *self.take(words)]
        return [Words(*call, text="")] if known is not None else []


def written(words: Words) -> str:
    """Write a piece as one line."""
    return json.dumps(words, separators=(",", ":"))


def read(line: Sequence[object]) -> Words:
    """Read a piece.

    Raises:
        TypeError: it is none; another version may have written it.

    """
    match line:
        case [str(section), int(epoch), int(number), str(agent), str(step), str(text), int(at)]:
            return Words(section, epoch, number, agent, step, text, at)
        case _:
            raise TypeError("no piece of a draft")


def _goes_on(last: Words, words: Words) -> bool:
    is_next = last[:5] == words[:5] and bool(last.text) and last.at + len(last.text) == words.at
    return is_next and bool(words.text) and len(last.text) + len(words.text) <= MOST_CHARACTERS


def _in_parts(words: Words) -> list[Words]:
    starts = range(0, max(1, len(words.text)), MOST_CHARACTERS)
    return [words._replace(text=words.text[s : s + MOST_CHARACTERS], at=words.at + s) for s in starts]
