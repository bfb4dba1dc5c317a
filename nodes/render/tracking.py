"""Changes between two versions as they are tracked in a Word file: word by word, to be accepted or not. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from quire.nodes.render.numbered import Chapter, Numbered, Part, Piece, Statement
from quire.nodes.render.text import shown

_WORD = re.compile(r"\s*\S+")
_TEXT = frozenset({"paragraph", "list", "quote"})
"""Kinds of blocks in whose lines there is room for a sentence that was taken out."""


@dataclass(frozen=True)
class Tracked:
    """What is other in a version than it was in the one before."""

    was: Mapping[str, str] = field(default_factory=dict)
    """By a statement's name, what it said; empty: nothing."""
    gone: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """By a section's anchor, what is said no longer: the name of the statement behind which it stood, or nothing, and
    its words."""


def with_changes(numbered: Numbered, tracked: Tracked) -> Numbered:
    """Give a document that shows in its lines what was changed: accepting all leaves it as it is."""
    chapters = tuple(_chapter(chapter, tracked) for chapter in numbered.chapters)
    return replace(numbered, chapters=chapters)


def pieces(was: str, now: str) -> tuple[Piece, ...]:
    """Compare two texts word by word."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("".join(new[j1:j2])))
        else:
            found += [Piece("".join(old[i1:i2]), "gone"), Piece("".join(new[j1:j2]), "new")]
    return tuple(piece for piece in found if piece.text)


def _chapter(chapter: Chapter, tracked: Tracked) -> Chapter:
    gone = list(tracked.gone.get(chapter.anchor, ()))
    parts = [_part(part, tracked.was, gone) for part in chapter.parts]
    left = [words for _, words in gone]
    return replace(chapter, parts=(*_paragraph(left), *parts))


def _part(part: Part, was: Mapping[str, str], gone: list[tuple[str, str]]) -> Part:
    """Track the changes of one block; takes from ``gone`` what it has room for."""
    rows = tuple(tuple(_statement(cell, was) for cell in row) for row in part.rows)
    statements = list[Statement]()
    for statement in part.statements:
        statements.append(_statement(statement, was))
        if part.kind in _TEXT and statement.name:
            behind = [one for one in gone if one[0] == statement.name]
            statements += [_gone(words, statement.item) for _, words in behind]
            gone[:] = [one for one in gone if one not in behind]
    return replace(part, statements=tuple(statements), rows=rows)


def _statement(statement: Statement, was: Mapping[str, str]) -> Statement:
    if statement.name not in was or not statement.text:
        return statement
    return replace(statement, tracked=pieces(shown(was[statement.name]), statement.text))


def _gone(words: str, item: int = 0) -> Statement:
    return Statement("", "fixed", (), "", "", "neutral", item=item, tracked=(Piece(shown(words), "gone"),))


def _paragraph(gone: Sequence[str]) -> tuple[Part, ...]:
    """Give what is said no longer and has no place in a line as a paragraph of its own."""
    if not gone:
        return ()
    said = tuple(_gone(words) for words in gone)
    return (Part("paragraph", "", "", "", "", said, (), (), ordered=False, warning=False, attribution=""),)
