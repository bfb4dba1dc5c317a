"""The passages of one source in the making: every reader fills one of these."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from quire.nodes.sources.folding import fold, strip_invisible
from quire.nodes.sources.outline import Outline, split_mark
from quire.nodes.sources.passage import Passage
from quire.nodes.sources.tables import Row, records

FurtherLine: TypeAlias = tuple[str, str]
"""A line of a paragraph behind its first one: its place and its words."""
_TOLD = 5
"""How many struck pieces are named before the rest are only counted."""
_SHOWN = 80


@dataclass
class Gathering:
    """Collects passages in reading order, each with the outline's headings and section, under a unique address."""

    source: str
    outline: Outline = field(default_factory=Outline)
    passages: list[Passage] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    title: str = ""
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    """Names and contents of what the source holds as files of their own."""
    _addresses: set[str] = field(default_factory=set)
    _invisible: int = 0

    @classmethod
    def of(cls, source: str, made: Mapping[str, Any]) -> "Gathering":
        """Take over what another process gathered, as :meth:`made` writes it."""
        attached = [(name, base64.b64decode(content)) for name, content in made["attachments"]]
        return cls(
            source,
            passages=made["passages"],
            warnings=made["warnings"],
            title=made["title"],
            attachments=attached,
        )

    def made(self) -> dict[str, Any]:
        """Write it as plain JSON."""
        return {
            "title": self.title,
            "passages": self.passages,
            "warnings": self.warnings,
            "attachments": [(name, base64.b64encode(content).decode("ascii")) for name, content in self.attachments],
        }

    def include(self, other: "Gathering", place: str) -> None:
        """Take in what another reader made of a part that stands at ``place``."""
        for passage in other.passages:
            self.passages.append({**passage, "address": self._unique(f"{place}, {passage['address']}")})
        for warning in other.warnings:
            self.warn(warning)

    def add(
        self,
        place: str,
        text: str,
        *,
        fields: dict[str, str] | None = None,
        over: tuple[str, ...] = (),
        further: Sequence[FurtherLine] = (),
    ) -> None:
        """Add a paragraph or list item standing at ``place`` (``line 12``); nothing is added for no words.

        ``further`` are the lines behind the first one, of a paragraph that stands on several.
        """
        if self._append(place, text, "text", fields, over) and (lines := self._begun(further)):
            self.passages[-1]["lines"] = lines

    def add_code(self, place: str, text: str) -> None:
        """Add a block of code, which is searched and shown to a model, and is no sentence."""
        self._append(place, text, "code", None, ())

    def add_note(self, place: str, text: str, *over: str) -> None:
        """Add what stands beside the text: a footnote, a comment, a page header, a picture's description."""
        self._append(place, text, "note", None, over)

    def add_paragraph(self, place: str, text: str, further: Sequence[FurtherLine] = ()) -> None:
        """Add a paragraph outside lists; in a numbered section its mark (``(a)``) moves the outline on."""
        label, words = split_mark(fold(text)) if self.outline.numbered else ("", text)
        if label:
            self.outline.mark(label)
        self.add(place, words, further=further)

    def add_heading(self, place: str, level: int, text: str, *, number: str = "") -> None:
        """Add a heading and move the outline under it. The first one is the title, if nothing else gave one.

        ``number`` is the section's, where it stands outside the heading's words.
        """
        title = fold(text)
        if not title:
            return
        self.outline.heading(level, title, number)
        self.title = self.title or title
        self._append(place, title, "heading", None, ())
        self.passages[-1]["headings"].pop()

    def add_field(self, address: str, name: str, value: str) -> None:
        """Add a named value of the source's front matter."""
        self._append(address, value, "field", {name: fold(value)}, ())

    def add_table(self, rows: list[Row], caption: str = "", *, stacked: bool = True, paired: bool = False) -> None:
        """Add one passage per data row. What is nothing but a header becomes paragraphs.

        Args:
            rows: as they stand, the header among them.
            caption: stands over the table.
            stacked: the header may be two rows.
            paired: the rows are names and their values, and none is a header.

        """
        over = (caption,) if caption else ()
        found = False
        for record, text in records(rows, stacked=stacked, paired=paired):
            found = True
            before = len(self.passages)
            self._append(record.place, text, "row", record.fields, (*over, *record.over))
            if record.cells and len(self.passages) > before:
                self.passages[-1]["cells"] = record.cells
        for row in rows if not found else ():
            self.add(row.place, "; ".join(cell for cell in row.cells if cell.strip()))

    def warn_of_struck(self, struck: Sequence[str]) -> None:
        """Say what was struck through, and so left out."""
        told = [words for words in map(fold, struck) if words]
        for words in told[:_TOLD]:
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]} …"
            self.warn(f"struck through, and left out: “{shown}”")
        if len(told) > _TOLD:
            self.warn(f"{len(told) - _TOLD} further pieces are struck through and were left out")

    def warn(self, warning: str) -> None:
        """Say what could not be read, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def _append(
        self,
        place: str,
        text: str,
        kind: Literal["text", "heading", "row", "field", "code", "note"],
        fields: dict[str, str] | None,
        over: tuple[str, ...],
    ) -> bool:
        words = self._visible(fold(text))
        if not words:
            return False
        section = self.outline.section if kind != "field" else ""
        passage = Passage(
            source=self.source,
            address=self._unique(f"§ {section}, {place}" if section else place),
            text=words,
            kind=kind,
            headings=[*self.outline.headings, *over] if kind != "field" else [],
        )
        if section:
            passage["section"] = section
        if fields:
            passage["fields"] = {strip_invisible(title)[0]: strip_invisible(cell)[0] for title, cell in fields.items()}
        self.passages.append(passage)
        return True

    def _begun(self, further: Sequence[FurtherLine]) -> list[tuple[int, str]]:
        """Say where in the last passage's words its further lines begin, and at which address. They are its end."""
        words, section, found = self.passages[-1]["text"], self.outline.section, []
        end = len(words)
        for place, text in reversed(further):
            begins = end - len(line := fold(text))
            if begins < 0 or words[begins:end] != line:
                return []  # not as it was printed: then the paragraph has one address
            if line:
                found.append((begins, f"§ {section}, {place}" if section else place))
            end = len(words[:begins].rstrip())
        return found[::-1]

    def _visible(self, words: str) -> str:
        """Take out what shows nothing and may hide words, and say how much that was in all."""
        visible, hidden = strip_invisible(words)
        if hidden:
            before = f"{self._invisible} invisible characters were taken out"
            self._invisible += hidden
            self.warnings[:] = [warning for warning in self.warnings if warning != before]
            self.warn(f"{self._invisible} invisible characters were taken out")
        return fold(visible)

    def _unique(self, address: str) -> str:
        unique, repeat = address, 1
        while unique in self._addresses:
            repeat += 1
            unique = f"{address} ({repeat})"
        self._addresses.add(unique)
        return unique
