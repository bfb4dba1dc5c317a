"""Reads HTML: headings, paragraphs, list items and table rows that a reader of the page would see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from nodes.faults import BadInput
from nodes.sources.folding import fold, raised
from nodes.sources.gathering import Gathering
from nodes.sources.html_table import is_data_table, rows_of
from nodes.sources.outline import split_mark

_NOT_SHOWN = frozenset(
    {"script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "select", "button", "nav"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
_LISTS = frozenset({"ol", "ul", "menu"})
_HEADING = re.compile(r"h[1-6]")
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_MAX_ELEMENTS = 300_000
_ALPHABET = 26

Step: TypeAlias = tuple[Literal["open", "text", "close"], Tag | NavigableString]


def read_html(source: str, text: str) -> Gathering:
    """Read HTML. Addresses are ``§ 4.2(b), paragraph 12`` or ``table 1, row 2``, under ``#anchor`` where no section is.

    Raises:
        BadInput: more elements than any document has.

    """
    if text.count("<") > _MAX_ELEMENTS:
        raise BadInput(f"more than {_MAX_ELEMENTS} elements", file=source, hint="split the page into several sources")
    soup = BeautifulSoup(text, "lxml")
    gathering = Gathering(source)
    _Walk(gathering).through(soup.body or soup)
    titled = fold(soup.title.get_text()) if soup.title else ""
    gathering.title = gathering.title or titled or PurePosixPath(source).stem
    return gathering


def text_of_fragment(fragment: str) -> str:
    """Words of a piece of HTML inside another document, hidden ones left out."""
    return visible_text(BeautifulSoup(fragment, "lxml"))


def visible_text(root: Tag) -> str:
    """Words of an element as shown, on one line."""
    words: list[str] = []
    for kind, node in _steps(root):
        if isinstance(node, NavigableString):
            words.append(_shown(node))
        elif kind == "open" and node.name not in _INLINE:
            words.append(" ")
    return fold("".join(words))


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return (
        tag.name in _NOT_SHOWN
        or tag.has_attr("hidden")
        or str(tag.get("aria-hidden") or "") == "true"
        or bool(_HIDING_STYLE.search(style))
    )


def _shown(words: NavigableString) -> str:
    """Words of a text node; comments, declarations and the like say nothing, digits raised by ``sup`` stay raised."""
    if isinstance(words, PreformattedString):
        return ""
    parent = words.parent
    return raised(str(words)) if parent is not None and parent.name == "sup" else str(words)


def _steps(root: Tag) -> Iterator[Step]:
    """Walk what is shown, without recursion: pages nest deeper than Python's stack."""
    stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.contents))]
    while stack:
        tag, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", tag
        elif isinstance(child, NavigableString):
            yield "text", child
        elif isinstance(child, Tag) and not _is_hidden(child):
            yield "open", child
            if not (child.name == "table" and is_data_table(child)):
                stack.append((child, iter(child.contents)))


class _Walk:
    """Goes through a page once; words gather until a block begins or ends."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.outline = gathering.outline
        self.words: list[str] = []
        self.jumps: list[bool] = []
        self.anchor = ""
        self.counts = {"paragraph": 0, "heading": 0, "table": 0}
        self.items = 0
        self.lists: list[_List] = []
        self.item_begins = False
        self.jump = False
        self.heading: Tag | None = None

    def through(self, root: Tag) -> None:
        for kind, node in _steps(root):
            if isinstance(node, NavigableString):
                self._say(_shown(node))
            elif kind == "open":
                self._open(node)
            else:
                self._close(node)
        self._flush()

    def _say(self, words: str) -> None:
        self.words.append(words)
        if words.strip():
            self.jumps.append(self.jump)

    def _open(self, tag: Tag) -> None:
        if tag.name == "a":
            self.jump = str(tag.get("href") or "").startswith("#")
            self.anchor = str(tag.get("name") or "") or self.anchor
        if tag.name in _INLINE:
            return
        if self.heading is not None:
            self._say(" ")
            return
        self._flush()
        if tag.name in _LISTS:
            self.lists.append(_list_of(tag))
        elif tag.name == "li":
            self.outline.open_item()
            mark = self.lists[-1].next_mark() if self.lists else ""
            self.outline.name_item(mark if self.outline.numbered else "", "")
            self.items += 1
            self.item_begins = True
        elif tag.name == "table" and is_data_table(tag):
            self._table(tag)
        elif _HEADING.fullmatch(tag.name):
            self.heading = tag
            self.anchor = str(tag.get("id") or "") or self.anchor

    def _close(self, tag: Tag) -> None:
        if tag.name == "a":
            self.jump = False
        if tag.name in _INLINE or (self.heading is not None and tag is not self.heading):
            return
        if tag is self.heading:
            self._finish_heading(tag)
            return
        self._flush()
        if tag.name in _LISTS:
            self.lists.pop()
        elif tag.name == "li":
            self.outline.close_item()
            self.items -= 1
            self.item_begins = False

    def _finish_heading(self, tag: Tag) -> None:
        self.heading = None
        if words := self._taken():
            self.gathering.add_heading(self._place("heading"), int(tag.name[1]), words)

    def _flush(self) -> None:
        jump = bool(self.jumps) and all(self.jumps)
        words = self._taken()
        if not words or (jump and self.items):
            return
        place = self._place("paragraph")
        if not self.items:
            self.gathering.add_paragraph(self._anchored(place), words)
            return
        mark, rest = split_mark(words)
        if self.item_begins and mark and self.outline.numbered:
            self.outline.name_item(mark, "")
            words = rest
        self.gathering.add(self._anchored(place), words)
        self.item_begins = False

    def _taken(self) -> str:
        words = fold("".join(self.words))
        self.words, self.jumps = [], []
        return words

    def _place(self, kind: str) -> str:
        self.counts[kind] += 1
        return f"{kind} {self.counts[kind]}"

    def _anchored(self, place: str) -> str:
        return f"#{self.anchor}, {place}" if self.anchor and not self.outline.numbered else place

    def _table(self, tag: Tag) -> None:
        place = self._anchored(self._place("table"))
        caption = tag.find("caption")
        rows = rows_of(tag, place, visible_text)
        self.gathering.add_table(rows, visible_text(caption) if isinstance(caption, Tag) else "")


@dataclass
class _List:
    """An open list: the style and the number of its next item; a bulleted one has no style."""

    style: str
    ordinal: int

    def next_mark(self) -> str:
        """Give the mark the page shows before the next item: ``(c)`` for the third of ``<ol type="a">``."""
        ordinal, self.ordinal = self.ordinal, self.ordinal + 1
        if not self.style:
            return ""
        lettered = self.style in {"a", "A"} and 0 < ordinal <= _ALPHABET
        return f"({chr(ord(self.style) + ordinal - 1)})" if lettered else f"({ordinal})"


def _list_of(tag: Tag) -> _List:
    if tag.name != "ol":
        return _List("", 1)
    start = str(tag.get("start") or "1")
    return _List(str(tag.get("type") or "1"), int(start) if re.fullmatch(r"\d{1,6}", start) else 1)
