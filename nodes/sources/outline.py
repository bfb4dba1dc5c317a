"""Where a reader stands in a source: the headings above it, its section's number and subdivisions."""

import re
from dataclasses import dataclass, field

from quire.nodes.sources.folding import fold

_NAMED_NUMBER = re.compile(
    r"^(?:§+\s*|(?:Sec(?:tion|\.)?|SEC(?:TION|\.)?)\s+)(?P<number>\d+[A-Za-z]?(?:[.\-:]\d+[A-Za-z]?)*)"
    r"(?P<sub>(?:\([A-Za-z0-9]{1,4}\))*)(?=[\s.:,;)\u2014\u2013-]|$)"
)
_PLAIN_NUMBER = re.compile(
    r"^(?P<number>\d+[A-Z]?(?:-\d+)*(?:\.\d+[A-Za-z]?)+|\d{1,3}(?=[.)]\s))(?P<sub>(?:\([A-Za-z0-9]{1,4}\))*)(?=[\s.:)]|$)"
)
_PAREN_MARK = re.compile(r"^(?P<label>(?:\((?:[a-z]{1,4}|[A-Z]{1,4}|\d{1,3})\)\s?)+)(?=\s|$)")
_DOT_MARK = re.compile(r"^(?P<label>[A-Z]|\d{1,2})[.)]\s+(?=\S)")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}
_ALPHABET = 26
_DEEPEST = 32
"""Lists within lists that still count: no one's subdivisions go deeper, hostile pages do."""


def section_number(title: str) -> str:
    """Give a section heading's number as written (``1137.03``, ``4-201``, ``12.3(b)``), or empty.

    A number without dots counts only behind ``§``, ``Sec.`` or ``Section``, or before ``.`` or ``)``:
    ``41 Mill Lane`` is an address, not a section.
    """
    found = _NAMED_NUMBER.match(title) or _PLAIN_NUMBER.match(title)
    return found["number"] + found["sub"] if found else ""


def split_mark(text: str) -> tuple[str, str]:
    """Part a subdivision's mark from its words: ``(a) Yards`` gives ``(a)`` and ``Yards``; no mark gives empty."""
    if found := _PAREN_MARK.match(text):
        return "".join(found["label"].split()), text[found.end() :].lstrip()
    if found := _DOT_MARK.match(text):
        return f"({found['label']})", text[found.end() :]
    return "", text


def _readings_of(label: str) -> list[tuple[str, int]]:
    """Every (style, ordinal) a single mark can be read as; ``(i)`` is a letter and a Roman numeral."""
    mark = label.strip("()")
    if mark.isdigit():
        return [("digit", int(mark))]
    style = "lower" if mark.islower() else "upper"
    readings = []
    if len(set(mark)) == 1:
        readings.append((style, ord(mark[0].lower()) - ord("a") + 1 + _ALPHABET * (len(mark) - 1)))
    digits = [_ROMAN_DIGITS.get(letter, 0) for letter in mark.lower()]
    if all(digits):
        following = [*digits[1:], 0]
        total = sum(-d if d < f else d for d, f in zip(digits, following, strict=True))
        readings.append((f"{style} roman", total))
    return readings


@dataclass
class _Level:
    label: str
    style: str
    ordinal: int


@dataclass
class _Item:
    label: str = ""
    lead: str = ""


@dataclass
class Outline:
    """The place a reader has come to. Readers move it; passages take headings and section from it."""

    title: str = ""
    """The document's title where it is not a heading itself (front matter)."""
    _headings: list[tuple[int, str, str]] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _items: list[_Item] = field(default_factory=list)

    def heading(self, level: int, text: str, number: str = "") -> None:
        """Pass a heading; deeper and equal ones end, and with them their subdivisions."""
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        above = self._headings[-1][2] if self._headings else ""
        number = number or section_number(text)
        mark = split_mark(text)[0] if above and not number else ""
        self._headings.append((level, fold(text), number or above + mark))
        self._levels.clear()

    def end(self) -> None:
        """Leave every section: what comes now stands beside the text."""
        self._headings.clear()
        self._levels.clear()
        self._items.clear()

    def open_item(self) -> None:
        """Enter a list item, which may turn out to have a mark."""
        self._items.append(_Item())

    def close_item(self) -> None:
        """Leave the list item."""
        self._items.pop()

    def name_item(self, label: str, lead: str) -> None:
        """Give the item entered last its mark and its lead-in (``Main buildings``), either of them empty."""
        self._items[-1].label, self._items[-1].lead = label, lead

    def mark(self, label: str) -> None:
        """Pass a paragraph that bears a mark but stands in no list: its level follows from the marks before it."""
        for single in re.findall(r"\([^)]*\)", label):
            self._mark_one(single)

    def _mark_one(self, label: str) -> None:
        readings = _readings_of(label) or [("word", 0)]
        for style, ordinal in readings:
            for depth in range(len(self._levels) - 1, -1, -1):
                level = self._levels[depth]
                if level.style == style and level.ordinal + 1 == ordinal:
                    self._levels[depth:] = [_Level(label, style, ordinal)]
                    return
        style, ordinal = next((r for r in reversed(readings) if r[1] == 1), readings[0])
        depth = next((d for d, level in enumerate(self._levels) if level.style == style), len(self._levels))
        self._levels[depth:] = [_Level(label, style, ordinal)]

    @property
    def numbered(self) -> bool:
        """Whether the place is inside a numbered section, where marks are subdivisions."""
        return bool(self._headings and self._headings[-1][2])

    @property
    def section(self) -> str:
        """Number of the section with its subdivisions (``1137.02(a)(2)``), or empty."""
        if not self.numbered:
            return ""
        marks = "".join(level.label for level in self._levels) + "".join(item.label for item in self._items[:_DEEPEST])
        return self._headings[-1][2] + marks

    @property
    def headings(self) -> list[str]:
        """Titles above the place, outermost first; lead-ins of the enclosing items count, its own does not."""
        titles = [text for _, text, _ in self._headings]
        leads = [item.lead for item in self._items[:-1][:_DEEPEST] if item.lead]
        top = [self.title] if self.title and self.title not in titles else []
        return [*top, *titles, *leads]
