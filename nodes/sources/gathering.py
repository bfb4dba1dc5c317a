"""The passages of one source in the making: every reader fills one of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from quire.nodes.sources.folding import fold
from quire.nodes.sources.outline import Outline, split_mark
from quire.nodes.sources.passage import Passage
from quire.nodes.sources.tables import Row, records

FurtherLine: TypeAlias = tuple[str, str]
"""A line of a paragraph behind its first one: its place and its words."""


@dataclass
class Gathering:
    """Collects passages in reading order, each with the outline's headings and section, under a unique address."""

    source: str
    outline: Outline = field(default_factory=Outline)
    passages: list[Passage] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    title: str = ""
    _addresses: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, source: str, made: Mapping[str, Any]) -> "Gathering":
        """Take over what another process gathered: ``title``, ``passages``, ``warnings``."""
        return cls(source, passages=made["passages"], warnings=made["warnings"], title=made["title"])

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

    def add_table(self, rows: list[Row], caption: str = "", *, stacked: bool = True) -> None:
        """Add one passage per data row. A table of nothing but a header becomes a paragraph."""
        over = (caption,) if caption else ()
        found = False
        for record, text in records(rows, stacked=stacked):
            found = True
            self._append(record.place, text, "row", record.fields, (*over, *record.over))
        if rows and not found:
            self.add(rows[0].place, "; ".join(cell for cell in rows[0].cells if cell.strip()))

    def warn(self, warning: str) -> None:
        """Say what could not be read, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def _append(
        self,
        place: str,
        text: str,
        kind: Literal["text", "heading", "row", "field", "code"],
        fields: dict[str, str] | None,
        over: tuple[str, ...],
    ) -> bool:
        words = fold(text)
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
            passage["fields"] = fields
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

    def _unique(self, address: str) -> str:
        unique, repeat = address, 1
        while unique in self._addresses:
            repeat += 1
            unique = f"{address} ({repeat})"
        self._addresses.add(unique)
        return unique
