"""A writer's reply, read strictly: Markdown with marks becomes blocks of statements. Pure.

Everything that cannot be read is reported at its line, all of it at once, so that one message can send it back.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quire.nodes.author.lead_ins import led_in
from quire.nodes.evidence.marks import MARK, Mark, NotAMark, read_marks
from quire.nodes.sources.sentences import sentences

MOST_BLOCKS = 200
_FIRST_SIGN = 0xE000
"""Signs of the private use area stand for marks while text is cut into sentences."""
_SIGN = re.compile("[\ue000-\uf8ff]")
_BEHIND_THE_STOP = re.compile("([.!?\u2026]+[\"'\u201d\u2019)]*)\\s*((?:\\s*[\ue000-\uf8ff])+)")
_STOPPED_TWICE = re.compile("(?<=\\w\\.)((?:\\s*[\ue000-\uf8ff])+)\\s*\\.(?!\\.)")
"""The stop of an abbreviation ends its sentence too: ``of Acme Ltd. [E1].``"""
_PLACED = re.compile(r"\[\[\s*(T\d{1,3})\s*\]\]")
_OWN_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
"""The number that a writer gives a heading: a document numbers its headings itself."""
_CALLOUT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.IGNORECASE)
_WARNING = frozenset({"WARNING", "CAUTION", "IMPORTANT"})
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


class Clause(NamedTuple):
    """A part of a statement, up to the marks behind it."""

    text: str
    marks: tuple[Mark, ...]


class Statement(NamedTuple):
    """A sentence, list item or cell: its words without marks, and its clauses."""

    text: str
    clauses: tuple[Clause, ...]
    line: int = 1
    """Where its block begins in the reply."""
    lead: str = ""
    """Words in bold that lead in its item or paragraph: ``Revenue.``"""
    item: int = 0
    """Of a list: which of its items it is part of, from 1."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All its marks, in order."""
        return tuple(mark for clause in self.clauses for mark in clause.marks)


class Column(NamedTuple):
    """A table's column."""

    title: str
    align: Literal["left", "right", "center"]


class ReplyBlock(NamedTuple):
    """A block of a reply."""

    kind: Literal["paragraph", "list", "table", "heading", "quote", "note", "placed"]
    statements: tuple[Statement, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Statement, ...], ...] = ()
    text: str = ""
    """Of a heading."""
    depth: int = 3
    """Of a heading: 3 to 5."""
    ordered: bool = False
    warning: bool = False
    name: str = ""
    """Of what is placed: ``T1``."""


class Problem(NamedTuple):
    """What cannot be read, and where."""

    line: int
    problem: str


class Reply(NamedTuple):
    """A reply that was read; with problems it is to be sent back."""

    blocks: tuple[ReplyBlock, ...]
    problems: tuple[Problem, ...]


def read_reply(text: str) -> Reply:
    """Read a writer's reply."""
    reader = _Reader()
    blocks = tuple(reader.blocks(_PARSER.parse(text)))
    if len(blocks) > MOST_BLOCKS:
        reader.problems.append(Problem(1, f"it has {len(blocks)} blocks; at most {MOST_BLOCKS} are read"))
    return Reply(blocks[:MOST_BLOCKS], tuple(reader.problems))


class _Reader:
    """Walks the parser's tokens once and keeps the problems it meets."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def blocks(self, tokens: Sequence[Token]) -> Iterator[ReplyBlock]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _closing(tokens, at)
            inside = tokens[at + 1 : end]
            yield from self._block(token, inside)
            at = end + 1

    def _block(self, token: Token, inside: Sequence[Token]) -> Iterator[ReplyBlock]:
        if token.type == "paragraph_open":
            yield from self._paragraph(inside[0])
        elif token.type == "heading_open":
            depth = min(max(int(token.tag[1:]), 3), 5)
            yield ReplyBlock("heading", text=_unnumbered(self._statement(inside[0]).text), depth=depth)
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            items = [said for said in self._items(inside) if said]
            statements = tuple(s._replace(item=n) for n, said in enumerate(items, 1) for s in said)
            yield ReplyBlock("list", statements, ordered=token.type == "ordered_list_open")
        elif token.type == "table_open":
            yield self._table(inside)
        elif token.type == "blockquote_open":
            yield from self._quote(inside)
        elif token.type in {"fence", "code_block"}:
            self._refuse(token, "a block of code: write text, a list or a table")

    def _paragraph(self, inline: Token) -> Iterator[ReplyBlock]:
        text = inline.content.strip()
        if placed := _PLACED.fullmatch(text):
            yield ReplyBlock("placed", name=placed[1])
        elif text:
            yield ReplyBlock("paragraph", self._sentences(inline))

    def _items(self, tokens: Sequence[Token]) -> Iterator[list[Statement]]:
        """Give the sentences of each item; items of inner lists follow their own."""
        at = 0
        while at < len(tokens):
            end = _closing(tokens, at)
            own = [t for t in _outside_lists(tokens[at + 1 : end]) if t.type == "inline"]
            yield [statement for t in own for statement in self._sentences(t)]
            for first, last in _lists(tokens[at + 1 : end]):
                yield from self._items(tokens[at + 1 : end][first + 1 : last])
            at = end + 1

    def _table(self, tokens: Sequence[Token]) -> ReplyBlock:
        columns: list[Column] = []
        rows: list[tuple[Statement, ...]] = []
        row: list[Statement] = []
        for before, token in zip((None, *tokens), tokens, strict=False):
            if token.type == "tr_open":
                row = []
            elif token.type == "inline" and before is not None and before.type == "th_open":
                columns.append(Column(self._statement(token).text, _alignment(before)))
            elif token.type == "inline":
                row.append(self._statement(token))
            elif token.type == "tr_close" and row:
                rows.append(tuple(row))
        return ReplyBlock("table", columns=tuple(columns), rows=tuple(rows))

    def _quote(self, tokens: Sequence[Token]) -> Iterator[ReplyBlock]:
        inlines = [t for t in tokens if t.type == "inline"]
        if not inlines:
            return
        callout = _CALLOUT.match(inlines[0].content)
        said = tuple(s for t in inlines for s in self._sentences(t))
        if callout is None:
            yield ReplyBlock("quote", said)
        else:
            yield ReplyBlock("note", said, warning=callout[1].upper() in _WARNING)

    def _sentences(self, inline: Token) -> tuple[Statement, ...]:
        lead, rest = led_in(inline)
        text, marks = self._signed(rest)
        said = [s for part in sentences(text) if (s := _statement_of(part, marks, _line(inline))).text]
        return tuple(s._replace(lead=lead) if n == 0 else s for n, s in enumerate(said))

    def _statement(self, inline: Token) -> Statement:
        return _statement_of(*self._signed(inline), _line(inline))

    def _signed(self, inline: Token) -> tuple[str, list[Mark]]:
        """Give the words with a sign in the place of each mark, before the stop that the mark stands behind."""
        marks: list[Mark] = []

        def sign(found: re.Match[str]) -> str:
            try:
                read = read_marks(found["inside"].strip())
            except NotAMark as problem:
                self._refuse(inline, f"{found[0]}: {problem}")
                return ""
            marks.extend(read)
            return "".join(chr(_FIRST_SIGN + n) for n in range(len(marks) - len(read), len(marks)))

        text = _CALLOUT.sub("", _words(inline))
        if stray := _PLACED.search(text):
            self._refuse(inline, f"{stray[0]} places a table and stands in a line of its own")
            text = _PLACED.sub("", text)
        return _BEHIND_THE_STOP.sub(r"\2\1", _STOPPED_TWICE.sub(r"\1", MARK.sub(sign, text))), marks

    def _refuse(self, token: Token, problem: str) -> None:
        self.problems.append(Problem(_line(token), problem))


def _line(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _statement_of(text: str, marks: Sequence[Mark], line: int) -> Statement:
    clauses: list[Clause] = []
    for part in re.split("((?:\\s*[\ue000-\uf8ff])+)", text):
        if _SIGN.search(part):
            behind = tuple(marks[ord(c) - _FIRST_SIGN] for c in _SIGN.findall(part))
            before = clauses.pop() if clauses and not clauses[-1].marks else Clause("", ())
            clauses.append(Clause(before.text, behind))
        elif part.strip():
            clauses.append(Clause(" ".join(part.split()), ()))
    return Statement(_tidy(_SIGN.sub("", text)), tuple(clauses), line)


def _tidy(text: str) -> str:
    return re.sub(r"\s+([.,;:!?…)])", r"\1", " ".join(text.split()))


def _words(inline: Token) -> str:
    """Give the words of a line: of emphasis, code and links what a reader sees."""
    seen = []
    for child in inline.children or ():
        if child.type in {"text", "code_inline"}:
            seen.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            seen.append(" ")
    return _SIGN.sub("", "".join(seen))  # a reply's own signs of that area mean nothing


def _closing(tokens: Sequence[Token], at: int) -> int:
    """Give the place of the token that closes the one at a place: the same, if it stands alone."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1


def _lists(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give where inner lists begin and end."""
    at = 0
    while at < len(tokens):
        if tokens[at].type in {"bullet_list_open", "ordered_list_open"}:
            end = _closing(tokens, at)
            yield at, end
            at = end
        at += 1


def _outside_lists(tokens: Sequence[Token]) -> Iterator[Token]:
    inside = {place for first, last in _lists(tokens) for place in range(first, last + 1)}
    return (token for place, token in enumerate(tokens) if place not in inside)


def _alignment(head: Token) -> Literal["left", "right", "center"]:
    style = str(head.attrGet("style") or "")
    return "right" if "right" in style else "center" if "center" in style else "left"


def _unnumbered(title: str) -> str:
    number = _OWN_NUMBER.match(title)
    return title[number.end() :] if number else title
