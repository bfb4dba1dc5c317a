"""Reads HTML: headings, paragraphs, list items and table rows that a reader of the page would see."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from bs4 import Tag
from bs4.element import NavigableString

from quire.nodes.faults import BadInput
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.html_shown import INLINE, parsed, shown_words, steps, struck_words, visible_text
from quire.nodes.sources.html_table import is_data_table, is_term_list, rows_of, term_rows
from quire.nodes.sources.outline import split_mark

_LISTS = frozenset({"ol", "ul", "menu"})
_HEADING = re.compile(r"h[1-6]")
_MAX_ELEMENTS = 300_000
_ALPHABET = 26


def read_html(source: str, text: str) -> Gathering:
    """Read HTML. Addresses are ``§ 4.2(b), paragraph 12`` or ``table 1, row 2``, under ``#anchor`` where no section is.

    Raises:
        BadInput: more elements than any document has.

    """
    if text.count("<") > _MAX_ELEMENTS:
        raise BadInput(f"more than {_MAX_ELEMENTS} elements", file=source, hint="split the page into several sources")
    soup = parsed(text)
    gathering = Gathering(source)
    add_page(gathering, soup.body or soup)
    titled = fold(soup.title.get_text()) if soup.title else ""
    gathering.title = gathering.title or titled or PurePosixPath(source).stem
    return gathering


def add_page(gathering: Gathering, root: Tag, base: str = "") -> None:
    """Add what a page shows; with ``base``, a piece of another document that stands there (``line 12``)."""
    _Walk(gathering, base).through(root)
    gathering.warn_of_struck(struck_words(root))
    if any(drawing.find("text") is not None for drawing in root.find_all("svg")):
        gathering.warn("drawings in the page hold words that were not read")


class _Walk:
    """Goes through a page once; words gather until a block begins or ends."""

    def __init__(self, gathering: Gathering, base: str) -> None:
        self.gathering = gathering
        self.base = base
        self.outline = gathering.outline
        self.words: list[str] = []
        self.jumps: list[bool] = []
        self.anchor = ""
        self.counts = {"paragraph": 0, "heading": 0, "table": 0, "picture": 0}
        self.pictures: list[str] = []
        self.term = ""
        self.in_term = False
        self.explained = True
        self.items = 0
        self.lists: list[_List] = []
        self.item_begins = False
        self.jump = False
        self.heading: Tag | None = None

    def through(self, root: Tag) -> None:
        for kind, node in steps(root):
            if isinstance(node, NavigableString):
                self._say(shown_words(node))
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
        if tag.name == "img":
            self.pictures.append(str(tag.get("alt") or ""))
        if tag.name not in INLINE and self.heading is not None:
            self._say(" ")
        elif tag.name not in INLINE:
            self._flush()
            self._open_block(tag)

    def _open_block(self, tag: Tag) -> None:
        if tag.name in _LISTS:
            self.lists.append(_list_of(tag))
        elif tag.name == "li":
            self._open_item()
        elif tag.name == "table" and is_data_table(tag):
            self._table(tag)
        elif tag.name == "dl":
            self._terms(tag)
        elif tag.name in {"dt", "dd"}:
            self.in_term = tag.name == "dt"
        elif _HEADING.fullmatch(tag.name):
            self.heading = tag
            self.anchor = str(tag.get("id") or "") or self.anchor

    def _open_item(self) -> None:
        self.outline.open_item()
        mark = self.lists[-1].next_mark() if self.lists else ""
        self.outline.name_item(mark if self.outline.numbered else "", "")
        self.items += 1
        self.item_begins = True

    def _close(self, tag: Tag) -> None:
        if tag.name == "a":
            self.jump = False
        if tag.name in INLINE or (self.heading is not None and tag is not self.heading):
            return
        if tag is self.heading:
            self._finish_heading(tag)
            return
        self._flush()
        if tag.name == "dt":
            self.in_term = False
        elif tag.name == "dl":
            if not self.explained:
                self.gathering.add_paragraph(self._anchored(self._place("paragraph")), self.term)
            self.term, self.explained = "", True
        elif tag.name in _LISTS:
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
        words, described = self._taken(), self.pictures
        self.pictures = []
        if words and not (jump and self.items):
            self._paragraph(words)
        for text in filter(None, described):
            self.gathering.add_note(self._anchored(f"{self._place('picture')}, alt text"), text)

    def _paragraph(self, words: str) -> None:
        place = self._place("paragraph")
        if self.in_term:
            self.term = words if self.explained else f"{self.term}; {words}"
            self.explained = False
        elif self.term:
            self.gathering.add(self._anchored(place), words, fields={self.term: words}, over=(self.term,))
            self.explained = True
        elif not self.items:
            self.gathering.add_paragraph(self._anchored(place), words)
        else:
            self._item(place, words)

    def _item(self, place: str, words: str) -> None:
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
        if self.base:
            return self.base if place.startswith("paragraph") or place == "table 1" else f"{self.base}, {place}"
        return f"#{self.anchor}, {place}" if self.anchor and not self.outline.numbered else place

    def _table(self, tag: Tag) -> None:
        place = self._anchored(self._place("table"))
        caption = tag.find("caption")
        rows = rows_of(tag, place, visible_text)
        self.gathering.add_table(rows, visible_text(caption) if isinstance(caption, Tag) else "")

    def _terms(self, tag: Tag) -> None:
        """Take a list of terms with short meanings as a table of names and values."""
        if is_term_list(tag):
            place = self._anchored(self._place("table"))
            self.gathering.add_table(term_rows(tag, place, visible_text), paired=True)


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
