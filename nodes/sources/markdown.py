"""Reads Markdown: paragraphs, list items, headings and table rows with their lines; front matter as fields."""

import re
from bisect import bisect_left
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quire.nodes.sources import front_matter
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.inline import Line, lines_of
from quire.nodes.sources.markdown_dialects import as_commonmark
from quire.nodes.sources.outline import split_mark
from quire.nodes.sources.tables import Row

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("inline")
"""Finds the blocks only; what stands inside a line is parsed by :mod:`quire.nodes.sources.inline`, which bounds it."""

_TABLE_BEGINS = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)


def read_markdown(source: str, text: str) -> Gathering:
    """Read Markdown. Addresses are ``§ 1137.03(a), line 12``; the line is where the words start in the file."""
    front = front_matter.split(text)
    gathering = Gathering(source)
    for key, value in front.fields:
        gathering.add_field(f"front matter, {key}", key, value)
        if key.lower() == "title":
            gathering.title = gathering.outline.title = fold(value)
    if front.warning:
        gathering.warn(front.warning)
    references: dict[str, Any] = {}
    body = as_commonmark(front.body)
    walk = _Walk(gathering, front.lines, references, body)
    walk.through(_MARKDOWN.parse(body, references))
    gathering.warn_of_struck(walk.struck)
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering


class _Walk:
    """Goes through the block tokens once, in order."""

    def __init__(self, gathering: Gathering, lines_before: int, references: dict[str, Any], body: str) -> None:
        self.gathering = gathering
        self.lines = body.split("\n")
        self.ends_of_tables = [n for n, line in enumerate(self.lines) if _TABLE_ENDS.search(line)]
        self.taken = 0
        self.struck: list[str] = []
        self.outline = gathering.outline
        self.lines_before = lines_before
        self.references = references
        self.heading_level = 0
        self.numbers: list[str] = []
        self.item_begins = False
        self.rows: list[Row] = []
        self.in_table = False
        self.caption = ""

    def through(self, tokens: list[Token]) -> None:
        for token in tokens:
            step = getattr(self, f"_{token.type}", None)
            if step is not None and not (token.map and token.map[0] < self.taken):
                step(token)

    def _place(self, token: Token, further: int = 0) -> str:
        first = token.map[0] if token.map else 0
        return f"line {self.lines_before + first + further + 1}"

    def _heading_open(self, token: Token) -> None:
        self.heading_level = int(token.tag[1])

    def _heading_close(self, _token: Token) -> None:
        self.heading_level = 0
        self.caption = ""

    def _list_item_open(self, token: Token) -> None:
        self.numbers.append(token.info)
        self.outline.open_item()
        if token.info and self.outline.numbered:
            self.outline.name_item(f"({token.info})", "")
        self.item_begins = True

    def _list_item_close(self, _token: Token) -> None:
        self.numbers.pop()
        self.outline.close_item()
        self.item_begins = False

    def _table_open(self, _token: Token) -> None:
        self.in_table, self.rows = True, []

    def _tr_open(self, token: Token) -> None:
        self.rows.append(Row(self._place(token), [], header=not self.rows))

    def _table_close(self, _token: Token) -> None:
        self.gathering.add_table(self.rows, self.caption)
        self.in_table, self.caption = False, ""

    def _fence(self, token: Token) -> None:
        self.gathering.add_code(self._place(token, 1), token.content)

    def _code_block(self, token: Token) -> None:
        self.gathering.add_code(self._place(token), token.content)

    def _html_block(self, token: Token) -> None:
        """Take a piece of HTML; a table in it goes on to its end, though an empty line ends the block."""
        from quire.nodes.sources.html import add_page  # noqa: PLC0415 - most Markdown holds no HTML, whose parser is slow to import
        from quire.nodes.sources.html_shown import parsed  # noqa: PLC0415 - as above

        first, end = token.map or (0, 0)
        content = token.content
        if len(_TABLE_BEGINS.findall(content)) > len(_TABLE_ENDS.findall(content)):
            further = bisect_left(self.ends_of_tables, end)
            if further < len(self.ends_of_tables):
                self.taken = self.ends_of_tables[further] + 1
                content = "\n".join(self.lines[first : self.taken])
        add_page(self.gathering, parsed(content), self._place(token))

    def _inline(self, token: Token) -> None:
        lines = lines_of(token.content, self.references, self.struck)
        if self.in_table:
            self._cell(lines)
        elif self.heading_level:
            words = " ".join(line.text for line in lines)
            self.gathering.add_heading(self._place(token), self.heading_level, words)
        elif not (self.numbers and len(lines) == 1 and lines[0].jump):
            self._paragraph(token, lines)
        self.item_begins = False

    def _cell(self, lines: list[Line]) -> None:
        row = self.rows[-1]
        strong = bool(lines) and lines[0].strong if not row.cells else row.strong
        self.rows[-1] = replace(row, cells=[*row.cells, " ".join(line.text for line in lines)], strong=strong)

    def _paragraph(self, token: Token, lines: list[Line]) -> None:
        self.caption = lines[0].text if len(lines) == 1 and lines[0].strong else ""
        for position, line in enumerate(lines):
            text = self._unmarked(line) if not position else line.text
            label = line.label and fold(line.label.rstrip(" :"))
            place = self._place(token, line.offset)
            further = [(self._place(token, line.offset + lines), words) for lines, words in line.further]
            if label and (value := text.removeprefix(line.label).strip()):
                self.gathering.add(place, value, fields={label: value}, over=(label,), further=further)
            else:
                self.gathering.add(place, text, further=further)

    def _unmarked(self, line: Line) -> str:
        """Take the mark off a paragraph's first line and tell the outline of it."""
        mark, words = split_mark(line.text)
        if self.item_begins and mark.startswith("(") and line.text.startswith("("):
            self.outline.name_item(mark, line.lead)
            return words
        if self.item_begins:
            self.outline.name_item(f"({self.numbers[-1]})" if self.numbers[-1] else "", line.lead)
            return line.text
        if mark and self.outline.numbered:
            self.outline.mark(mark)
            return words
        return line.text
