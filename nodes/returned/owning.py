"""Which words of a changed passage are which claim's: compared with the words that went out. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from quire.nodes.faults import BadInput
from quire.nodes.returned.reading import Line

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MOST = 20_000_000
"""Pairs of words that are compared at once: some 4,500 changed words in one passage."""
_ENDS = frozenset(".!?…:”“»)")
_WORTH_TELLING = re.compile(r"[^\W\d_]{3}")
"""A word; what is left of marks when a sentence goes is none."""
NOBODY = ""


class Token(NamedTuple):
    """A word or a sign, and the claim that it is part of."""

    text: str
    line: int
    start: int
    end: int
    owner: str


class Own(NamedTuple):
    """Words that are part of no claim."""

    beside: str
    """The claim that they stand beside; empty: none is near."""
    before: bool
    """They stand before it, and else behind it."""
    tokens: list[Token]


class Owned(NamedTuple):
    """Whose the words of a passage are that came back."""

    tokens: list[Token]
    own: list[Own]
    other: list[str]
    """What was changed that is no claim's: before and after."""


def tokens_of(lines: Sequence[Line], first: int, names: Sequence[Sequence[tuple[str, int, int]]]) -> list[Token]:
    """Part lines into words and signs, with a sign at the end of each line.

    Args:
        lines: the lines.
        first: the number of the first.
        names: by line: what is whose.

    """
    found = []
    for n, (line, spans) in enumerate(zip(lines, names, strict=True), first):
        for word in _TOKEN.finditer(line.text):
            owner = next((name for name, start, end in spans if start <= word.start() < end), NOBODY)
            found.append(Token(word[0], n, word.start(), word.end(), owner))
        found.append(Token("\n", n, len(line.text), len(line.text), NOBODY))
    return found


def owned(base: Sequence[Token], came: Sequence[Token], last: str, following: str) -> Owned:
    """Say of each word that came whose it is.

    Args:
        base: the passage as it was.
        came: as it is.
        last: the last claim before the passage, in its section.
        following: the first one behind it.

    Raises:
        BadInput: too much is changed to tell.

    """
    if len(base) * len(came) > _MOST:
        raise BadInput("too much of it is changed at one place to tell what became of what", hint="return it in parts")
    matcher = SequenceMatcher(None, [t.text for t in base], [t.text for t in came], autojunk=False)
    found = Owned([], [], [])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.tokens.extend(t._replace(owner=b.owner) for b, t in zip(base[i1:i2], came[j1:j2], strict=True))
            continue
        gone, new = base[i1:i2], list(came[j1:j2])
        owner = _owner(base, i1, i2, new)
        if owner is not None:
            found.tokens.extend(t._replace(owner=owner) for t in new)
        elif _is_furniture(base, i1, i2):
            found.tokens.extend(new)
            found.other.extend(_told(gone, new))
        else:
            before = next((t.owner for t in reversed(base[:i1]) if t.owner), last)
            behind = next((t.owner for t in base[i2:] if t.owner), following)
            words = [t for t in new if t.text != "\n"]
            found.own.append(Own(before or behind, before=not before and bool(behind), tokens=words))
            found.tokens.extend(t._replace(owner=NOBODY) for t in new)
    return found


def said(tokens: Iterable[Token], lines: Sequence[Line]) -> str:
    """Put words together as they stand in their lines."""
    pieces: list[str] = []
    last: Token | None = None
    for token in (t for t in tokens if t.text != "\n"):
        if last is not None and last.line == token.line and not lines[token.line].text[last.end : token.start].strip():
            pieces.append(lines[token.line].text[last.end : token.end])
        else:
            pieces.append(f" {token.text}")
        last = token
    return " ".join("".join(pieces).split())


def _owner(base: Sequence[Token], i1: int, i2: int, new: Sequence[Token]) -> str | None:
    """Give the claim that words are part of which came between two words; ``None``: they are part of none."""
    if replaced := [t.owner for t in base[i1:i2] if t.owner]:
        return replaced[0]
    if any(t.text != "\n" for t in base[i1:i2]):
        return None
    left = base[i1 - 1] if i1 else None
    right = base[i2] if i2 < len(base) else None
    if left is not None and left.owner:
        inside = right is not None and right.owner == left.owner
        return left.owner if inside or not (left.text in _ENDS and _ends(new)) else None
    begins = right is not None and right.owner and not _ends(new) and not any(t.text == "\n" for t in new)
    return right.owner if right is not None and begins else None


def _ends(new: Sequence[Token]) -> bool:
    """Whether words end as a sentence does."""
    words = [t.text for t in new if t.text != "\n"]
    return bool(words) and words[-1] in _ENDS


def _is_furniture(base: Sequence[Token], i1: int, i2: int) -> bool:
    """Whether a change is one of the document's own words: a heading, a mark, a note."""
    if any(t.text != "\n" for t in base[i1:i2]):
        return True
    if not i1 or base[i1 - 1].text == "\n":
        return False
    line = base[i1 - 1].line
    return not any(t.owner for t in base if t.line == line)


def _told(gone: Sequence[Token], new: Sequence[Token]) -> Iterator[str]:
    was, now = (" ".join(t.text for t in tokens if t.text != "\n") for tokens in (gone, new))
    if was != now and (_WORTH_TELLING.search(was) or _WORTH_TELLING.search(now)):
        yield f"“{was}” -> “{now}”" if was and now else f"“{now}” put in" if now else f"“{was}” taken out"
